import { dutyTitles } from "@shice/rules/lifecycle/facts.ts";
import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import type { LastAct, LifecycleRefusal } from "@shice/rules/lifecycle/refusal.ts";
import { roles, roleTitles } from "@shice/rules/lifecycle/role.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import { stageTitles } from "@shice/rules/plan/stage.ts";
import { closedText } from "./closed.zh.ts";
import { endText, momentText } from "./moment.ts";

type Sentences = {
  readonly [Code in LifecycleRefusal["code"]]: (refusal: Extract<LifecycleRefusal, { code: Code }>) => string;
};

/** One sentence for each refusal of the lifecycle: what happened, and what to do next. */
export const lifecycleSentences: Sentences = {
  "case.out-of-scope": () => "没有找到这份申请，或它不在您的管理范围内。",
  "case.wrong-state": ({ transition, state, last }) =>
    `这份申请现为“${stateTitles[state]}”，不能办理“${transitionTitleOf(transition)}”。${happened(last)}`,
  "case.changed": ({ last }) => `您打开之后，这份申请已有变动。${happened(last)}请查看最新内容后再办理。`,
  "campaign.closed": ({ closedAt }) => closedText(closedAt),
  "case.carried-over": () => "这份申请已转入下一批次，由下一批次继续办理，无需再次处理。",
  "case.own": () => "不能办理本人的申请，请交由其他经办人办理。",
  "role.not-yours": ({ role, roles: allowed }) =>
    `此事项由${allowed.map((name) => roleTitles[name]).join("、")}办理，您当前的岗位是${roleTitles[role]}。`,
  "duty.acted-before": ({ duty, acted }) =>
    `您已办理过这份申请的${dutyTitles[acted]}，按规定不能再办理${dutyTitles[duty]}，请交由其他人员办理。`,
  "window.closed": ({ stage, why, opensAt }) => {
    const next = opensAt === null ? "" : `下次开放时间：${momentText(opensAt)}。`;
    const title = stageTitles[stage];
    switch (why) {
      case "not-yet":
        return `${title}尚未开始。${next}`;
      case "nightly":
        return `${title}现在不在每日开放时间内，已填写的内容会保留。${next}`;
      case "closure":
        return `${title}今日全天不开放，已填写的内容会保留。${next}`;
      case "between":
        return `${title}本时段已结束，已填写的内容会保留。${next}`;
      case "over":
        return `${title}已经结束。确有特殊原因的，请由学校或区县提出延期申请。`;
      case "no-such-stage":
        return `本批次没有${title}环节。`;
    }
  },
  "stage.over": ({ stage, endedAt }) =>
    `${stageTitles[stage]}已于${endText(endedAt)}结束。需要继续办理的，请向方案管理员申请延期。`,
  "stage.running": ({ stage, endsAt }) => `${stageTitles[stage]}到${endText(endsAt)}才结束，现在还不能办理。`,
  "reply.over": ({ replyBy }) => `答复期限${endText(replyBy)}已过。需要继续办理的，请由学校或区县提出延期申请。`,
  "reply.running": ({ replyBy }) => `答复期限是${endText(replyBy)}，尚未届满，现在还不能办理。`,
  "reply.too-late": ({ latest }) => `答复期限应在现在之后，且不晚于${endText(latest)}，请重新选择。`,
  "form.incomplete": ({ findings }) => `申请表还有${findings.length}处需要填写或修改，请按提示逐项完成后再提交。`,
  "attestation.missing": () => "这份申请由学校代填。请先逐项核对，勾选“学校代我填写的内容，我已逐项核对”，再提交。",
  "checks.missing": ({ missing }) => `还有${missing.length}项没有核验或核验不符，完成后才能确认。`,
  "lapse.unseen": () =>
    "学校还没有核对过这份申请，暂不按自动放弃处理。请学校逐人核对；学校未核对的，由区县写明情况后办理。",
  "notice.running": ({ endsAt }) => `公示到${endText(endsAt)}期满，期满前不能结束公示。`,
  "objection.undecided": ({ count }) => `对此人还有${count}件异议没有办结，办结后才能结束公示。`,
  "withdrawal.not-released": () =>
    "学校已经确认这份申请，材料在学校。需要撤回的，请先联系学校经办人，由其同意后再办理。",
  "withdrawal.not-asked": () => "申请人没有提出撤回，或学校已经同意，无需办理。",
  "withdrawal.asked-already": () => "您已请学校同意撤回，请等待学校答复；着急的，请直接联系学校经办人。",
  "application.nothing-to-erase": () => "填写的内容已经清除，无需再次办理。",
  "appeal.missing": () => "这份申请没有待答复的申诉。收到书面或电话申诉的，请先登记申诉，再按核查结果办理。",
  "appeal.raised-already": ({ outcome }) =>
    outcome === "open"
      ? "对这份申请已提出申诉，正在核查，请等待答复。"
      : "对这份申请的申诉已经核查并答复，不再重复受理。仍有意见的，可以依法申请行政复议或者提起行政诉讼。",
  "appeal.no-district": () => "这份申请没有选择学校，尚无受理申诉的区县。需要参加注册的，请联系学校经办人。",
  "conclusion.signed-for-already": () => "注册结论已经签收，无需再次签收。",
  "extension.missing": () => "恢复办理前，须由方案管理员为这份申请批准现场确认延期，写明理由和截止时间。",
  "marking.other-kind": ({ expected }) =>
    expected === "none"
      ? "这份申请的结论不需要在证书上登记。"
      : expected === "sticker"
        ? "此人持旧版证书，应粘贴注册贴并加盖骑缝章。"
        : "此人持新版证书，应直接在注册页标注结论，不使用注册贴。",
  "marking.missing": ({ expected }) =>
    `归档前应先登记注册结论（${expected === "sticker" ? "粘贴注册贴" : "在注册页标注"}）。`,
  "conclusion.unknown": ({ conclusion }) => `“${conclusion}”不是本批次方案规定的注册结论。`,
};

function transitionTitleOf(transition: string): string {
  const name = transitionNames.find((known) => known === transition);
  return name === undefined ? transition : transitionOf(name).title;
}

function happened(last: LastAct | null): string {
  if (last === null) return "";
  const role = roles.find((known) => known === last.role);
  return `最近一次办理：${momentText(last.at)}，${role === undefined ? last.role : roleTitles[role]}，${transitionTitleOf(last.transition)}。`;
}
