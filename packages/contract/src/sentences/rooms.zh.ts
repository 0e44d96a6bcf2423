import type { RoomRefusal } from "../room-refusal.ts";

type Sentences = {
  readonly [Code in RoomRefusal["code"]]: (refusal: Extract<RoomRefusal, { code: Code }>) => string;
};

/** What each refusal of a room says to the user: what happened and what to do next. */
export const roomSentences = {
  "reason.unknown": ({ reason }) => `事由“${reason}”不在本批次方案规定的选项之内,请重新选择。`,
  "reason.needs-text": () => "选择“其他情形”的,请写明具体情况。",

  "manifest.received-already": ({ at }) => `这份交接清单已于${momentText(at)}签收,不能重复签收。`,
  "manifest.not-on-list": () => "所填差异涉及的申请不在这份交接清单内,请核对后重新填写。",
  "correction.field-unknown": ({ fields }) => `下列项目不能申请更正:${fields.join("、")}。只能更正申请表上的项目。`,
  "correction.nothing-changed": () => "拟更正的内容与现有信息相同,无需更正。",
  "correction.value-unfit": ({ fields }) => `下列项目填写的内容不符合要求:${fields.join("、")}。请核对后重新填写。`,
  "correction.same-person": () => "更正申请不能由提出人本人批准,请由其他复核员办理。",
  "correction.decided-already": ({ at }) => `这项更正申请已于${momentText(at)}办结,不能重复办理。`,
  "opinion.unchanged": () => "拟作出的结论与原公示结论相同。维持原结论的,请使用“维持原初审意见”答复,无需重新公示。",

  "notice.over": ({ endsAt }) =>
    `公示期已于${momentText(endsAt)}届满,不再通过公示受理异议。仍有意见的,请直接向区县教育行政部门书面反映。`,
  "objection.of-another-case": () => "这件异议不是针对该申请当前公示的结论提出的,请核对后再办理。",
  "objection.decided-already": ({ at }) => `这件异议已于${momentText(at)}答复,不能重复办理。`,

  "report.same-person": () => "填表人与审核人须为两人。统计表由您填制,请由其他负责人审核上报。",
  "report.figures-changed": () => "统计表填制之后数据又有变化,不能上报。请由填表人重新填制,再审核上报。",
  "report.unbalanced": ({ violations }) => `统计数据不平衡,不能填制:${violations.join(";")}。请联系系统管理员核查。`,
  "report.nothing-ready": ({ pending }) =>
    `目前没有公示期满、可以上报的申请,尚有${pending}件在初审或公示之中。请在公示期满并办理“公示期满”后再上报。`,
  "report.reported-already": ({ at }) => `这份统计表已于${momentText(at)}上报,不能重复上报。`,
  "report.not-reported": () => "这份统计表区县尚未上报,请在其上报后再办理。",
  "report.paper-already": ({ at }) => `纸质统计表已于${momentText(at)}登记收到,无需重复登记。`,
  "report.accepted-already": ({ at }) => `这份上报已于${momentText(at)}接收,无需重复接收。`,

  "sample.open-already": () => "已有一份封存的抽查种子尚未使用,请先用它抽取样本,再封存新的种子。",
  "sample.drawn-already": ({ at }) => `这份种子已于${momentText(at)}用于抽取样本,不能重复抽取。`,
  "sample.nothing-to-draw": () =>
    "种子封存之后还没有新上报的申请,没有可以抽查的对象。种子须在区县上报之前封存,请待区县上报后再抽取。",
  "sample.not-drawn": () => "该申请应参加抽查,但样本尚未抽取。请先抽取样本,再办理复审。",
  "sample.unchecked": () => "该申请已被抽中,尚未记录抽查结果。请先核对材料并记录结果,再办理复审。",
  "sample.differs": () => "该申请抽查结果为“不一致”,不能直接通过。请退回区县核实,答复后重新核对。",

  "decision.number-taken": ({ number }) => `决定文号“${number}”在本批次已经使用,请核对文号。`,

  "sticker.range-reversed": () => "截止序号不能小于起始序号,请核对。",
  "sticker.serial-too-long": ({ digits }) => `这一号段的序号为${digits}位,所填序号超出位数,请核对。`,
  "sticker.series-taken": ({ prefix }) =>
    prefix === "" ? "不带前缀的号段已经登记,无需重复登记。" : `前缀“${prefix}”已经登记,无需重复登记。`,
  "sticker.received-already": () => "所填序号中有已经登记入库的注册贴,同一序号不能领取两次,请核对起止序号。",
  "sticker.not-there": () => "所填序号的注册贴不全在本单位库存中(可能已发放、使用或报废),请查看“在库号段”后重新填写。",
  "sticker.shows-otherwise": ({ conclusion }) =>
    `这枚注册贴上没有打印结论“${conclusion}”,不能用于该申请,请换用打印了该结论的注册贴。`,
  "sticker.printed-already": () => "所填序号中有已经打印结论的注册贴,不能再次打印。打印有误的,请办理报废。",
  "sticker.on-certificate-already": () => "该申请已经使用过一枚注册贴,不能再次使用。",
  "sticker.two-people": () => "保管人与经办人须为两人,不能由同一人兼任。",
  "sticker.partner-without-post": ({ role }) =>
    role === "sticker-custodian"
      ? "所选人员不是本单位登记的注册贴保管人,请重新选择。"
      : "所选人员不是本单位登记的注册贴经办人,请重新选择。",
  "sticker.books-differ": () =>
    "登记后注册贴账目与库存不符,本次登记没有保存。请重新查看结存后再办理,仍不能办理的请联系系统管理员。",
  "sticker.centre-only": () => "此项由市教师资格认定指导中心办理,区县不能办理。",
  "sticker.district-only": () => "此项由区县教育行政部门办理。",
  "sticker.authority-unknown": () => "所选单位不是本批次由本中心复审的区县注册机构,不能向其发放注册贴。",
  "sticker.count-unexplained": ({ expected, counted }) =>
    `盘点数${counted}枚与账面数${expected}枚不符,请在备注中说明差异情况。`,

  "archive.item-taken": ({ box, item }) => `第${box}盒第${item}件已经有归档材料,请调整起始件号。`,
} satisfies Sentences;

/** A moment as the offices write it, in Beijing time. */
function momentText(iso: string): string {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO("Asia/Shanghai");
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.year}年${at.month}月${at.day}日${two(at.hour)}:${two(at.minute)}`;
}
