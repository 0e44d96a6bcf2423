/** How things stand at a school: cases by state, the roster against them. */
export interface SchoolFigures {
  /** Cases by state. */
  counts: Readonly<Record<string, number>>;
  /** Teachers who should register, and of them those who have not applied. */
  due: number;
  notApplied: number;
  /** Names that nobody of the school has looked at: on the roster, and among those who would lapse. */
  unseenNames: number;
  unseenLapsing: number;
  /** Teachers whose certificates or files are being put right, people outside the roster, batches behind their day. */
  parked: number;
  offRoster: number;
  overdueBatches: number;
  /** Confirmed teachers who ask to withdraw. */
  withdrawalsAsked: number;
}

/** Something to be done today: how many, what of, and where it is done. */
export interface SchoolTask {
  key: string;
  number: number;
  tells: string;
  /** The words on the button. */
  act: string;
  page:
    | { to: "desk" | "roster/lapsing" | "roster/parked" | "roster/off" | "roster/batches" }
    | { to: "queue"; queue: string }
    | { to: "roster"; search: { due?: "yes"; applied?: "no"; seen?: "no" } };
}

/**
 * What a school has to do today, the most pressing first: what the district waits for, what lies on the table, what
 * can go, and whom to remind (Notice §三(一), §三(二)). Nothing that is done with is named.
 */
export function schoolTasksOf(figures: SchoolFigures): SchoolTask[] {
  const { counts, notApplied, unseenNames, unseenLapsing, parked, offRoster, overdueBatches, withdrawalsAsked } =
    figures;
  const of = (state: string) => counts[state] ?? 0;
  const queue = (name: string) => ({ to: "queue" as const, queue: name });
  const tasks: SchoolTask[] = [
    {
      key: "sent-back",
      number: of("sent-back"),
      act: "去补正",
      page: queue("sent-back"),
      tells: "份申请被区县退回，须补正后再次报送",
    },
    {
      key: "to-confirm",
      number: of("submitted"),
      act: "开始核验",
      page: { to: "desk" },
      tells: "名教师已提交，等待现场确认",
    },
    {
      key: "to-hand-over",
      number: of("confirmed"),
      act: "去报送",
      page: queue("to-hand-over"),
      tells: "份申请已确认，还没有报送区县",
    },
    {
      key: "withdrawal-asked",
      number: withdrawalsAsked,
      act: "去答复",
      page: queue("withdrawal-asked"),
      tells: "名教师请求撤回已确认的申请，等待学校答复",
    },
    {
      key: "not-applied",
      number: notApplied,
      act: "查看、提醒",
      page: { to: "roster", search: { due: "yes", applied: "no" } },
      tells: "名应注册教师还没有申请",
    },
    {
      key: "overdue",
      number: overdueBatches,
      act: "查看",
      page: { to: "roster/batches" },
      tells: "个分批已过计划日期，还有人没有办完",
    },
    {
      key: "draft",
      number: of("draft"),
      act: "查看、提醒",
      page: queue("draft"),
      tells: "名教师正在填报，还没有提交",
    },
    {
      key: "returned",
      number: of("returned"),
      act: "查看",
      page: queue("returned"),
      tells: "名教师还没有改好退回的申请",
    },
    {
      key: "unseen-lapsing",
      number: unseenLapsing,
      act: "逐人核对",
      page: { to: "roster/lapsing" },
      tells: "名将视为自动放弃的教师，学校还没有看过",
    },
    {
      key: "unseen",
      number: unseenNames,
      act: "逐人核对",
      page: { to: "roster", search: { seen: "no" } },
      tells: "名名册上的教师，学校还没有看过",
    },
    {
      key: "off-roster",
      number: offRoster,
      act: "列入名册",
      page: { to: "roster/off" },
      tells: "名教师在本校申请，但不在名册中",
    },
    {
      key: "parked",
      number: parked,
      act: "查看",
      page: { to: "roster/parked" },
      tells: "名教师的证书、档案正在更正",
    },
  ];
  return tasks.filter(({ number }) => number > 0);
}

/** Whose application would lapse if the confirmation ended now (Notice §三(二): 视为自动放弃). */
export function wouldLapseOf({ counts }: SchoolFigures): {
  draft: number;
  submitted: number;
  returned: number;
  all: number;
} {
  const [draft, submitted, returned] = [counts["draft"] ?? 0, counts["submitted"] ?? 0, counts["returned"] ?? 0];
  return { draft, submitted, returned, all: draft + submitted + returned };
}

/** How many must be confirmed on each open day that is left, so that all of them are; undefined when no day is left. */
export function paceOf(figures: SchoolFigures, daysLeft: number): number | undefined {
  return daysLeft === 0 ? undefined : Math.ceil((wouldLapseOf(figures).all + figures.notApplied) / daysLeft);
}

/** The bar of the page: how far all who should register have come, each step holding the ones after it. */
export function progressOf({ counts, due, notApplied }: SchoolFigures) {
  const before = ["draft", "submitted", "returned", "withdrawn", "lapsed", "refused"];
  const sum = (states: readonly string[]) => states.reduce((total, state) => total + (counts[state] ?? 0), 0);
  const confirmedOn = sum(Object.keys(counts).filter((state) => !before.includes(state)));
  return [
    { key: "due", title: "应注册", number: due },
    { key: "applied", title: "已申请", number: due - notApplied },
    { key: "confirmed", title: "已确认", number: confirmedOn },
    { key: "handed-over", title: "已报送", number: confirmedOn - (counts["confirmed"] ?? 0) },
  ];
}
