import { useEffect, useRef, useState } from "react";
import type { Wiring } from "../ui/plain/Entry.tsx";
import { isEmptyDay, oddityOf, TypedDay, takeApart, typedDayOf } from "./day.ts";

const parts = [
  { part: "year", unit: "年", longest: 16 },
  { part: "month", unit: "月", longest: 3 },
  { part: "day", unit: "日", longest: 3 },
] as const;
const empty: TypedDay = { year: "", month: "", day: "" };

/**
 * A day in three entries, as forms on paper have it: no calendar in which decades must be leafed through, and the same
 * in every browser. A whole day written or pasted into the first entry is taken apart.
 */
export function DayEntry({
  title,
  wiring: { id, ...wiring },
  value,
  held,
  disabled,
  set,
  hold,
  left,
  tellOddity,
}: {
  title: string;
  wiring: Wiring;
  /** Year, month and day in digits; empty where there is none. */
  value: string;
  /** What was typed before and is no day yet, or none that can be saved. */
  held: unknown;
  disabled: boolean;
  set: (day: string | undefined, typed: TypedDay) => void;
  hold: (typed: TypedDay, sentence: string) => void;
  /** Whether the keyboard is elsewhere. */
  left: boolean;
  tellOddity: (sentence: string | undefined) => void;
}) {
  const day = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<TypedDay>(() => takeApart(value) ?? empty);
  // A day that came from elsewhere, the roster or another window, takes the place of what was typed.
  const half = TypedDay.safeParse(held);
  const shown = half.success ? half.data : value === (typedDayOf(typed) ?? "") ? typed : (takeApart(value) ?? empty);
  const oddity = oddityOf(shown, left);
  useEffect(() => tellOddity(oddity), [oddity, tellOddity]);

  function change(part: keyof TypedDay, text: string): void {
    const plain = text.normalize("NFKC");
    const whole = part === "year" ? takeApart(plain) : undefined;
    const next = whole ?? { ...shown, [part]: part === "year" ? plain.trim() : plain.replace(/[\s年月日号]/gu, "") };
    setTyped(next);
    // Whoever is still writing "2009-06-3" goes on where its last figure stands now.
    if (whole !== undefined) day.current?.focus();
    const entered = typedDayOf(next);
    if (entered === undefined && !isEmptyDay(next)) hold(next, oddityOf(next, true) ?? "请把年、月、日填完整。");
    else set(entered, next);
  }

  return (
    <fieldset className="day-parts" aria-describedby={wiring["aria-describedby"]}>
      <legend className="hidden">{title}</legend>
      {parts.map(({ part, unit, longest }) => (
        <span key={part}>
          <input
            {...wiring}
            {...(part === "year" ? { id } : part === "day" ? { ref: day } : {})}
            className={part}
            aria-label={`${title}，${unit}`}
            inputMode="numeric"
            autoComplete="off"
            maxLength={longest}
            value={shown[part]}
            disabled={disabled}
            onChange={({ target }) => change(part, target.value)}
          />
          {unit}
        </span>
      ))}
    </fieldset>
  );
}
