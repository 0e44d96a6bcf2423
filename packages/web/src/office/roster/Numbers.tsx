import type { client } from "../../ui/client.ts";
import type { RosterSearch } from "./search.ts";

type Counts = Awaited<ReturnType<typeof client.roster.countRoster>>;

const numbers: readonly {
  title: string;
  of: "due" | "applied" | "confirmed" | "notApplied" | "unseen";
  shows: RosterSearch;
  heed?: boolean;
}[] = [
  { title: "应注册", of: "due", shows: { due: "yes" } },
  { title: "已申请", of: "applied", shows: { due: "yes", applied: "yes" } },
  { title: "已确认", of: "confirmed", shows: { due: "yes", confirmed: "yes" } },
  { title: "未申请", of: "notApplied", shows: { due: "yes", applied: "no" }, heed: true },
  { title: "还没有看过", of: "unseen", shows: { seen: "no" }, heed: true },
];
const shown: readonly (keyof RosterSearch)[] = ["due", "applied", "confirmed", "seen"];

/** Five numbers, each of which shows the people behind it; pressed again, everybody. */
export function Numbers({
  counts,
  search,
  onShow,
}: {
  counts: Counts;
  search: RosterSearch;
  onShow: (search: RosterSearch) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend
    <div className="numbers" role="group" aria-label="按人数筛选">
      {numbers.map(({ title, of, shows, heed }) => {
        const pressed = shown.every((key) => search[key] === shows[key]);
        const number = counts[of];
        return (
          <button
            key={title}
            type="button"
            aria-pressed={pressed}
            className={heed === true && number > 0 ? "heed" : undefined}
            onClick={() => onShow(pressed ? {} : shows)}
          >
            <span>{title}</span>
            <strong>{number}</strong>
          </button>
        );
      })}
    </div>
  );
}
