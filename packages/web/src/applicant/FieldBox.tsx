import { formValueText, optionsOf } from "@shice/contract/form-text.zh.ts";
import type { FormField } from "@shice/rules/form/form.ts";
import { stepOf } from "@shice/rules/form/steps.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { hourUnits, readTypedNumber } from "@shice/rules/form/typed-number.ts";
import { type ReactNode, useEffect, useState } from "react";
import { shapeOf } from "../ui/field-schema.ts";
import { Entry, type Wiring } from "../ui/plain/Entry.tsx";
import { Assessments } from "./Assessments.tsx";
import { DayEntry } from "./DayEntry.tsx";
import { isHalfTyped } from "./entries.ts";
import { useFilling } from "./filling.ts";
import { fieldHints, optionalFields } from "./hints.zh.ts";
import { Interruption } from "./Interruption.tsx";
import { isInTheWay } from "./progress.ts";
import { SchoolChoice } from "./SchoolChoice.tsx";

/**
 * One field of the form: its label, what helps, its control, what is wrong and what is worth knowing, what the roster or
 * the last registration says otherwise. What is missing is told once the step was left; the rest as it is typed.
 */
export function FieldBox({ field, hint = fieldHints[field] }: { field: FormField; hint?: ReactNode }) {
  const { draft, closed, seen, askedFor } = useFilling();
  const [focused, setFocused] = useState(false);
  const [oddity, setOddity] = useState<string>();
  const told = draft.findings.filter((finding) => finding.field === field);
  const wasSeen = seen.has(stepOf(field) ?? 0);
  const errors = told
    .filter((finding) => isInTheWay(finding, draft.values))
    .filter(() => !(focused && isHalfTyped(draft.held[field])))
    .filter(({ code }) => wasSeen || (code !== "form.missing" && !(focused && code === "form.malformed")))
    .map(({ sentence }) => sentence);
  const remarks = told.filter((finding) => !isInTheWay(finding, draft.values));
  // What is typed and cannot be kept says so itself: it is not missing.
  const wrong = oddity === undefined ? errors : [oddity];
  const asked = askedFor(`field:${field}`);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches where the focus is.
    <div onFocus={() => setFocused(true)} onBlur={() => setFocused(false)} className={isWide(field) ? "wide" : ""}>
      <Entry
        id={`field-${field}`}
        label={
          <>
            {fieldTitles[field]}
            {optionalFields.has(field) && <span className="soft">（没有的不填）</span>}
          </>
        }
        {...(hint === undefined && asked === undefined
          ? {}
          : {
              hint: (
                <>
                  {asked !== undefined && <strong className="asked">学校要求修改：{asked}</strong>}
                  {hint}
                </>
              ),
            })}
        {...(wrong.length === 0 ? {} : { error: wrong.map((sentence) => <div key={sentence}>{sentence}</div>) })}
        {...(remarks.length === 0
          ? {}
          : { remark: remarks.map(({ sentence }) => <div key={sentence}>{sentence}</div>) })}
      >
        {(wiring) => (
          <Control field={field} wiring={wiring} disabled={closed.has(field)} left={!focused} tellOddity={setOddity} />
        )}
      </Entry>
      <Known field={field} disabled={closed.has(field)} />
    </div>
  );
}

function isWide(field: FormField): boolean {
  return ["assessments", "interruption", "schoolId", "lendingSchoolId", "seconded", "certificateNumber"].includes(
    field,
  );
}

interface ControlSetting {
  field: FormField;
  wiring: Wiring;
  disabled: boolean;
  /** Whether the keyboard is elsewhere. */
  left: boolean;
  /** What is typed and is no value of the field. */
  tellOddity: (sentence: string | undefined) => void;
}

