import { findHolidayName } from "../calendar/working-day.ts";
import type { FindingCode, FindingFigures, ReportDeadline } from "./finding.ts";
import type { ReasonUse, ValueFormat } from "./plan.ts";
import { stageTitles, type WindowedStage } from "./stage.ts";

const weekdays = ["一", "二", "三", "四", "五", "六", "日"] as const;

/** 2017-11-12 as 2017-11-12(周日), 2017-11-20T17:00 as 2017-11-20(周一)17:00. */
export function dayText(dayOrMoment: string): string {
  const [day = "", time = ""] = dayOrMoment.split("T");
  return `${day}（周${weekdays[Temporal.PlainDate.from(day).dayOfWeek - 1]}）${time}`;
}

/** The name of a rest day: 国庆节, or 周日. */
export function restDayText(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return findHolidayName(date) ?? `周${weekdays[date.dayOfWeek - 1]}`;
}

const deadlineTitles: Record<ReportDeadline, string> = { electronicBy: "电子版上报截止", paperBy: "纸质版上报截止" };

const formatTexts: Record<ValueFormat, string> = {
  key: "标识只用小写字母、数字和连字符，如 wanzhou-education",
  day: "日期写成 2017-09-12，月、日都写两位，且须是历法上有的日子",
  hour: '时刻写成 "07:00"，当天结束写 "24:00"',
  moment: "截止时刻写成 2017-11-20T17:00（日期、大写字母 T、时刻）",
  "area-code": '区县代码是六位数字，外面加引号，如 "500101"；没有代码的整项不写',
  "time-zone": "时区写成 Asia/Shanghai",
  line: "写在一行里，不能换行，也不能含制表符等控制字符",
  proof: "空格只能用【姓名】【证件号码】【学校】【学科】【考核年度】【考核结果】",
  opens: '写成 field：表单字段 或 material：材料标识，如 "field:photo"、"material:contract"',
};

const useTexts: Record<ReasonUse, string> = {
  return: "退回申请人",
  "send-back": "区县退回学校",
  refuse: "不予受理",
  decide: "作出初审结论",
  "not-applied": "登记未申请原因",
  park: "登记待更正",
  withdraw: "学校代为撤回",
  scrap: "注册贴报废",
  difference: "签收材料时的出入",
};

const typeTexts: Record<string, string> = {
  string: "文字",
  number: "数字",
  int: "整数",
  boolean: "true 或 false",
  array: "列表",
  object: "一组键和值",
  record: "一组键和值",
  null: "空",
};

function listText(items: readonly string[]): string {
  return items.length === 0 ? "（无）" : items.join("、");
}

function sizeText(size: number, of: "number" | "string" | "array"): string {
  return of === "number" ? String(size) : of === "string" ? `${size} 个字` : `${size} 项`;
}

function whatText(what: WindowedStage | ReportDeadline): string {
  return what === "electronicBy" || what === "paperBy" ? deadlineTitles[what] : `${stageTitles[what]}最后一天`;
}

