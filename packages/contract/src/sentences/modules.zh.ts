import { stageTitles } from "@shice/rules/plan/stage.ts";
import type { ModuleRefusal } from "../module-refusal.ts";
import { dayText, fullDayText } from "./days.zh.ts";
import { endText } from "./moment.ts";

type Sentences = {
  readonly [Code in ModuleRefusal["code"]]: (refusal: Extract<ModuleRefusal, { code: Code }>) => string;
};

/** One sentence for each refusal of a module: what happened, and what to do next. */
export const moduleSentences = {
  "reason.unknown": ({ reason }) => `事由“${reason}”不在本批次方案规定的选项之内，请重新选择。`,
  "reason.needs-text": () => "选择“其他情形”的，请写明具体情况。",

  "desk.held": ({ by, since }) =>
    `这份材料从${momentText(since)}起由${by}核验。需要接手的，请先与其说明，再写明理由接手。`,

  "manifest.received-already": ({ at }) => `这份交接清单已于${momentText(at)}签收，不能重复签收。`,
  "manifest.not-on-list": () => "所填的申请不在这份交接清单内，请核对后重新填写。",
  "manifest.settled-already": ({ name, by, at }) =>
    `${name}的材料已由${by}于${momentText(at)}核对过。需要改动的，请在该行办理“更改”。`,
  "manifest.difference-needed": ({ name }) => `请写明${name}的材料缺少什么、哪里不符。`,
  "manifest.unsettled": ({ left }) => `还有${left}件没有核对，不能办结签收。请逐件核对，或整单签收。`,
  "manifest.nothing-short": ({ name }) => `${name}的材料没有登记过缺少或不符，无需登记补交。`,
  "manifest.supplemented-already": ({ name, at }) => `${name}的材料已于${momentText(at)}登记补齐，无需重复登记。`,
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
  "campaign.imports-pending": ({ files }) => `还有${files}份名册表格正在写入，请等写完后再结束批次。`,
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
  "school.ended-already": ({ name, on }) => `“${name}”已于${fullDayText(on)}撤销或并入其他学校，不能再办理变动。`,
  "school.day-to-come": () => "日期还没有到。请在变动当日或之后办理，名册和申请随即转移。",
  "school.day-before-founding": ({ name, validFrom }) =>
    `日期早于“${name}”登记的成立日期${fullDayText(validFrom)}，请核对。`,
  "school.into-itself": () => "不能并入学校自身，请选择另一所学校。",
  "school.no-such-authority": () => "所选注册机构不存在或已撤销，请重新选择。",
  "school.authority-same": ({ name }) => `“${name}”已经属于所选的注册机构，不必划转。`,
  "school.cases-cannot-follow": ({ campaign, cases }) =>
    `所去的学校或注册机构没有参加“${campaign}”，正在办理的名册和${cases}件申请无法转去。请先修订批次方案，或选择参加本批次的学校、注册机构。`,
  "school.alias-known": ({ name }) => `这所学校已有名称“${name}”，不必再增加。`,
  "school.alias-unknown": ({ name }) => `“${name}”不是这所学校的简称。现名和曾用名不能删除。`,
  "school.nothing-changed": () => "没有改动任何一项，请先修改再提交。",
  "school.parts-alike": () => "分立后的学校不能重复，也不能是原学校，请核对。",
  "school.rest-unassigned": () => "原学校撤销的，须选定一所学校接收其余人员。",
  "school.part-unknown": () => "分配名单中有不在所列范围内的学校，请重新分配。",
  "school.people-gone": ({ people }) => `分配名单中有${people}人已不在本校的名册和未报送的申请中，请刷新后重新分配。`,
  "directory.too-many-rows": ({ most }) => `一次最多核对${most}行。请按区县分成几个文件，分别导入。`,

  "roster.school-unknown": () => "学校不在您的管理范围内，请从目录中选择。",
  "roster.elsewhere": () => "此人已在另一所学校的名册中。调动的，请先由原学校或区县处理。",
  "roster.reason-needed": () => "登记为不参加本次注册的，请选择原因。",

  "roster.count-changed": ({ count }) => `您查看之后名单有变动，现在共${count}人。请看过最新的名单再办理。`,
  "statement.day-needed": () => "登记为“本人不参加”的，请填写本人在声明上签字的日期。声明可以从本页打印。",
  "statement.day-wrong": ({ from, to }) =>
    `声明应在通知印发之后、今天之前签字，请填写${fullDayText(from)}至${fullDayText(to)}之间的日期。`,
  "statement.of-nobody": () => "只有登记为“本人不参加”的教师才留存声明。请先登记情形。",
  "silence.too-early": ({ endsAt }) =>
    endsAt === null
      ? "现场确认还没有结束，现在不能记录学校未核对。"
      : `现场确认到${endText(endsAt)}才结束，现在请先提醒学校核对；结束之后仍未核对的再记录。`,
  "silence.nobody": () => "这所学校没有到期而未经核对的申请，无需记录。",
  "batch.day-past": ({ today }) => `日期已过，请选择${dayText(today)}或以后的日子。`,
  "batch.day-closed": ({ day, from, to, nearest }) =>
    `${dayText(day)}不在现场确认的开放日之内（${dayText(from)}至${dayText(to)}）。${nearest === null ? "开放日已经全部过去，确有需要的请申请延期。" : `离它最近的开放日是${dayText(nearest)}。`}`,
  "batch.hours-wrong": () => "请把开始和结束时间都填上，结束应晚于开始；不定时间的，两项都不填。",
  "batch.name-taken": ({ name }) => `本校已有“${name}”，请换一个名称。`,
  "batch.of-another-school": () => "所选教师中有其他学校的，只能编入本校的批。",
  "batch.nobody": () => "这一批还没有教师。请先在名册中选择教师，编入这一批。",
  "parking.kind-unknown": () => "请从列出的种类中选择。",
  "parking.since-wrong": ({ to }) => `开始等待的日期不能晚于今天（${dayText(to)}）。`,
  "parking.ended": () => "这一项已经办结，无需重复办理。",
  "reminder.nobody": () => "当前筛选的教师中，没有需要提醒的：都已办完，或时间已过。",

  "import.part-missing": () => "文件没有传完整，请重新上传。",
  "import.not-checked": () => "这个文件还没有核对完，请等待核对结束后再写入名册。",
  "import.over": () => "这次导入已经结束或取消，不能再办理。需要的，请重新上传文件。",
  "filter.too-many": ({ most }) => `常用筛选最多保存${most}个。请先删除不再用的。`,
  "export.too-many": ({ most }) => `符合条件的超过${most}件，一次导不出来。请先用筛选缩小范围，再导出。`,
  "import.check-failed": () =>
    "核对这个文件时系统多次出错，已停止，没有写入任何内容。请把内容复制到下载的模板中重新上传；仍不成功的，请联系系统管理员。",
  "import.write-failed": () =>
    "写入名册时系统多次出错，已停止。已写入的行有效，可以再次写入其余的行；仍不成功的，请联系系统管理员。",
  "import.nothing-wrong": () => "这个文件没有有误的行，无需下载更正表。",
  "workbook.empty": () => "这是一个空文件，请检查后重新选择。",
  "workbook.broken": () => "文件打不开，可能不完整或已损坏。请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件后再上传。",
  "workbook.encrypted": () => "文件设有打开密码，系统无法读取。请在 Excel 或 WPS 中取消密码，另存后再上传。",
  "workbook.not-a-table": () => "这不是表格文件。请上传 .xlsx、.xls 或 .csv 文件；Word、PDF 请先转成表格。",
  "workbook.web-page": () =>
    "这是网页格式的表格，不是真正的表格文件。请用 Excel 或 WPS 打开，另存为 .xlsx 文件后再上传。",
  "workbook.too-old": () => "这是 Excel 95 或更早的文件格式。请用 Excel 或 WPS 打开，另存为 .xlsx 文件后再上传。",
  "workbook.too-large-inside": ({ most }) =>
    `文件展开后超过${most}兆的限度，可能有大量空白格式或不安全的内容。请把内容复制到下载的模板中再上传。`,
  "workbook.too-many-rows": ({ most }) => `表格超过${most}行。请分成几个文件分别导入，或删除表格下方的空白行。`,
  "workbook.too-much-text": () => "表格的内容过多，超过系统一次能读取的限度。请分成几个文件分别导入。",
  "workbook.stray-cell": () => "表格中有内容写到了很远的行或列，范围过大。请把需要的内容复制到下载的模板中再上传。",
  "workbook.took-too-much": () => "读取这个文件占用的内存过多，已停止。请把内容复制到下载的模板中再上传。",
  "workbook.took-too-long": ({ seconds }) => `读取超过${seconds}秒仍未完成，已停止。请把内容复制到下载的模板中再上传。`,
  "workbook.no-heading": ({ missing }) =>
    `没有找到表头，缺少：${missing.join("、")}。请使用下载的模板，或在第一行写明这些列名。`,
  "workbook.no-rows": () => "表头下面没有内容。请填写后再上传。",

  "account.id-number": ({ sentence }) => sentence,
  "account.name": () => "姓名应与证件一致，可包含间隔号“·”，不超过50个字。",
  "account.mobile": () => "手机号码应为11位数字，以1开头。",
  "account.email": () => "请填写有效的电子邮箱，如 zhang@example.com。",
  "account.person-differs": () =>
    "这个证件号码与已登记的姓名或账号不符。请核对证件号码；确认无误的，请联系学校经办人（学校代填的）或系统管理员更正。",
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
  "attachment.not-an-image": () => "这不是照片或图片。请选择 JPG、PNG 格式的图片；PDF、Word 文件请先拍照或另存为图片。",
  "attachment.too-many-pixels": () => "图片尺寸过大，请换一张，或用手机直接拍摄后上传。",
  "attachment.broken": () => "图片文件不完整或已损坏，打不开。请重新拍摄或换一个文件。",
  "attachment.slot-unknown": () => "本批次不收这一类扫描件，请刷新页面后重试。",
  "attachment.too-many": ({ most }) => `每项材料最多${most}页，请先移除不需要的页。`,
  "attachment.pages-changed": () => "扫描件在别处有改动，请刷新页面后再调整。",
  "attachment.lost": () => "这个文件已经损坏或丢失，请重新上传。系统已记录，并会通知管理员。",
  "proof.contradicted": () => "本系统的登记与已签名的终审决定不一致，暂不能出具证明。系统已记录，请联系注册机构核查。",
  "proof.no-conclusion": () => "还没有注册结论，不能出具电子证明。",
  "circular.nobody": () => "所选范围内现在没有教师，通知没有发出。请重新选择范围。",
  "wording.unknown": () => "没有这种消息，请刷新页面后重试。",
  "wording.placeholder": ({ placeholder, known }) =>
    known.length === 0
      ? `这条消息里不能使用“{${placeholder}}”。`
      : `这条消息里不能使用“{${placeholder}}”，只能使用${known.map((name) => `“{${name}}”`).join("、")}。`,
  "wording.too-long": ({ longest }) => `短信内容过长：填入编号和日期后不能超过${longest}个字，请精简。`,
  "wording.short-missing": () => "这条消息也发短信，请填写短信内容。",
  "conversation.no-office": () => "还没有选择学校，留言没有可以送达的单位。请先在第5步选择学校。",
  "conversation.too-many": ({ most }) => `一天最多留言${most}条。急事请直接联系学校或区县。`,

  "assistance.whom": () => "请从名册中选择一位教师，或填写名册外教师的姓名和证件号码。",
  "assistance.elsewhere": () =>
    "这位教师在另一所学校已有申请或草稿，本校不能代填。属于本校的，请教师本人改选学校，或由区县办理转校。",
  "assistance.name-differs": () =>
    "这个证件号码已用另一个姓名登记。请对照证件核对姓名和证件号码，有误的先在名册中改正；名册无误的，请联系系统管理员。",
  "assistance.not-begun": () => "这份草稿由教师本人填写。需要学校代填的，请先在名册中选择“代为填写”。",
  "assistance.other-school": () =>
    "代填时只能选择本校（本确认点的学校）。教师不在本校的，请由其所在学校代填或本人填写。",
  "assistance.no-account": () => "这位教师还没有注册账号，消息发不到。请打印代填核对单交给本人。",
  "assistance.asked-today": () => "今天已经提醒过这位教师，不再重复发送。",
} satisfies Sentences;

/** An instant as offices write it, in Beijing time. */
function momentText(iso: string): string {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO("Asia/Shanghai");
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.year}年${at.month}月${at.day}日${two(at.hour)}:${two(at.minute)}`;
}
