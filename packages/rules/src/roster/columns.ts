import { assessmentGrades } from "../form/lists.ts";
import { fieldTitles } from "../form/titles.ts";
import { certificateTitles, postTitles } from "../plan/institution.ts";
import type { TemplateColumn } from "../sheet/header.ts";
import { standingTitles } from "./standing.ts";

/** The columns of a roster spreadsheet; `assessment-2016` is the annual assessment of 2016. */
export type RosterColumnKey =
  | "name"
  | "documentKind"
  | "idNumber"
  | "school"
  | "standing"
  | "reason"
  | "statementOn"
  | "postKind"
  | "subject"
  | "certificateKind"
  | "certificateNumber"
  | "mobile"
  | "workingSince"
  | "trainingHours"
  | "remark"
  | `assessment-${number}`;

export type RosterColumn = TemplateColumn<RosterColumnKey>;

/** Number of years of annual assessments in a roster: one cycle of registration. */
export const assessedYears = (campaignYear: number, cycleYears: number): number[] =>
  Array.from({ length: cycleYears }, (_, back) => campaignYear - cycleYears + back);

/**
 * The columns in the template's order. With `ofOneSchool` all people belong to the importer's school, so the school
 * column is omitted.
 */
export function rosterColumns(setting: {
  year: number;
  cycleYears: number;
  ofOneSchool: boolean;
  documentKinds: readonly string[];
  reasons: readonly string[];
}): RosterColumn[] {
  const grades = assessmentGrades.map(({ name }) => name);
  return [
    { key: "name", title: "姓名", also: ["教师姓名", "申请人姓名"], required: true, width: 14, example: "张小明" },
    {
      key: "documentKind",
      title: "证件类型",
      also: ["身份证件类型", "证件种类"],
      required: false,
      width: 20,
      choices: setting.documentKinds,
      example: setting.documentKinds[0] ?? "",
    },
    {
      key: "idNumber",
      title: "证件号码",
      required: true,
      width: 24,
      example: "11010519491231002X",
      also: ["身份证号", "身份证号码", "身份证件号码", "身份证", "居民身份证号码", "公民身份号码", "证件号"],
    },
    {
      key: "school",
      title: "任教学校",
      required: !setting.ofOneSchool,
      width: 30,
      example: "某某区第一小学",
      also: ["学校", "学校名称", "单位", "单位名称", "所在学校", "所在单位", "工作单位", "任教单位"],
    },
    {
      key: "standing",
      title: "名册情形",
      also: ["情形", "注册情形"],
      required: false,
      width: 16,
      choices: Object.values(standingTitles),
      example: standingTitles.due,
    },
    {
      key: "reason",
      title: "未申请原因",
      also: ["原因", "不注册原因", "未注册原因"],
      required: false,
      width: 24,
      choices: setting.reasons,
      example: "",
    },
    {
      key: "statementOn",
      title: "声明签字日期",
      required: false,
      width: 16,
      example: "",
      also: ["声明日期", "签字日期", "书面声明日期"],
    },
    {
      key: "postKind",
      title: fieldTitles.postKind,
      also: ["学段"],
      required: false,
      width: 18,
      choices: Object.values(postTitles),
      example: postTitles.primary,
    },
    { key: "subject", title: fieldTitles.subject, also: ["学科"], required: false, width: 14, example: "语文" },
    {
      key: "certificateKind",
      title: fieldTitles.certificateKind,
      also: ["资格种类"],
      required: false,
      width: 26,
      choices: Object.values(certificateTitles),
      example: certificateTitles.primary,
    },
    {
      key: "certificateNumber",
      title: fieldTitles.certificateNumber,
      required: false,
      width: 24,
      also: ["资格证书号码", "教师资格证号", "教师资格证号码", "证书号码", "资格证号"],
      example: "",
    },
    {
      key: "mobile",
      title: fieldTitles.mobile,
      also: ["手机", "手机号", "联系电话", "电话"],
      required: false,
      width: 16,
      example: "13900000000",
    },
    {
      key: "workingSince",
      title: fieldTitles.workingSince,
      also: ["参加工作日期", "工作时间"],
      required: false,
      width: 16,
      example: "2003-07-01",
    },
    ...assessedYears(setting.year, setting.cycleYears).map(
      (year): RosterColumn => ({
        key: `assessment-${year}`,
        title: `${year}年度考核`,
        required: false,
        width: 16,
        also: [`${year}年考核`, `${year}年度考核结果`, `${year}考核`, `${year}年`],
        choices: grades,
        example: grades[1] ?? "",
      }),
    ),
    {
      key: "trainingHours",
      title: fieldTitles.trainingHours,
      required: false,
      width: 12,
      example: "365",
      also: ["继续教育学时", "学时", "培训学时数"],
    },
    { key: "remark", title: "备注", also: ["说明"], required: false, width: 24, example: "" },
  ];
}