/** One sentence for each finding, for the plan's author: the fault and the correction. */
export const findingMessages: { [Code in FindingCode]: (figures: FindingFigures[Code]) => string } = {
  "yaml.syntax": ({ problem }) => problem,
  "yaml.full-width-colon": ({ key }) => `“${key}”后面是全角冒号。请改成半角冒号，后面空一格，如“${key}: 内容”。`,
  "yaml.no-space-after-colon": ({ key }) => `“${key}:”后面没有空格。冒号后请空一格，如“${key}: 内容”。`,
  "yaml.duplicate-key": ({ key }) => `“${key}”在同一层写了两次，不知以哪个为准。请删去一个。`,
  "plan.empty": () => "文件是空的。请从 campaigns/ 里抄一份已有的方案再改。",
  "plan.not-a-mapping": () => "文件最外层应是“键: 值”一行一项的写法，如 format: 1。请对照 campaigns/ 里已有的方案。",
  "key.unknown": ({ key, nearest, known }) =>
    `没有“${key}”这一项，写了也不起作用。${nearest === undefined ? `这里可以写：${listText(known)}。` : `是否想写“${nearest}”？`}`,
  "key.cut-off": ({ text }) =>
    `“${text}”被当成了另一项：花括号里的半角逗号是分隔符。请把整句话用半角引号括起来，或改用全角逗号。`,
  "key.missing": ({ key }) => `缺少“${key}”，这一项必须写。`,
  "value.empty": () => "冒号后面没有内容。请写上值；确实不需要的，整项删去。",
  "value.wrong-type": ({ expected, got }) =>
    `这里应是${typeTexts[expected] ?? expected}，现在是${typeTexts[got] ?? got}。${
      expected === "string" && (got === "number" || got === "boolean") ? "请在值的两边加上半角引号。" : ""
    }`,
  "value.not-in-list": ({ got, allowed }) => `“${got}”不是可以写的值。可以写：${listText(allowed)}。`,
  "value.wrong-format": ({ got, format }) =>
    `“${got}”的写法不对${format === undefined ? "，请对照 campaigns/ 里已有的方案" : `:${formatTexts[format]}`}。`,
  "value.too-small": ({ minimum, of }) => `不能少于 ${sizeText(minimum, of)}。`,
  "value.too-big": ({ maximum, of }) => `不能超过 ${sizeText(maximum, of)}。`,
  "condition.unknown-rule": ({ got, known }) => `没有“${got}”这条判断规则。可以写：${listText(known)}。`,

  "range.reversed": ({ from, to }) => `起始日 ${dayText(from)} 晚于结束日 ${dayText(to)}。请改正 from 或 to。`,
  "hours.reversed": ({ stage, from, to }) =>
    `${stageTitles[stage]}每天 ${from} 开始、${to} 结束，没有开放时间。开始时刻须早于结束时刻；开放到当天结束写 "24:00"。`,
  "window.overlaps": ({ stage, from, earlierTo }) =>
    `${stageTitles[stage]}的两个时段重叠：后一段 ${dayText(from)} 开始时，前一段到 ${dayText(earlierTo)} 还没有结束。请改成首尾不重叠，或合并为一段。`,
  "window.no-open-minute": ({ stage, from, to }) =>
    `${stageTitles[stage]} ${dayText(from)} 至 ${dayText(to)} 扣除不开放的日子以后，一分钟也不开放。请改时段或 closures。`,
  "closure.outside-windows": ({ from, to, stages }) =>
    `${dayText(from)} 至 ${dayText(to)} 不开放的规定落在${listText(stages.map((stage) => stageTitles[stage]))}的所有时段之外，不起作用。请核对日期。`,
  "closure.no-such-stage": ({ stage }) =>
    `本方案没有${stageTitles[stage]}环节，不能规定它不开放。请从 stages 中删去 ${stage}。`,
  "closure.overlaps": ({ stage, from, to }) =>
    `${stageTitles[stage]}的这段不开放日期（${dayText(from)} 至 ${dayText(to)}）与前面的重叠。不影响执行，请核对日期。`,
  "stage.out-of-order": ({ earlier, later, what, before, after }) =>
    what === "begin"
      ? `${stageTitles[later]} ${dayText(after)} 开始，早于${stageTitles[earlier]}开始的 ${dayText(before)}。环节次序颠倒，请核对日期。`
      : `${stageTitles[later]} ${dayText(after)} 结束，早于${stageTitles[earlier]}结束的 ${dayText(before)}，最后一批办不完。请核对日期。`,
  "stage.begins-before-previous-ends": ({ earlier, later, ends, begins }) =>
    `${stageTitles[later]} ${dayText(begins)} 开始时，${stageTitles[earlier]}要到 ${dayText(ends)} 才结束，两个环节同时进行。如确属本意，不必改。`,
  "year.differs": ({ year, from, to }) =>
    `方案写的是 ${year} 年，各环节却在 ${dayText(from)} 至 ${dayText(to)} 之间。请核对 year 或各日期的年份。`,
  "issued.after-opening": ({ issuedOn, opens }) =>
    `通知 ${dayText(issuedOn)} 印发，晚于网上报名开始的 ${dayText(opens)}。请核对日期。`,
  "holidays.unknown-year": ({ years }) =>
    `还没有 ${years.join("、")} 年国务院办公厅的放假安排，工作日只按周一至周五推算。放假安排公布后请更新程序，再检查一次。`,

  "deadline.on-rest-day": ({ what, day }) =>
    `${whatText(what)}是 ${dayText(day)}，为休息日（${restDayText(day)}）。请确认当天有人办理。`,
  "deadline.before-stage-ends": ({ what, moment, stage, ends }) =>
    `${deadlineTitles[what]} ${dayText(moment)} 早于${stageTitles[stage]}结束的 ${dayText(ends)}。请把截止时间改到${stageTitles[stage]}和公示之后。`,
  "deadline.after-next-stage-ends": ({ what, moment, stage, ends }) =>
    `${deadlineTitles[what]} ${dayText(moment)} 晚于${stageTitles[stage]}结束的 ${dayText(ends)}，报来时已不能办理。请提前截止时间或推迟${stageTitles[stage]}。`,
  "deadline.after-next-stage-begins": ({ what, moment, stage, begins }) =>
    `${deadlineTitles[what]} ${dayText(moment)} 不早于${stageTitles[stage]}第一天 ${dayText(begins)}，${stageTitles[stage]}开始时材料可能尚未报齐。如确属本意，不必改。`,
  "deadline.paper-before-electronic": ({ electronicBy, paperBy }) =>
    `纸质版上报截止 ${dayText(paperBy)} 早于电子版上报截止 ${dayText(electronicBy)}。请核对两个时间。`,
  "notice.cannot-end-before-report": ({ days, working, latest, preliminaryEnds }) =>
    `公示 ${days} 个${working ? "工作日" : "自然日"}，最迟 ${dayText(latest)} 公布才能在电子版上报截止前期满，而初审要到 ${dayText(preliminaryEnds)} 才结束。请提前初审、推迟上报，或缩短公示（不得少于规定天数）。`,
  "notice.only-rest-days-left": ({ latest, latestWorkingDay, preliminaryEnds }) =>
    `公示最迟 ${dayText(latest)} 公布，但 ${dayText(preliminaryEnds)} 初审结束以后只有休息日；最后一个来得及的工作日是 ${dayText(latestWorkingDay)}。请安排人员在休息日公布，或推迟上报。`,

  "duplicate.key": ({ what, key }) => `${what}“${key}”用了两次。请改成各不相同。`,
  "duplicate.name": ({ what, name }) => `${what}“${name}”写了两次。请核对。`,
  "body.same-key-other-name": ({ key, name, otherName }) =>
    `机构标识“${key}”既指“${otherName}”又指“${name}”。同一标识只能指一个机构，请改其中一个。`,
  "body.two-roles": ({ key, name }) =>
    `“${name}”（${key}）在本方案里担任两级职责。同一人不得在两个环节办理同一申请，请确认人手够用。`,
  "bodies.unknown-operator": ({ operator, known }) =>
    `bodies.operator 写的“${operator}”不是本方案的机构。可以写：${listText(known)}。`,
  "area.unknown-review-body": ({ area, reviewedBy, known }) =>
    `${area}的 reviewedBy 写的“${reviewedBy}”不在 bodies.review 里。可以写：${listText(known)}。`,
  "area.review-body-missing": ({ area, known }) =>
    `有几个复审机构，没有写明${area}由哪一个复审。请加上 reviewedBy，可以写：${listText(known)}。`,
  "review.body-unused": ({ name }) =>
    `没有一个区县由“${name}”复审。请在相应区县写 reviewedBy，或从 bodies.review 中删去。`,
  "review.stage-without-body": () =>
    "规定了复审的时间，bodies.review 却没有复审机构。请写上复审机构，或删去 stages.review。",
  "review.body-without-stage": () =>
    "写了复审机构，stages 里却没有复审（review）的时间。请补上 stages.review；不设复审的，bodies.review 写 []。",
  "scope.kind-twice": ({ kind, ownership }) =>
    `${ownership}${kind}写在两条范围里，符合其中一条的即在注册范围内，这一条对此类学校不起作用。如不是本意，请删去一处。`,
  "scope.private-needs-no-establishment": () =>
    "范围里有民办学校，又要求 inEstablishment: true（在编）。民办学校教师没有事业编制，将全部不在范围内。如不是本意，请改为 false。",
  "cycle.reopens-after-expiry": ({ months, years }) =>
    `上次注册 ${months} 个月以后才能再次申请，而注册每 ${years} 年一次，到期前来不及。请减少 reopensAfterMonths。`,
  "material.variant-twice": ({ material, concerns }) =>
    `材料“${material}”对同一类人（${concerns}）写了两种。请删去一种。`,
  "material.variants-ambiguous": ({ material }) =>
    `材料“${material}”有的按初聘与否区分、有的按首次注册与否区分，同一人可能对上两种。请只用一种区分。`,
  "material.stamp-without-copy": ({ name }) =>
    `“${name}”要求复印件盖章（copyStamped: true），份数（copies）却是 0。请核对。`,
  "conclusion.none-raises-ordinal": () => "没有一种结论使注册次数加一（raisesOrdinal）。一般“合格”应写 true。",
  "condition.unknown-conclusion": ({ suggests, known }) =>
    `suggests 写的“${suggests}”不是本方案的结论。可以写：${listText(known)}。`,
  "condition.suggests-mildest": ({ condition, name }) =>
    `条件“${condition}”建议的“${name}”是最轻的结论，没有条件时也是它，写了不起作用。请核对 suggests，或核对 conclusions 是否由轻到重排列。`,
  "marking.nothing-to-mark-with": ({ names }) =>
    `结论${listText(names)}写明要登记在证书上（marked: true），marking 却写旧版、新版都不登记（none）。请改其中一处。`,
  "marking.no-marked-conclusion": () =>
    "marking 规定了登记方式，但没有一种结论写明要登记（marked: true）。请核对 conclusions。",
  "reason.unknown-material": ({ reason, material, known }) =>
    `事由“${reason}”要求补正的材料“${material}”不在 materials 里。可以写：${listText(known)}。`,
  "reason.unknown-field": ({ reason, field, nearest, known }) =>
    `事由“${reason}”要求改正的“${field}”不是申请表的字段。${nearest === undefined ? `可以写：${listText(known)}。` : `是否想写“${nearest}”？`}`,
  "reason.unknown-conclusion": ({ reason, conclusion, known }) =>
    `事由“${reason}”写了没有规定的结论“${conclusion}”。可以写：${listText(known)}。`,
  "reason.conclusions-without-decide": ({ reason }) =>
    `事由“${reason}”写了 conclusions，use 里却没有 decide，不会用到。请核对。`,
  "conclusion.without-reason": ({ name }) =>
    `没有一项事由可以用于“${name}”的结论，初审时无法作出。请在 reasons 中补上。`,
  "reason.opens-without-return": ({ reason }) =>
    `事由“${reason}”写了 opens，但不用于退回（use 里没有 return 或 send-back），opens 不起作用。请核对。`,
  "reason.use-without-reason": ({ use }) =>
    `没有一条事由可用于${useTexts[use]}（use 里有 ${use}）。经办人将无事由可选，请补一条。`,
};
