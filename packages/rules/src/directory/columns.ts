import { institutionTitles, ownershipTitles } from "../plan/institution.ts";
import type { TemplateColumn } from "../sheet/header.ts";

/** The columns of the school directory as a spreadsheet. */
export type DirectoryColumnKey =
  | "name"
  | "formerName"
  | "authority"
  | "kind"
  | "ownership"
  | "industryRun"
  | "confirmationPoint"
  | "aliases"
  | "validFrom";
export type DirectoryColumn = TemplateColumn<DirectoryColumnKey>;

export const pointTitles = { school: "本校", authority: "注册机构" } as const;
export const yesNo = { yes: "是", no: "否" } as const;

/** The columns in the template's order; `authorities` are names. */
export function directoryColumns({ authorities }: { authorities: readonly string[] }): DirectoryColumn[] {
  return [
    {
      key: "name",
      title: "学校全称",
      required: true,
      width: 36,
      example: "某某区第一小学校",
      also: ["学校名称", "学校", "单位名称", "机构名称", "校名", "名称"],
    },
    {
      key: "authority",
      title: "注册机构",
      required: true,
      width: 24,
      choices: authorities,
      also: ["区县", "所属区县", "主管部门", "区县教委", "主管教育行政部门"],
      example: authorities[0] ?? "",
    },
    {
      key: "kind",
      title: "类别",
      also: ["学校类别", "办学类型", "学校类型"],
      required: false,
      width: 22,
      choices: Object.values(institutionTitles),
      example: institutionTitles.primary,
    },
    {
      key: "ownership",
      title: "举办者",
      also: ["办学性质", "公办民办", "举办者类型"],
      required: false,
      width: 10,
      choices: Object.values(ownershipTitles),
      example: ownershipTitles.public,
    },
    {
      key: "industryRun",
      title: "行业办学",
      also: ["是否行业办学"],
      required: false,
      width: 10,
      choices: Object.values(yesNo),
      example: yesNo.no,
    },
    {
      key: "confirmationPoint",
      title: "确认点",
      also: ["现场确认点"],
      required: false,
      width: 12,
      choices: Object.values(pointTitles),
      example: pointTitles.school,
    },
    {
      key: "aliases",
      title: "简称",
      also: ["学校简称", "别名", "曾用名、简称"],
      required: false,
      width: 30,
      example: "某某一小、一小",
    },
    {
      key: "validFrom",
      title: "成立日期",
      also: ["建校日期", "建校时间", "成立时间"],
      required: false,
      width: 14,
      example: "1998-09-01",
    },
    {
      key: "formerName",
      title: "原名称",
      also: ["更名前名称", "原校名"],
      required: false,
      width: 30,
      example: "更名的填写更名前的全称",
    },
  ];
}
