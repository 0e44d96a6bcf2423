import { interruptionOptions } from "@shice/contract/form-text.zh.ts";
import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { useEffect, useState } from "react";
import type { Wiring } from "../ui/plain/Entry.tsx";

type Value = NonNullable<ApplicationDraft["interruption"]>;
interface Typed {
  semesters: string;
  reason: string;
}

function typedOf(value: Value | undefined): Typed {
  return { semesters: value === undefined ? "" : String(value.semesters), reason: value?.reason ?? "" };
}

function wholeOf({ semesters, reason }: Typed): Value | undefined {
  const count = semesters.normalize("NFKC").trim();
  if (!/^\d{1,2}(\.5)?$/.test(count)) return undefined;
  return ApplicationDraft.shape.interruption.safeParse({ semesters: Number(count), reason }).data;
}

/** For how many semesters no teaching was done, and why; kept once both are stated. */
export function Interruption({
  value,
  disabled,
  set,
  wiring,
  left,
  tellOddity,
}: {
  value: Value | undefined;
  disabled: boolean;
  set: (value: Value | undefined) => void;
  wiring: Wiring;
  left: boolean;
  tellOddity: (sentence: string | undefined) => void;
}) {
  const [typed, setTyped] = useState<Typed>(() => typedOf(value));
  const whole = wholeOf(typed);
  const same = whole?.semesters === value?.semesters && whole?.reason === value?.reason;
  // What came from another window takes the place of what was typed.
  const { semesters, reason } = same ? typed : typedOf(value);
  const half = left && whole === undefined && (semesters.trim() !== "" || reason !== "");
  useEffect(
    () => tellOddity(half ? "请把中止教学的学期数（如 1、0.5）和原因都填上；没有中止的，都不要填。" : undefined),
    [half, tellOddity],
  );
  function change(part: Partial<Typed>): void {
    const next = { semesters, reason, ...part };
    setTyped(next);
    set(wholeOf(next));
  }
  return (
    <fieldset className="plain-fieldset line" disabled={disabled} aria-describedby={wiring["aria-describedby"]}>
      <legend className="hidden">中止教学情况</legend>
      <input
        id={wiring.id}
        aria-label="中止教学的学期数"
        placeholder="学期数"
        inputMode="decimal"
        maxLength={4}
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