function Control({ field, wiring, disabled, left, tellOddity }: ControlSetting) {
  const { draft, own, side, about } = useFilling();
  const value: unknown = draft.values[field];
  const knownName = (of: FormField, id: unknown) =>
    own.form[of] !== id ? undefined : ((of === "schoolId" ? own.school : about.lendingSchool) ?? undefined);
  const set = (entered: unknown, typed: unknown = entered) => draft.set(field, entered, typed);
  const hold = (typed: unknown, sentence: string) => draft.hold(field, typed, sentence);
  const held: unknown = draft.held[field]?.typed;
  const text = typeof value === "string" ? value : "";
  switch (field) {
    case "assessments":
      return (
        <Assessments
          value={draft.values.assessments ?? []}
          held={held}
          disabled={disabled}
          set={set}
          hold={hold}
          wiring={wiring}
          left={left}
          tellOddity={tellOddity}
        />
      );
    case "interruption":
      return (
        <Interruption
          value={draft.values.interruption}
          held={held}
          disabled={disabled}
          set={set}
          hold={hold}
          wiring={wiring}
          left={left}
          tellOddity={tellOddity}
        />
      );
    case "schoolId":
    case "lendingSchoolId":
      if (field === "schoolId" && side.schools !== undefined) {
        return <OwnSchools wiring={wiring} schools={side.schools} value={text} set={set} />;
      }
      return (
        <SchoolChoice wiring={wiring} value={text} disabled={disabled} set={set} knownName={knownName(field, value)} />
      );
    default:
      break;
  }
  const shape = shapeOf(field);
  const options =
    shape.kind === "boolean"
      ? [
          { value: "true", label: "是" },
          { value: "false", label: "否" },
        ]
      : optionsOf(field);
  if (options !== undefined) {
    const current = value === undefined ? "" : String(value);
    const choose = (entered: string) =>
      set(entered === "" ? undefined : shape.kind === "boolean" ? entered === "true" : entered);
    return options.length <= 4 ? (
      <Radios field={field} wiring={wiring} options={options} value={current} disabled={disabled} choose={choose} />
    ) : (
      <select
        {...wiring}
        name={field}
        value={current}
        disabled={disabled}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">请选择</option>
        {options.map(({ value: code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  if (shape.kind === "number") {
    return <NumberEntry field={field} wiring={wiring} disabled={disabled} tellOddity={tellOddity} />;
  }
  if (shape.kind === "day") {
    return (
      <DayEntry
        title={fieldTitles[field]}
        wiring={wiring}
        value={text}
        held={held}
        disabled={disabled}
        set={set}
        hold={hold}
        left={left}
        tellOddity={tellOddity}
      />
    );
  }
  return (
    <input
      {...wiring}
      name={field}
      type={field === "email" ? "email" : field === "mobile" ? "tel" : "text"}
      // Twice: characters beyond the basic plane count double here, and once by our rules.
      maxLength={shape.longest * 2}
      autoComplete="off"
      value={typeof held === "string" ? held : text}
      disabled={disabled}
      onChange={({ target }) => set(target.value === "" ? undefined : target.value)}
    />
  );
}

/** The clerk fills in for teachers of these schools alone. */
function OwnSchools({
  wiring,
  schools,
  value,
  set,
}: {
  wiring: Wiring;
  schools: readonly { id: string; name: string }[];
  value: string;
  set: (school: string | undefined) => void;
}) {
  return (
    <select {...wiring} value={value} onChange={({ target }) => set(target.value === "" ? undefined : target.value)}>
      <option value="">请选择</option>
      {schools.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Radios({
  field,
  wiring: { id, ...wiring },
  options,
  value,
  disabled,
  choose,
}: {
  field: FormField;
  wiring: Wiring;
  options: readonly { value: string; label: string }[];
  value: string;
  disabled: boolean;
  choose: (entered: string) => void;
}) {
  return (
    <div role="radiogroup" aria-label={fieldTitles[field]} {...wiring} className="choices flat">
      {options.map(({ value: code, label }, at) => (
        <label key={code} className="choice">
          <input
            {...(at === 0 ? { id } : {})}
            type="radio"
            name={field}
            value={code}
            checked={value === code}
            disabled={disabled}
            onChange={() => choose(code)}
          />
          {label}
        </label>
      ))}
    </div>
  );
}

const oddNumber = "请填写数字，如 380。";

/** A number is kept as it is typed, until it is one. */
function NumberEntry({ field, wiring, disabled, tellOddity }: Omit<ControlSetting, "left">) {
  const { draft } = useFilling();
  const value: unknown = draft.values[field];
  const held: unknown = draft.held[field]?.typed;
  const [typed, setTyped] = useState<string>();
  const current = typeof held === "string" ? held : typed;
  // A number that came from elsewhere, the roster or another window, takes the place of what was typed.
  const isCurrent = current !== undefined && (typeof held === "string" || numberOf(current) === value);
  const shown = isCurrent ? current : value === undefined ? "" : String(value);
  const odd = shown.trim() !== "" && numberOf(shown) === undefined;
  useEffect(() => tellOddity(odd ? oddNumber : undefined), [odd, tellOddity]);
  return (
    <input
      {...wiring}
      name={field}
      inputMode="decimal"
      autoComplete="off"
      maxLength={20}
      value={shown}
      disabled={disabled}
      onChange={({ target }) => {
        const text = target.value;
        setTyped(text);
        const number = numberOf(text);
        if (number === undefined && text.trim() !== "") draft.hold(field, text, oddNumber);
        else draft.set(field, number);
      }}
    />
  );
}

function numberOf(text: string): number | undefined {
  return readTypedNumber(text, hourUnits);
}

const sourceTexts = { roster: "学校名册", "last-registration": "上次注册" } as const;

/** What the roster or the last registration says otherwise, with the way to take it over. */
function Known({ field, disabled }: { field: FormField; disabled: boolean }) {
  const { draft, about } = useFilling();
  const value: unknown = draft.values[field];
  const others = about.known.filter(
    (known) => known.field === field && JSON.stringify(known.value) !== JSON.stringify(value) && field !== "schoolId",
  );
  return others.map((known) => (
    <p key={known.source} className="entry-known">
      {sourceTexts[known.source]}中为“{formValueText(field, known.value)}”。
      {!disabled && (
        <button type="button" className="link-button" onClick={() => draft.set(field, known.value)}>
          改用这一项
        </button>
      )}
    </p>
  ));
}
