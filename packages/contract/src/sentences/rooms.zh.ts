import { stageTitles } from "@shice/rules/plan/stage.ts";
import type { RoomRefusal } from "../room-refusal.ts";

type Sentences = {
  readonly [Code in RoomRefusal["code"]]: (refusal: Extract<RoomRefusal, { code: Code }>) => string;
};

/** What each refusal of a room says to the user: what happened and what to do next. */
export const roomSentences = {
  "reason.unknown": ({ reason }) => `事由“${reason}”不在本批次方案规定的选项之内，请重新选择。`,
  "reason.needs-text": () => "选择“其他情形”的，请写明具体情况。",

  "manifest.received-already": ({ at }) => `这份交接清单已于${momentText(at)}签收，不能重复签收。`,
  "manifest.not-on-list": () => "所填差异涉及的申请不在这份交接清单内，请核对后重新填写。",
  "correction.field-unknown": ({ fields }) => `下列项目不能申请更正：${fields.join("、")}。只能更正申请表上的项目。`,
  "correction.nothing-changed": () => "拟更正的内容与现有信息相同，无需更正。",
  "correction.value-unfit": ({ fields }) => `下列项目填写的内容不符合要求：${fields.join("、")}。请核对后重新填写。`,
  "correction.same-person": () => "更正申请不能由提出人本人批准，请由其他复核员办理。",
  "correction.decided-already": ({ at }) => `这项更正申请已于${momentText(at)}办结，不能重复办理。`,
  "opinion.unchanged": () => "拟作出的结论与原公示结论相同。维持原结论的，请使用“维持原初审意见”答复，无需重新公示。",

  "notice.over": ({ endsAt }) =>
    `公示期已于${momentText(endsAt)}届满，不再通过公示受理异议。仍有意见的，请直接向区县教育行政部门书面反映。`,
  "objection.of-another-case": () => "这件异议不是针对该申请当前公示的结论提出的，请核对后再办理。",
  "objection.decided-already": ({ at }) => `这件异议已于${momentText(at)}答复，不能重复办理。`,

  "report.same-person": () => "填表人与审核人须为两人。统计表由您填制，请由其他负责人审核上报。",
  "report.figures-changed": () => "统计表填制之后数据又有变化，不能上报。请由填表人重新填制，再审核上报。",
  "report.unbalanced": ({ violations }) => `统计数据不平衡，不能填制：${violations.join("；")}。请联系系统管理员核查。`,
  "report.nothing-ready": ({ pending }) =>
    `目前没有公示期满、可以上报的申请，尚有${pending}件在初审或公示之中。请在公示期满并办理“公示期满”后再上报。`,
  "report.reported-already": ({ at }) => `这份统计表已于${momentText(at)}上报，不能重复上报。`,
  "report.not-reported": () => "这份统计表区县尚未上报，请在其上报后再办理。",
  "report.paper-already": ({ at }) => `纸质统计表已于${momentText(at)}登记收到，无需重复登记。`,
  "report.accepted-already": ({ at }) => `这份上报已于${momentText(at)}接收，无需重复接收。`,

  "sample.open-already": () => "已有一份封存的抽查种子尚未使用，请先用它抽取样本，再封存新的种子。",
  "sample.drawn-already": ({ at }) => `这份种子已于${momentText(at)}用于抽取样本，不能重复抽取。`,
  "sample.nothing-to-draw": () =>
    "种子封存之后还没有新上报的申请，没有可以抽查的对象。种子须在区县上报之前封存，请待区县上报后再抽取。",
  "sample.not-drawn": () => "该申请应参加抽查，但样本尚未抽取。请先抽取样本，再办理复审。",
  "sample.unchecked": () => "该申请已被抽中，尚未记录抽查结果。请先核对材料并记录结果，再办理复审。",
  "sample.differs": () => "该申请抽查结果为“不一致”，不能直接通过。请退回区县核实，答复后重新核对。",

  "decision.number-taken": ({ number }) => `决定文号“${number}”在本批次已经使用，请核对文号。`,

  "sticker.series-taken": ({ prefix }) =>
    prefix === "" ? "不带前缀的号段已经登记，无需重复登记。" : `前缀“${prefix}”已经登记，无需重复登记。`,
  "sticker.partner-without-post": ({ role }) =>
    role === "sticker-custodian"
      ? "所选人员不是本单位登记的注册贴保管人，请重新选择。"
      : "所选人员不是本单位登记的注册贴经办人，请重新选择。",
  "sticker.centre-only": () => "此项由市教师资格认定指导中心办理，区县不能办理。",
  "sticker.district-only": () => "此项由区县教育行政部门办理。",
  "sticker.authority-unknown": () => "所选单位不是本批次由本中心复审的区县注册机构，不能向其发放注册贴。",
  "sticker.nothing-to-recall": () => "该申请未被撤销注册，或者没有使用注册贴（或已收回），没有可以收回的注册贴。",
  "sticker.count-unexplained": ({ expected, counted }) =>
    `盘点数${counted}枚与账面数${expected}枚不符，请在备注中说明差异情况。`,

  "archive.item-taken": ({ box, item }) => `第${box}盒第${item}件已经有归档材料，请调整起始件号。`,

  "campaign.known": () => "已有同一标识（key）的批次。修订方案请在该批次下发布修订版。",
  "campaign.other-key": () => "修订版的批次标识（key）与本批次不同，请核对文件。",
  "campaign.cases-pending": ({ pending }) => `还有${pending}份申请没有办结，也没有写明理由转入下一批次，批次不能结束。`,
  "plan.deadline-shortened": ({ stage }) => `修订版提前了${stageTitles[stage]}的截止时间。已经公布的截止时间不能提前。`,
  "extension.empty": () => "延期的截止时间应晚于开始时间。",
  "extension.for-exactly-one": () => "一次延期只针对一个区县、一所学校或一份申请，请选择其中一项。",
  "account.own": () => "不能停用本人的账号，请由另一位管理员办理。",
  "training.clock-back": () => "已有更晚的办理记录，时钟不能往回拨。需要重新开始的，请恢复到演示的起点。",
  "training.persona-unknown": () => "现在没有这个体验身份，请重新选择。",
  "training.no-beginning": () => "还没有可以恢复的起点：演示数据正在准备，或这里没有演示数据。",
  "restriction.kind-unknown": () => "限制类型不在本批次方案规定的选项之内。",
  "restriction.same-person": () => "限制库记录须由登记人以外的另一人复核。",

  "school.authority-unknown": ({ row }) => `第${row}行的注册机构不存在，请从目录中选择。`,
  "school.known": ({ name }) => `本区县已有学校“${name}”。如为同一所学校，请登记为简称或曾用名。`,
  "school.closed": () => "这所学校已撤销或并入其他学校，请选择现在的学校。",
  "school.not-in-campaign": () => "这所学校不在本批次的注册范围内。",

  "roster.school-unknown": () => "学校不在您的管理范围内，请从目录中选择。",
  "roster.elsewhere": () => "此人已在另一所学校的名册中。调动的，请先由原学校或区县处理。",
  "roster.reason-needed": () => "登记为不参加本次注册的，请选择原因。",

  "account.id-number": ({ sentence }) => sentence,
  "account.name": () => "姓名应与证件一致，可包含间隔号“·”，不超过50个字。",
  "account.mobile": () => "手机号码应为11位数字，以1开头。",
  "account.email": () => "请填写有效的电子邮箱，如 zhang@example.com。",
  "account.person-differs": () =>
    "这个证件号码与已登记的姓名或账号不符。请核对证件号码；确认无误的，请联系系统管理员更正。",
  "account.being-made": () => "正在为您建立账号，请过半分钟再试；已经收到成功提示的，请直接登录。",
  "account.taken": () => "无法用这些信息注册。如您已注册过，请直接登录；忘记密码的，请使用“忘记密码”。",
  "account.password-weak": () => "密码不少于10位，须同时有字母和数字，且不能包含您的姓名、证件号码或手机号码。",
  "account.sign-in-failed": () => "证件号码（电子邮箱）或密码不正确，请核对后重试。",
  "account.locked": ({ until }) => `登录失败次数过多，请在${momentText(until)}之后再试，或使用“忘记密码”。`,
  "account.password-wrong": () => "现在的密码不正确，请核对后重试。",
  "account.email-taken": () => "这个邮箱不能使用，请换一个邮箱。",
  "account.proof-missing": () => "请刷新页面后重试。为防止自动程序，提交前须由浏览器完成一道计算题。",
  "account.proof-wrong": () => "验证已过期，请再次提交。",
  "account.reset-code": ({ left }) => `证件号码或验证码不正确，请核对后重试，还可以再试${left}次。`,
  "account.reset-over": () => "验证码已失效，请到学校重新领取。",
  "account.not-of-your-school": () => "本校名册和申请中没有这位教师，或者教师还没有注册账号。请核对证件号码。",
  "account.verified-already": () => "您的电子邮箱已经验证，无需再次验证。",
  "token.spent": () => "链接已失效或已使用过，请重新申请。",
  "post.role-unfit": () => "该岗位不能设在这个单位，请核对单位。",
  "post.powers-separated": () => "系统管理、安全管理、审计三个岗位不得由同一人担任，也不得兼任办理注册的岗位。",
  "post.held-already": () => "您已担任这个岗位，无需再次接受邀请，请直接登录。",
  "post.last-administrator": () =>
    "这是最后一位系统管理员的岗位，不能免去。请先邀请另一位系统管理员，待其接受邀请后再办理。",

  "application.live-already": () => "您在本批次已有一份申请，请直接查看该申请，不必重新填报。",
  "application.certificate-taken": () =>
    "这个教师资格证书号码已有他人填报。请核对号码；确认无误的，请携带证书原件联系学校经办人。",
  "application.draft-closed": () => "现场确认已经结束，填报内容不能再修改。",
  "application.not-opened": ({ fields }) => `本次退回只要求修改指定的内容，以下内容不能改动：${fields.join("、")}。`,
  "application.not-on-notice": () => "您的申请不在公示中，现在不能提出异议。",
  "application.nothing-to-erase": () => "只有已撤回的申请可以清除填写的内容。",
  "attachment.not-an-image": () => "这不是照片或图片。请选择 JPG、PNG 格式的图片；PDF、Word 文件请先拍照或另存为图片。",
  "attachment.too-many-pixels": () => "图片尺寸过大，请换一张，或用手机直接拍摄后上传。",
  "attachment.broken": () => "图片文件不完整或已损坏，打不开。请重新拍摄或换一个文件。",
  "attachment.slot-unknown": () => "本批次不收这一类扫描件，请刷新页面后重试。",
  "attachment.too-many": ({ most }) => `每项材料最多${most}页，请先移除不需要的页。`,
  "attachment.pages-changed": () => "扫描件在别处有改动，请刷新页面后再调整。",
  "attachment.lost": () => "这个文件已经损坏或丢失，请重新上传。系统已记录，并会通知管理员。",
  "proof.no-conclusion": () => "还没有注册结论，不能出具电子证明。",
  "withdrawal.not-asked": () => "申请人没有提出撤回，无需办理。",
} satisfies Sentences;

/** A moment as the offices write it, in Beijing time. */
function momentText(iso: string): string {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO("Asia/Shanghai");
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.year}年${at.month}月${at.day}日${two(at.hour)}:${two(at.minute)}`;
}
