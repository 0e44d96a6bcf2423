import { attestationText, undertakingText } from "@shice/contract/texts.zh.ts";
import type { FormField } from "@shice/rules/form/form.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { ActContext } from "../request/run-act.ts";
import { dayText, documentKindText, headOf, lineOf, type Printed, sexText } from "./sheet-data.ts";

/** 《教师资格定期注册申请表》: all that was entered, the photo, and room for three opinions (Notice §三(二)1, §三(七)). */
export function formSheetOf(ctx: ActContext, printed: Printed, photo: Buffer | undefined): Sheet {
  const { campaign } = ctx;
  const { row } = printed;
  const line = (field: FormField, options?: { wide?: boolean; value?: string }) => lineOf(printed, field, options);
  const ordinal = row.earlier + 1;
  const seconded = [printed.text("seconded"), printed.text("secondedTo"), printed.text("lendingSchoolId")];
  return {
    template: "form.typ",
    // Dated by its last change: the same data print alike, whenever that is.
    at: row.changed_at,
    files: photo === undefined ? [] : [{ name: "photo.jpg", bytes: photo }],
    document: {
      ...headOf(ctx, printed),
      registration: `${row.registration_kind === "first" ? "首次注册" : "定期注册"}（第${ordinal}次）`,
      notes: [
        ...(printed.isDraft ? [draftNote(row.changed_at, campaign.plan.timeZone)] : []),
        ...(printed.isDraft && row.assisted_at !== null ? ["学校代填，待本人核对确认。"] : []),
      ],
      photo: photo === undefined ? null : "photo.jpg",
      person: [
        ["姓名", row.name, true],
        ["性别", sexText(printed), true],
        ["出生日期", dayText(row.born_on), true],
        ["民族", printed.text("ethnicity"), true],
        ["证件类型", documentKindText(printed), true],
        ["证件号码", printed.idNumber, true],
      ],
      parts: [
        {
          title: "二、教师资格证书",
          rows: [
            line("certificateKind"),
            line("certificateSubject"),
            line("certificateNumber", {
              wide: true,
              value: `${printed.text("certificateNumber")}${printed.text("certificateNumberAttested") === "是" ? "（本人说明：证书原件上确实如此）" : ""}`,
            }),
            line("certificateIssuedOn"),
            line("certificateName", { value: printed.text("certificateName") || "与证件一致" }),
            line("certificateIssuer", { wide: true }),
          ],
        },
        {
          title: "三、任教情况与注册机构",
          rows: [
            line("schoolId", { wide: true }),
            line("postKind"),
            line("subject"),
            line("postNature"),
            line("title"),
            line("seconded", { wide: true, value: seconded.filter((text) => text !== "").join("，") }),
            ["确认点", row.point ?? "", false],
            ["注册机构", row.authority ?? "", false],
            line("inEstablishment"),
            line("onPost"),
            line("newlyHired"),
            line("contractSince"),
            ...(printed.text("newlyHired") === "是"
              ? [line("probationFinishedOn"), line("inductionTrainingPassed")]
              : []),
          ],
        },
        {
          title: "四、学历与工作",
          rows: [
            line("education"),
            line("degree"),
            line("studyMode"),
            line("teacherTraining"),
            line("graduatedFrom"),
            line("major"),
            line("graduatedOn"),
            line("workingSince"),
            line("putonghuaLevel", { wide: true }),
          ],
        },
        {
          title: "五、户籍与联系方式",
          rows: [
            line("birthplace", { wide: true }),
            line("householdRegistration", { wide: true }),
            line("address", { wide: true }),
            line("postcode"),
            line("telephone"),
            line("mobile"),
            line("email"),
          ],
        },
      ],
      assessments: printed.text("assessments") || "无",
      training: printed.text("trainingHours") || "未填写",
      interruption: printed.text("interruption") || "无",
      undertaking: row.assisted_at === null ? undertakingText : `${undertakingText}${attestationText}`,
      conclusions: campaign.plan.conclusions.map(({ name }) => `□ ${name}`).join("　"),
    },
  };
}

function draftNote(savedAt: Temporal.Instant, timeZone: string): string {
  const at = savedAt.toZonedDateTimeISO(timeZone);
  const time = `${String(at.hour).padStart(2, "0")}:${String(at.minute).padStart(2, "0")}`;
  return `这是${at.month}月${at.day}日${time}保存的草稿，申请还没有提交，不能用于现场确认。`;
}
