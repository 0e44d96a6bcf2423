import { gradeOptions } from "@shice/contract/form-text.zh.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { useEffect, useState } from "react";
import { z } from "zod";
import { Button } from "../ui/plain/Button.tsx";
import type { Wiring } from "../ui/plain/Entry.tsx";
import { useFilling } from "./filling.ts";

type Row = NonNullable<ApplicationDraft["assessments"]>[number];
const Typed = z.object({ year: z.string(), grade: z.string() });
type Typed = z.infer<typeof Typed>;

function typedOf(value: readonly Row[], planYear: number): readonly Typed[] {
  if (value.length === 0) return [{ year: String(planYear - 1), grade: "" }];
  return value.map(({ year, grade }) => ({ year: String(year), grade: String(grade) }));
}

function isYear(text: string): boolean {
  return /^(19|20)\d\d$/.test(text);
}

function wholeOf(typed: readonly Typed[]): Row[] {
  return typed.flatMap(({ year, grade }) => (isYear(year) && grade !== "" ? [{ year: Number(year), grade }] : []));
}

/** What is missing in the first line that is not whole; the line that stands there from the beginning may wait. */
function halfTextOf(rows: readonly Typed[]): string | undefined {
  const half = rows.findIndex((row) => wholeOf([row]).length === 0);
  const untouched = rows.length === 1 && rows[0]?.grade === "" && isYear(rows[0].year);
  return half < 0 || untouched ? undefined : `第${half + 1}行：请填写4位数的年度并选择等次；多余的行请删除。`;
}

/** Grades of past years, a line each: last year's is what the notice asks for (Notice §三(二)5). */
export function Assessments({
  value,
  held,
  disabled,
  set,
  hold,
  wiring,
  left,
  tellOddity,
}: {
  value: readonly Row[];
  /** Lines that were typed before and are not all whole yet, or cannot be saved. */
  held: unknown;
  disabled: boolean;
  set: (rows: Row[] | undefined, typed: readonly Typed[]) => void;
  hold: (typed: readonly Typed[], sentence: string) => void;
  wiring: Wiring;
  left: boolean;
  tellOddity: (sentence: string | undefined) => void;
}) {
  const { plan } = useFilling();
  const [typed, setTyped] = useState<readonly Typed[]>(() => typedOf(value, plan.year));
  // What came from elsewhere, the roster or another window, takes the place of what was typed.
  const before = z.array(Typed).safeParse(held);
  const rows = before.success
    ? before.data
    : JSON.stringify(wholeOf(typed)) === JSON.stringify(value.map(({ year, grade }) => ({ year, grade })))
      ? typed
      : typedOf(value, plan.year);
  // A line that looks filled in and is not would be left out without a word. The first, made by us, may wait.
  const halfText = halfTextOf(rows);
  const oddity = left ? halfText : undefined;
  useEffect(() => tellOddity(oddity), [oddity, tellOddity]);
  function change(next: readonly Typed[]): void {
    setTyped(next);
    const half = halfTextOf(next);
    const whole = wholeOf(next);
    if (half !== undefined) hold(next, half);
    else set(whole.length === 0 ? undefined : whole, next);
  }
  const changeAt = (at: number, part: Partial<Typed>) =>
    change(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const earliest = Math.min(plan.year, ...rows.map(({ year }) => Number(year) || plan.year));
  return (
    <fieldset className="plain-fieldset lines" disabled={disabled} aria-describedby={wiring["aria-describedby"]}>
      <legend className="hidden">年度考核</legend>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their place alone.
        <div key={at} className="line">
          <input
            {...(at === 0 ? { id: wiring.id } : {})}
            aria-label={`第${at + 1}行的年度`}
            inputMode="numeric"
            maxLength={5}
            value={row.year}
            onChange={({ target }) => changeAt(at, { year: target.value.normalize("NFKC").replace(/[\s年]/gu, "") })}
          />
          <select
            aria-label={`${row.year}年的等次`}
            value={row.grade}
            onChange={({ target }) => changeAt(at, { grade: target.value })}
          >
            <option value="">请选择等次</option>
            {gradeOptions.map(({ value: code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </select>
          <Button onClick={() => change(rows.filter((_, index) => index !== at))} aria-label={`删除${row.year}年`}>
            删除
          </Button>
        </div>
      ))}
      <Button onClick={() => change([...rows, { year: String(earliest - 1), grade: "" }])}>增加一个年度</Button>
    </fieldset>
  );
}
