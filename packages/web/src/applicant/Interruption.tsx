import { interruptionOptions } from "@shice/contract/form-text.zh.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { useState } from "react";
import type { Wiring } from "../ui/plain/Entry.tsx";

type Value = NonNullable<ApplicationDraft["interruption"]>;

/** For how many semesters no teaching was done, and why; kept once both are stated. */
export function Interruption({
  value,
  disabled,
  set,
  wiring,
}: {
  value: Value | undefined;
  disabled: boolean;
  set: (value: Value | undefined) => void;
  wiring: Wiring;
}) {
  const [semesters, setSemesters] = useState(value === undefined ? "" : String(value.semesters));
  const [reason, setReason] = useState<string>(value?.reason ?? "");
  function change(count: string, why: string): void {
    setSemesters(count);
    setReason(why);
    const whole = /^\d{1,2}(\.5)?$/.test(count) && why !== "";
    set(whole ? ({ semesters: Number(count), reason: why } as Value) : undefined);
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
        onChange={({ target }) => change(target.value, reason)}
      />
      <select aria-label="中止教学的原因" value={reason} onChange={({ target }) => change(semesters, target.value)}>
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
