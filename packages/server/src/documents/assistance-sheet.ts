import { endText } from "@shice/contract/sentences/moment.ts";
import { endOfStage } from "@shice/rules/calendar/window.ts";
import { type FormField, formFields } from "@shice/rules/form/form.ts";
import { formSteps } from "@shice/rules/form/steps.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { baseOf } from "../case/proof.ts";
import { type AssistedSaveRow, listAssistedSaves } from "../form/assisted-fields.ts";
import { listAttachments, photoSlot } from "../form/attachments.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { qrCode } from "../platform/typesetting/codes.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { ActContext } from "../request/run-act.ts";
import { dayText, documentKindText, headOf, type Printed } from "./sheet-data.ts";

/** Fields that only some teachers fill in: shown where something stands in them. */
const seldom = new Set<FormField>([
  "certificateNumberAttested",
  "certificateName",
  "secondedTo",
  "lendingSchoolId",
  "telephone",
  "teachingRelatedWork",
  "probationFinishedOn",
  "inductionTrainingPassed",
  "interruption",
  "degree",
]);

/**
 * 代填核对单: what was entered on a teacher's behalf, beside it room for corrections, and where the teacher attests it.
 * @throws RefusalError assistance.not-begun where the teacher fills in alone
 */
export async function assistanceSheetOf(
  ctx: ActContext,
  id: string,
  printed: Printed,
  photo: Buffer | undefined,
): Promise<Sheet> {
  const { row } = printed;
  if (row.assisted_at === null) throw new RefusalError({ code: "assistance.not-begun" });
  const saves = await listAssistedSaves(ctx, id);
  const marked = new Set(row.assisted_fields);
  const shown = formFields.filter((field) => field !== "photo" && (!seldom.has(field) || printed.text(field) !== ""));
  const address = `${baseOf(ctx.services.config)}/my`;
  return {
    template: "assistance.typ",
    at: row.changed_at,
    files: photo === undefined ? [] : [{ name: "photo.jpg", bytes: photo }],
    document: {
      ...headOf(ctx, printed),
      watermark: null,
      qr: qrCode(address),
      photo: photo === undefined ? null : "photo.jpg",
      notes: printed.isDraft ? ["学校代填的草稿，待本人核对确认；还没有提交，不算申请。"] : ["本人已确认并提交。"],
      facts: [
        ["姓名", row.name],
        [documentKindText(printed), printed.idNumber],
        ["任教学校", row.school ?? "未选择"],
        ["代填", filledInText(saves, ctx.campaign.plan.timeZone)],
      ],
      todo: todoOf(ctx, address),
      parts: [
        ...formSteps
          .map(({ number, title, fields }) => ({
            title: `第${number}步　${title}`,
            rows: fields
              .filter((field) => shown.includes(field))
              .map((field) => [fieldTitles[field], dayText(printed.text(field)), marked.has(field)] as const),
          }))
          .filter(({ rows }) => rows.length > 0),
        { title: "照片和材料扫描件", rows: await fileRowsOf(ctx, id, printed, marked) },
      ],
    },
  };
}

/** The photo, and of each material how many pages were added. */
async function fileRowsOf(
  { tx, campaign }: ActContext,
  id: string,
  { checklist }: Printed,
  marked: ReadonlySet<string>,
) {
  const files = await listAttachments(tx, campaign.id, id);
  const pages = Map.groupBy(files, ({ slot }) => slot);
  const scans = checklist.flatMap(({ key, name }) => {
    const count = pages.get(key)?.length ?? 0;
    return count === 0 ? [] : [[name, `${count}页`, marked.has(`material:${key}`)] as const];
  });
  return [["照片", pages.has(photoSlot) ? "已上传" : "", marked.has("photo")] as const, ...scans];
}

/** 实验中学 王老师、李老师，2017年10月9日10:21 */
function filledInText(saves: readonly AssistedSaveRow[], timeZone: string): string {
  const last = saves.at(-1);
  if (last === undefined) return "";
  const at = last.at.toZonedDateTimeISO(timeZone);
  const time = `${String(at.hour).padStart(2, "0")}:${String(at.minute).padStart(2, "0")}`;
  const clerks = [...new Set(saves.map(({ clerk_name }) => clerk_name))].join("、");
  return `${last.organisation ?? ""}　${clerks}，${at.year}年${at.month}月${at.day}日${time}`;
}

function todoOf({ campaign, services }: ActContext, address: string): string[] {
  const end = endOfStage(campaign.calendar, "apply");
  return [
    `用手机扫右上方的二维码，或在浏览器中打开 ${address}${services.config.publicUrl === undefined ? "（以学校告知的网址为准）" : ""}。`,
    "有账号的，用本人的证件号码和密码登录；没有账号的，点“教师注册账号”，用本单上的姓名和证件号码注册。忘记密码的，可用邮箱找回，或请经办人协助重设。",
    "登录后第一页就是核对页：逐项核对学校代填的内容，有误的直接改正。",
    `阅读个人信息处理告知，作出诚信承诺，提交申请${end === undefined ? "" : `。网上报名到${endText(end.toString())}截止，没有提交的按未申请处理`}。`,
  ];
}
