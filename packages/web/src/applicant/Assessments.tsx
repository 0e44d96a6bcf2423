import { gradeOptions } from "@shice/contract/form-text.zh.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { useState } from "react";
import { Button } from "../ui/plain/Button.tsx";
import type { Wiring } from "../ui/plain/Entry.tsx";
import { useFilling } from "./own.ts";

type Row = NonNullable<ApplicationDraft["assessments"]>[number];
interface Typed {
  year: string;
  grade: string;
}

/** Grades of past years, a line each: last year's is what the notice asks for (Notice §三(二)5). */
export function Assessments({
  value,
  disabled,
  set,
  wiring,
}: {
  value: readonly Row[];
  disabled: boolean;
  set: (rows: Row[] | undefined) => void;
  wiring: Wiring;
}) {
  const { plan } = useFilling();
  const [rows, setRows] = useState<readonly Typed[]>(() =>
    value.length > 0
      ? value.map(({ year, grade }) => ({ year: String(year), grade: String(grade) }))
      : [{ year: String(plan.year - 1), grade: "" }],
  );
  function change(next: readonly Typed[]): void {
    setRows(next);
    const whole = next.flatMap(({ year, grade }) =>
      /^(19|20)\d\d$/.test(year) && grade !== "" ? [{ year: Number(year), grade } as Row] : [],
    );
    set(whole.length === 0 ? undefined : whole);
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
            maxLength={4}
            value={row.year}
            onChange={({ target }) => changeAt(at, { year: target.value })}
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
