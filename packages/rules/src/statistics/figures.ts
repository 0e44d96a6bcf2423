import { concludedStates, isAmong, type State, statesIn } from "../lifecycle/state.ts";
import type { Plan } from "../plan/plan.ts";
import { type CaseRow, isDue, type RosterRow, type StickerRow } from "./rows.ts";

/**
 * One figure: its name, its definition, and its count as a function over rows. The people behind a figure are the rows
 * with a count above zero, so table, chart, export and list always agree.
 */
export interface FigureDefinition {
  key: string;
  title: string;
  /** Its definition, as in the table's notes. */
  counted: string;
  ofCase?: (row: CaseRow) => number;
  ofRoster?: (row: RosterRow) => number;
  ofStickers?: (row: StickerRow) => number;
  /** Whether it counts schools: each once if one of its rows counts. */
  distinctSchools?: true;
}

const closed = statesIn("concluded", "archived", "revoked", "without-conclusion");
const registrationKinds = { first: "首次注册", periodic: "定期注册" } as const;

/**
 * The figures of a plan (Notice §三(三), annex 2; the notice does not list its columns, so they are this program's).
 * Conclusions and reasons come from the plan, so a fourth conclusion gets its column.
 */
export function figureDefinitionsOf(plan: Pick<Plan, "conclusions" | "reasons">): readonly FigureDefinition[] {
  return [
    {
      key: "schools",
      title: "学校数",
      counted: "名册上有应注册教师，或有教师提交申请的学校（机构），每所计一次",
      ofCase: (row) => one(row.everSubmitted),
      ofRoster: (row) => one(notAppliedBecause(plan, row) !== undefined),
      distinctSchools: true,
    },
    {
      key: "due",
      title: "应注册",
      counted: "名册上应注册的人数，加上名册之外或登记为不应注册而实际提交申请的人数；已申请的人计在申请所在的学校",
      // A person who has applied is counted at the place of the application, so that a teacher who moved is counted
      // once.
      ofCase: (row) => one(row.everSubmitted),
      ofRoster: (row) => one(notAppliedBecause(plan, row) !== undefined),
    },
    {
      key: "applied",
      title: "已申请",
      counted: "至少提交过一次申请的人数，每人计一次",
      ofCase: (row) => one(row.everSubmitted),
    },
    {
      key: "applied-off-roster",
      title: "其中名册外申请",
      counted: "名册上没有，或登记为不应注册，而实际提交申请的人数",
      ofCase: (row) => one(row.everSubmitted && !row.due),
    },
    {
      key: "not-applied",
      title: "未申请",
      counted: "名册上应注册而从未提交申请的人数",
      ofRoster: (row) => one(notAppliedBecause(plan, row) !== undefined),
    },
    ...notAppliedFigures(plan),
    {
      key: "confirmed",
      title: "已确认",
      counted: "现场确认有效的人数；撤销确认或转校后未再确认的不计",
      ofCase: (row) => one(row.everSubmitted && row.confirmed),
    },
    {
      key: "under-way",
      title: "办理中",
      counted: "已提交申请，尚未终审，也未终止办理的人数",
      ofCase: (row) => one(row.everSubmitted && !isClosed(row.state)),
    },
    ended("lapsed", "自动放弃", "已提交申请，逾期未现场确认，视为自动放弃的人数"),
    ended("withdrawn", "已撤回", "提交申请后撤回的人数"),
    ended("refused", "不予受理", "提交申请后学校不予受理的人数"),
    ...plan.conclusions.flatMap(({ key, name }) =>
      (["first", "periodic"] as const).map((kind) => ({
        key: `preliminary.${key}.${kind}`,
        title: `初审拟${name}（${registrationKinds[kind]}）`,
        counted: `现行初审意见为“${name}”、属于${registrationKinds[kind]}的人数`,
        ofCase: (row: CaseRow) => one(row.preliminaryConclusion === key && row.registrationKind === kind),
      })),
    ),
    {
      key: "objections-raised",
      title: "异议（件）",
      counted: "公示期间收到的异议和申诉件数，一人有多件的分别计数",
      ofCase: (row) => row.objectionsRaised,
    },
    {
      key: "objections-upheld",
      title: "异议成立（件）",
      counted: "经核查成立的异议和申诉件数",
      ofCase: (row) => row.objectionsUpheld,
    },
    ...plan.conclusions.map(({ key, name }) => ({
      key: `final.${key}`,
      title: `终审${name}`,
      counted: `终审结论为“${name}”且未被撤销的人数`,
      ofCase: (row: CaseRow) => one(isConcluded(row.state) && row.finalConclusion === key),
    })),
    {
      key: "revoked",
      title: "撤销注册",
      counted: "终审之后被撤销注册的人数",
      ofCase: (row) => one(row.state === "revoked"),
    },
    marked("sticker", "旧版证书（注册贴）", "已终审、以粘贴注册贴体现结论的人数"),
    marked("annotation", "新版证书（标注）", "已终审、在注册页标注结论的人数"),
    marked("none", "不登记", "已终审、按方案结论不在证书上登记的人数"),
    stickers("received", "注册贴领取（枚）", "区县领取的注册贴枚数", (row) => row.received),
    stickers("used", "注册贴使用（枚）", "已粘贴在证书上的注册贴枚数", (row) => row.used),
    stickers("scrapped", "注册贴报废（枚）", "已报废的注册贴枚数，含从被撤销注册的证书上收回的", (row) => row.scrapped),
    stickers("returned", "注册贴退回（枚）", "退回市中心的注册贴枚数", (row) => row.returned),
    stickers("in-hand", "注册贴剩余（枚）", "区县在库的注册贴枚数", (row) => row.inHand),
  ];
}

