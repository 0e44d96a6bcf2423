import { interruptionOptions } from "@shice/contract/form-text.zh.ts";
import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { readTypedNumber, semesterUnits } from "@shice/rules/form/typed-number.ts";
import { useEffect, useState } from "react";
import { z } from "zod";
import type { Wiring } from "../ui/plain/Entry.tsx";

type Value = NonNullable<ApplicationDraft["interruption"]>;
const Typed = z.object({ semesters: z.string(), reason: z.string() });
type Typed = z.infer<typeof Typed>;
const halfText = "请把中止教学的学期数（如 1、0.5）和原因都填上；没有中止的，都不要填。";

function typedOf(value: Value | undefined): Typed {
  return { semesters: value === undefined ? "" : String(value.semesters), reason: value?.reason ?? "" };
}

function wholeOf({ semesters, reason }: Typed): Value | undefined {
  const count = readTypedNumber(semesters, semesterUnits);
  if (count === undefined || count >= 100 || (count * 2) % 1 !== 0) return undefined;
  return ApplicationDraft.shape.interruption.safeParse({ semesters: count, reason }).data;
}

/** For how many semesters no teaching was done, and why; kept once both are stated. */
export function Interruption({
  value,
  held,
  disabled,
  set,
  hold,
  wiring,
  left,
  tellOddity,
}: {
  value: Value | undefined;
  /** What was typed before and is not whole yet. */
  held: unknown;
  disabled: boolean;
  set: (value: Value | undefined) => void;
  hold: (typed: Typed, sentence: string) => void;
  wiring: Wiring;
  left: boolean;
  tellOddity: (sentence: string | undefined) => void;
}) {
  const [typed, setTyped] = useState<Typed>(() => typedOf(value));
  const whole = wholeOf(typed);
  const same = whole?.semesters === value?.semesters && whole?.reason === value?.reason;
  // What came from another window takes the place of what was typed.
  const before = Typed.safeParse(held);
  const { semesters, reason } = before.success ? before.data : same ? typed : typedOf(value);
  const half = left && wholeOf({ semesters, reason }) === undefined && (semesters.trim() !== "" || reason !== "");
  useEffect(() => tellOddity(half ? halfText : undefined), [half, tellOddity]);
  function change(part: Partial<Typed>): void {
    const next = { semesters, reason, ...part };
    setTyped(next);
    const entered = wholeOf(next);
    if (entered === undefined && (next.semesters.trim() !== "" || next.reason !== "")) hold(next, halfText);
    else set(entered);
  }
  return (
    <fieldset className="plain-fieldset line" disabled={disabled} aria-describedby={wiring["aria-describedby"]}>
      <legend className="hidden">中止教学情况</legend>
      <input
        id={wiring.id}
        aria-label="中止教学的学期数"
        placeholder="学期数"
        inputMode="decimal"
        maxLength={8}
        value={semesters}
        onChange={({ target }) => change({ semesters: target.value })}
      />
      <select aria-label="中止教学的原因" value={reason} onChange={({ target }) => change({ reason: target.value })}>
        <option value="">请选择原因</option>
        {interruptionOptions.map(({ value: code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
