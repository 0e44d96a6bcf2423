import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";

/** What may stand between braces in a template, and what it becomes; most messages have the first two. */
export const placeholderMeanings = {
  campaign: "批次名称",
  number: "申请编号",
  days: "剩余天数",
  end: "截止时间",
  other: "另一份申请的编号",
  school: "学校名称",
  when: "约定的时间",
  place: "约定的地点",
  count: "人数",
  unseen: "还没有核对的人数",
  schools: "学校数",
  manifest: "交接清单编号",
  entries: "名册人数",
  cases: "申请件数",
} as const;
type Placeholder = keyof typeof placeholderMeanings;
export const placeholders = Object.keys(placeholderMeanings).filter(
  (name): name is Placeholder => name in placeholderMeanings,
);

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
  "assistance-begun": {
    title: "学校正在代您填写申请",
    text: "学校经办人已开始代您填写“{campaign}”的申请（编号{number}）。填好之后，须由您本人登录逐项核对、作出承诺并提交；您没有提交的，不算申请。您没有请学校代填的，请联系学校。",
  },
  "attestation-asked": {
    title: "请核对并提交学校代填的申请",
    text: "学校已代您填写“{campaign}”的申请（编号{number}）。请登录逐项核对，有误的直接改正，核对无误后由您本人提交。网上报名到{end}截止，没有提交的按未申请处理。",
    short:
      "学校已代您填写定期注册申请（编号{number}），请登录核对并由本人提交，网上报名到{end}截止，未提交的按未申请处理。",
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
  "school-changed": {
    title: "任教学校有变动，申请继续办理",
    text: "因学校合并、分立或归属调整，您在“{campaign}”的申请（编号{number}）改由现在的学校（确认点）和注册机构继续办理。已经办理的不受影响，无需重新提交。请登录核对任教学校。",
  },
  revoked: {
    title: "注册已撤销",
    text: "您在“{campaign}”的注册（编号{number}）已被撤销。请登录查看理由。",
    short: "您的教师资格定期注册（编号{number}）已被撤销，请登录查看理由。",
  },
  "withdrawal-asked": {
    title: "有教师请求撤回已确认的申请",
    text: "编号{number}的教师请求撤回在“{campaign}”已确认的申请。请登录查看理由；同意的，在办件页面办理“同意撤回”。",
  },
  "appeal-raised": {
    title: "有教师提出申诉",
    text: "编号{number}的教师对“{campaign}”中不予受理或者自动放弃的处理提出申诉。请登录核查，并办理“恢复办理”或者“申诉不成立”。",
  },
  "withdrawal-released": {
    title: "学校已同意撤回申请",
    text: "学校已同意您撤回在“{campaign}”的申请（编号{number}）。请登录办理撤回；不办理撤回的，申请继续有效。撤回后请到学校取回材料。",
  },
  "appeal-dismissed": {
    title: "申诉已有答复",
    text: "您对“{campaign}”的申请（编号{number}）提出的申诉，经区县核查不成立。请登录查看理由和救济途径。",
    short: "您对定期注册申请（编号{number}）的申诉已有答复，请登录查看。",
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
  appointment: {
    title: "学校通知现场确认的时间地点",
    text: "{school}请您于{when}办理“{campaign}”的现场确认{place}。请携带打印并签名的申请表和材料原件；还没有提交申请的，请先登录提交。不能按时到场的，请提前与学校经办人联系。",
    short: "{school}请您于{when}办理现场确认{place}，请带申请表和材料原件；未提交申请的请先提交。",
  },
  "school-reminds-apply": {
    title: "学校提醒您网上报名",
    text: "{school}提醒您：“{campaign}”的网上报名到{end}截止，您还没有申请。请尽快登录（没有账号的先注册），填报并提交；逾期未提交的，视为没有申请。不参加的，请向学校经办人说明。",
    short: "{school}提醒您：定期注册网上报名到{end}截止，您还没有申请，请尽快填报提交；不参加的请向学校说明。",
  },
  "school-reminds-submit": {
    title: "学校提醒您提交申请",
    text: "{school}提醒您：您在“{campaign}”的申请还没有提交。网上报名到{end}截止，请尽快登录，核对无误后提交；未提交的，视为没有申请。",
    short: "{school}提醒您：您的定期注册申请还没有提交，网上报名到{end}截止，请尽快登录提交。",
  },
  "school-reminds-answer": {
    title: "学校提醒您修改后再次提交",
    text: "{school}提醒您：您在“{campaign}”的申请被退回修改，还没有再次提交。请在{end}前登录，按要求改好后再次提交；逾期的，可能视为自动放弃。",
    short: "{school}提醒您：被退回的定期注册申请还没有再次提交，请在{end}前登录修改提交。",
  },
  "lapse-warning": {
    title: "有教师将视为自动放弃",
    text: "“{campaign}”的现场确认到{end}截止，含今天还有{days}天。按现在的情况，本单位有{count}名教师到期将视为自动放弃，其中{unseen}人还没有核对过。请登录“将视为自动放弃”逐人核对，能办的抓紧办理。",
  },
  "parked-warning": {
    title: "还有教师的证书或档案没有更正完",
    text: "“{campaign}”到{end}截止，含今天还有{days}天。本单位有{count}名教师的证书或档案仍在更正，尚未办完。请逐人了解进度；到期办不完的，请及早向区县说明，需要的申请延期。",
  },
  "schools-silent-today": {
    title: "今天截止，还有学校没有核对",
    text: "“{campaign}”的现场确认今天截止（{end}）。还有{schools}所学校的{unseen}名教师没有经学校核对，到期不能按自动放弃处理。请督促学校今天逐人核对。",
  },
  "schools-silent": {
    title: "有学校逾期没有核对",
    text: "“{campaign}”的现场确认已于{end}结束。有{schools}所学校的{unseen}名教师没有经学校核对，暂不按自动放弃处理。请在“学校未核对”中核实，写明情况后记录。",
  },
  "about-to-lapse-returned": {
    title: "退回修改即将到期",
    text: "您在“{campaign}”的申请（编号{number}）被退回后还没有再次提交。请登录查看要修改的内容，在{end}前改好并再次提交，含今天还有{days}天；逾期没有提交的，视为自动放弃。",
    short: "您的定期注册申请（编号{number}）被退回后还没有再次提交，到{end}截止，请尽快登录改好并提交。",
  },
  "about-to-be-decided": {
    title: "退回修改即将到期",
    text: "区县对您在“{campaign}”的申请（编号{number}）提出的问题还没有答复。请登录查看，在{end}前改好并再次提交，含今天还有{days}天；逾期没有答复的，由区县按现有材料提出意见。",
    short: "您的定期注册申请（编号{number}）还没有答复区县提出的问题，到{end}截止，请尽快登录改好并提交。",
  },
  "file-lost": {
    title: "上传的文件需要重新上传",
    text: "您在“{campaign}”的申请（编号{number}）中，有照片或扫描件已损坏或丢失。请登录，在第7步重新上传；已不能修改的，请联系学校经办人。",
  },
  "objection-raised": {
    title: "公示名单收到异议",
    text: "“{campaign}”的公示名单收到一件异议，涉及申请编号{number}，请在{end}前核查答复。",
  },
  "manifest-difference": {
    title: "报送的材料有出入",
    text: "区县核对“{campaign}”的交接清单{manifest}时，发现有材料缺少或不符。请登录，在“交接清单”中查看，并尽快补交。",
  },
  "school-took-over": {
    title: "有学校并入或分立到本校",
    text: "“{school}”已并入本校或部分划入本校。“{campaign}”中名册{entries}人、未报送的申请{cases}件，改由本校继续办理。请登录核对名册。",
  },
  "schools-passed": {
    title: "有学校划入本区县",
    text: "{school}已划归本单位管理。“{campaign}”中名册{entries}人、未报送的申请{cases}件随之转来，由本单位初审。此前已报送的，仍由原注册机构办理。",
  },
  "office-wrote": {
    title: "学校（区县）给您留言",
    text: "就您在“{campaign}”的申请（编号{number}），学校（区县）给您留了言。请登录，在“我的申请”中查看和答复。",
  },
  "teacher-wrote": {
    title: "教师留言",
    text: "申请编号{number}的教师在“{campaign}”中给您留了言，请在“教师留言”中查看和答复。",
  },
  "certificate-clash": {
    title: "证书号码重复",
    text: "“{campaign}”中，申请编号{number}与申请编号{other}填报了同一个教师资格证书号码，后填报的一份不能提交。请核对本单位教师的证书原件：填错的，退回修改；无误的，请与对方单位联系。",
  },
  // Its words are the office's own.
  circular: { title: "通知", text: "通知的内容已不可用。" },
  "account-verified": {
    title: "电子邮箱已验证",
    text: "您的电子邮箱已验证，今后的通知会发到这里；忘记密码时，也用它找回。",
  },
  "assisted-reset": {
    title: "学校协助您重设密码",
    text: "学校经办人刚刚为您领取了重设密码的验证码，30分钟内有效。不是您本人到学校办理的，请不要把验证码告诉任何人，并立即联系区县教育行政部门。",
  },
};

/** Who reads a message that does not go to the teacher. */
export const templateReaders: Readonly<Partial<Record<AnyTemplate, string>>> = {
  "objection-raised": "区县负责人",
  "lapse-warning": "学校经办人",
  "parked-warning": "学校经办人",
  "manifest-difference": "学校经办人",
  "school-took-over": "学校经办人",
  "schools-passed": "区县负责人和初审员",
  "schools-silent": "区县负责人",
  "schools-silent-today": "区县负责人",
  "teacher-wrote": "学校经办人或区县初审员",
  "certificate-clash": "学校经办人和区县负责人",
};

const ofCase = ["campaign", "number"] as const;

/** What messages know, and may speak of, where it is not the campaign and the number of a case alone. */
const known: Readonly<Partial<Record<AnyTemplate, readonly Placeholder[]>>> = {
  "about-to-lapse": [...ofCase, "days", "end"],
  "about-to-lapse-unconfirmed": [...ofCase, "days", "end"],
  "about-to-lapse-returned": [...ofCase, "days", "end"],
  "about-to-be-decided": [...ofCase, "days", "end"],
  "certificate-clash": [...ofCase, "other"],
  "objection-raised": [...ofCase, "end"],
  "attestation-asked": [...ofCase, "end"],
  // To a teacher of the roster, with or without an application.
  appointment: ["campaign", "school", "when", "place"],
  "school-reminds-apply": ["campaign", "school", "end"],
  "school-reminds-submit": ["campaign", "school", "end"],
  "school-reminds-answer": ["campaign", "school", "end"],
  // To an office, about no case in particular.
  "lapse-warning": ["campaign", "days", "end", "count", "unseen"],
  "parked-warning": ["campaign", "days", "end", "count"],
  "manifest-difference": ["campaign", "manifest"],
  "school-took-over": ["campaign", "school", "entries", "cases"],
  "schools-passed": ["campaign", "school", "entries", "cases"],
  "schools-silent": ["campaign", "end", "schools", "unseen"],
  "schools-silent-today": ["campaign", "end", "schools", "unseen"],
  "account-verified": [],
  "assisted-reset": [],
  circular: [],
};

/** What a message of this kind knows, and may speak of. */
export function placeholdersFor(template: AnyTemplate): readonly Placeholder[] {
  return known[template] ?? ofCase;
}

/** Whatever stands between braces in a text, in its order. */
export function bracesOf(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
}

/** The placeholders of a text, in their order; @throws Error for one that is not known: a slip of the key in a template. */
export function placeholdersOf(text: string): Placeholder[] {
  return bracesOf(text).map((name) => {
    const known = placeholders.find((placeholder) => placeholder === name);
    if (known === undefined) throw new Error(`a template speaks of {${name}}`);
    return known;
  });
}

/** The text with its placeholders filled in; what is not known is left out rather than shown as a brace. */
export function fill(text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string {
  return placeholdersOf(text).reduce((filled, name) => filled.replace(`{${name}}`, () => values[name] ?? ""), text);
}