/**
 * Why a person who must register has not applied: a draft, the school's reason, or no reason; undefined for everybody
 * else.
 */
export function notAppliedBecause(
  plan: Pick<Plan, "reasons">,
  row: Pick<RosterRow, "standing" | "reason" | "application">,
): string | undefined {
  if (!isDue(row.standing) || row.application === "submitted") return undefined;
  if (row.application === "draft") return "unsubmitted";
  const given = row.reason ?? row.standing;
  return reasonsNotToApply(plan).some(({ code }) => code === given) ? `reason.${given}` : "unexplained";
}

/** All reasons for not applying: names of figures and of the sheet's rows. */
export function listBecause(plan: Pick<Plan, "reasons">): { because: string; title: string; counted: string }[] {
  const given = reasonsNotToApply(plan).map(({ code, text }) => ({
    because: `reason.${code}`,
    title: text,
    counted: `名册上应注册、未申请、原因登记为“${text}”的人数`,
  }));
  return [
    { because: "unsubmitted", title: "未提交", counted: "名册上应注册、开始填报而从未提交的人数" },
    ...given,
    { because: "unexplained", title: "未说明原因", counted: "名册上应注册、未申请且学校没有登记原因的人数" },
  ];
}

function notAppliedFigures(plan: Pick<Plan, "reasons">): FigureDefinition[] {
  return listBecause(plan).map(({ because, title, counted }) => ({
    key: `not-applied.${because}`,
    title: `未申请·${title}`,
    counted,
    ofRoster: (row: RosterRow) => one(notAppliedBecause(plan, row) === because),
  }));
}

/** The plan's reasons that a school can give for a person who does not apply. */
export function reasonsNotToApply(plan: Pick<Plan, "reasons">): Plan["reasons"] {
  return plan.reasons.filter(({ use }) => use.includes("not-applied"));
}

function ended(state: "lapsed" | "withdrawn" | "refused", title: string, counted: string): FigureDefinition {
  return { key: state, title, counted, ofCase: (row) => one(row.everSubmitted && row.state === state) };
}

function marked(kind: "sticker" | "annotation" | "none", title: string, counted: string): FigureDefinition {
  return { key: `mark.${kind}`, title, counted, ofCase: (row) => one(isConcluded(row.state) && row.markWith === kind) };
}

function stickers(
  key: string,
  title: string,
  counted: string,
  ofStickers: (row: StickerRow) => number,
): FigureDefinition {
  return { key: `stickers.${key}`, title, counted, ofStickers };
}

function isConcluded(state: State): boolean {
  return isAmong(state, concludedStates);
}

function isClosed(state: State): boolean {
  return isAmong(state, closed);
}

function one(counts: boolean): number {
  return counts ? 1 : 0;
}
