import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";

/** What may stand between braces in a template; every message about an application has the first two. */
export const placeholders = ["campaign", "number", "days", "end"] as const;
export type Placeholder = (typeof placeholders)[number];

export interface Template {
  title: string;
  /** For inbox and mail. */
  text: string;
  /** For the telephone, where it is sent there: short, and no more than what must be done. */
  short?: string;
}

/** What each message says; `{campaign}` and the like are filled in when it is shown or sent. */
export const messageTemplates: Readonly<Record<AnyTemplate, Template>> = {
  submitted: {
    title: "申请已提交",
    text: "您在“{campaign}”的申请（编号{number}）已提交。请打印申请表一式两份并签名，按要求携带材料原件到学校现场确认；未按时确认的，视为自动放弃。",
  },
  returned: {
    title: "申请被退回修改",
    text: "您在“{campaign}”的申请（编号{number}）被退回修改。请登录查看需要修改的内容，在期限内改好并再次提交。",
    short: "您的定期注册申请（编号{number}）被退回修改，请登录查看，在期限内改好并再次提交。",
  },
  confirmed: {
    title: "现场确认完成",
    text: "您在“{campaign}”的申请（编号{number}）已由学校确认，将报送区县初审。现在无需您办理。",
  },
  refused: {
    title: "申请不予受理",
    text: "您在“{campaign}”的申请（编号{number}）不予受理。请登录查看理由；有异议的，请向区县教育行政部门提出。",
    short: "您的定期注册申请（编号{number}）不予受理，请登录查看理由。",
  },
  lapsed: {
    title: "视为自动放弃",
    text: "您在“{campaign}”的申请（编号{number}）逾期未完成现场确认，视为自动放弃此次注册。确有特殊原因的，请联系学校。",
    short: "您的定期注册申请（编号{number}）逾期未完成现场确认，视为自动放弃。有特殊原因的请联系学校。",
  },
  withdrawn: {
    title: "申请已撤回",
    text: "您在“{campaign}”的申请（编号{number}）已撤回。",
  },
  "on-notice": {
    title: "注册初审结论正在公示",
    text: "您在“{campaign}”的申请（编号{number}）正在公示。对拟注册结论有异议的，请在公示期内提出。",
  },
  concluded: {
    title: "注册结论已作出",
    text: "您在“{campaign}”的申请（编号{number}）已有注册结论，请登录查看，并可下载电子证明。",
    short: "您的定期注册申请（编号{number}）已有注册结论，请登录查看。",
  },
  reopened: {
    title: "申请恢复办理",
    text: "您在“{campaign}”的申请（编号{number}）已恢复办理。请登录查看需要您办理的事项和期限。",
    short: "您的定期注册申请（编号{number}）已恢复办理，请登录查看需要办理的事项。",
  },
  transferred: {
    title: "申请已转到其他学校",
    text: "您在“{campaign}”的申请（编号{number}）已转到新的任教学校，由该校现场确认。",
  },
  revoked: {
    title: "注册已撤销",
    text: "您在“{campaign}”的注册（编号{number}）已被撤销。请登录查看理由。",
    short: "您的教师资格定期注册（编号{number}）已被撤销，请登录查看理由。",
  },
  "about-to-lapse": {
    title: "网上报名即将结束",
    text: "您在“{campaign}”的申请（编号{number}）还没有提交。网上报名到{end}截止，含今天还有{days}个开放日。请尽快登录，核对无误后提交；未提交的，视为没有申请。",
    short: "您的定期注册申请还没有提交，网上报名到{end}截止，请尽快登录提交。",
  },
  "about-to-lapse-unconfirmed": {
    title: "现场确认即将结束",
    text: "您在“{campaign}”的申请（编号{number}）还没有现场确认。现场确认到{end}截止，含今天还有{days}天。请尽快携带材料原件到学校确认；逾期未确认的，视为自动放弃。",
    short: "您的定期注册申请（编号{number}）还没有现场确认，到{end}截止，请尽快带材料到学校确认。",
  },
  "file-lost": {
    title: "上传的文件需要重新上传",
    text: "您在“{campaign}”的申请（编号{number}）中，有照片或扫描件已损坏或丢失。请登录，在第7步重新上传；已不能修改的，请联系学校经办人。",
  },
  "objection-raised": {
    title: "公示名单收到异议",
    text: "“{campaign}”的公示名单收到一件异议，涉及申请编号{number}，请在{end}前核查答复。",
  },
  "account-verified": {
    title: "电子邮箱已验证",
    text: "您的电子邮箱已验证，今后的通知会发到这里；忘记密码时，也用它找回。",
  },
  "assisted-reset": {
    title: "学校协助您重设密码",
    text: "学校经办人刚刚为您领取了重设密码的验证码，30分钟内有效。不是您本人到学校办理的，请不要把验证码告诉任何人，并立即联系区县教育行政部门。",
  },
};

/** The placeholders of a text, in their order; @throws Error for one that is not known: a slip of the key in a template. */
export function placeholdersOf(text: string): Placeholder[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => {
    const known = placeholders.find((placeholder) => placeholder === name);
    if (known === undefined) throw new Error(`a template speaks of {${name}}`);
    return known;
  });
}

/** The text with its placeholders filled in; what is not known is left out rather than shown as a brace. */
export function fill(text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string {
  return placeholdersOf(text).reduce((filled, name) => filled.replace(`{${name}}`, values[name] ?? ""), text);
}
