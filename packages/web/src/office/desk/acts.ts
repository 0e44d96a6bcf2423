import type { ActSpecs, BulkActSpec } from "../acts/act-spec.ts";
import { codesOf, wordsOf } from "../acts/entered.ts";
import { reasonField, returnFields, returnOf } from "../acts/fields.ts";

/** The school's acts while a case is confirmed (Notice §三(二)). */
export const deskActs = {
  confirm: {
    tells: "确认后由学校统一报送区县。报送之前可以写明理由撤销确认。",
    fields: [],
    send: (client, target, _entered, context) => client.confirmation.confirm(target, context),
  },
  "return-to-applicant": {
    tells: "退回后，教师只能修改所选事由涉及的内容，改好后再次提交。",
    fields: returnFields("return"),
    send: (client, target, entered, context) =>
      client.confirmation.returnToApplicant({ ...target, ...returnOf(entered) }, context),
  },
  refuse: {
    tells: "不予受理后，这份申请不再办理。教师会收到通知和理由。",
    grave: true,
    fields: [{ kind: "reasons", name: "reasons", use: "refuse" }, reasonField("理由", "教师会看到。")],
    send: (client, target, entered, context) =>
      client.confirmation.refuse(
        { ...target, reasons: codesOf(entered, "reasons"), reason: wordsOf(entered, "reason") },
        context,
      ),
  },
  unconfirm: {
    tells: "撤销确认后，申请回到“待现场确认”。",
    fields: [reasonField("撤销确认的理由")],
    send: (client, target, entered, context) =>
      client.confirmation.unconfirm({ ...target, reason: wordsOf(entered, "reason") }, context),
  },
  "release-withdrawal": {
    tells: "同意后，由教师本人办理撤回。教师撤回前，申请继续有效。撤回后请将材料退还教师。",
    fields: [],
    send: (client, { campaign, application }, _entered, context) =>
      client.confirmation.releaseWithdrawal({ campaign, application }, context),
  },
  "withdraw-for-teacher": {
    tells: "代已离职、退休或去世的教师撤回申请。撤回后不再办理。",
    grave: true,
    fields: [{ kind: "reasons", name: "reasons", use: "withdraw" }, reasonField("说明")],
    send: (client, target, entered, context) =>
      client.confirmation.withdrawForTeacher(
        { ...target, reasons: codesOf(entered, "reasons"), reason: wordsOf(entered, "reason") },
        context,
      ),
  },
} as const satisfies ActSpecs;

export const confirmMany: BulkActSpec = {
  transition: "confirm",
  tells: "只确认材料已全部记录的申请；缺材料的逐件说明，不受影响。",
  fields: [],
  oneList: false,
  send: (client, campaign, applications, _entered, context) =>
    client.confirmation.confirmMany({ campaign, applications }, context),
};
