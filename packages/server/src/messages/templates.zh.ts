import type { MessageTemplate } from "@shice/rules/lifecycle/lifecycle.ts";

/** What a message says; `campaign` and `number` are filled in when it is shown or sent. */
export const messageTemplates: Record<
  MessageTemplate | "about-to-lapse",
  { title: string; text: (about: { campaign: string; number: string }) => string }
> = {
  submitted: {
    title: "申请已提交",
    text: ({ campaign, number }) =>
      `您在“${campaign}”的申请（编号${number}）已提交。请按要求携带材料原件到学校现场确认；未按时确认的，视为自动放弃。`,
  },
  returned: {
    title: "申请被退回修改",
    text: ({ campaign, number }) =>
      `您在“${campaign}”的申请（编号${number}）被退回修改。请登录查看需要修改的内容，在期限内改好并再次提交。`,
  },
  confirmed: {
    title: "现场确认完成",
    text: ({ campaign, number }) =>
      `您在“${campaign}”的申请（编号${number}）已由学校确认，将报送区县初审。现在无需您办理。`,
  },
  refused: {
    title: "申请不予受理",
    text: ({ campaign, number }) =>
      `您在“${campaign}”的申请（编号${number}）不予受理。请登录查看理由；有异议的，请向区县教育行政部门提出。`,
  },
  lapsed: {
    title: "视为自动放弃",
    text: ({ campaign, number }) =>
      `您在“${campaign}”的申请（编号${number}）逾期未完成现场确认，视为自动放弃此次注册。确有特殊原因的，请联系学校。`,
  },
  withdrawn: {
    title: "申请已撤回",
    text: ({ campaign, number }) => `您在“${campaign}”的申请（编号${number}）已撤回。`,
  },
  "on-notice": {
    title: "注册初审结论正在公示",
    text: ({ campaign, number }) =>
      `您在“${campaign}”的申请（编号${number}）正在公示。对拟注册结论有异议的，请在公示期内提出。`,
  },
  concluded: {
    title: "注册结论已作出",
    text: ({ campaign, number }) => `您在“${campaign}”的申请（编号${number}）已有注册结论，请登录查看。`,
  },
  reopened: {
    title: "申请恢复办理",
    text: ({ campaign, number }) =>
      `您在“${campaign}”的申请（编号${number}）已恢复办理。请登录查看需要您办理的事项和期限。`,
  },
  transferred: {
    title: "申请已转到其他学校",
    text: ({ campaign, number }) => `您在“${campaign}”的申请（编号${number}）已转到新的任教学校，由该校现场确认。`,
  },
  "about-to-lapse": {
    title: "网上报名即将结束",
    text: ({ campaign, number }) =>
      `您在“${campaign}”的申请（编号${number}）还没有提交。网上报名即将结束，请尽快登录，核对无误后提交；未提交的，视为没有申请。`,
  },
  revoked: {
    title: "注册已撤销",
    text: ({ campaign, number }) => `您在“${campaign}”的注册（编号${number}）已被撤销。请登录查看理由。`,
  },
};
