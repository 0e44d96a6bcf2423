import { formValueText, optionsOf } from "@shice/contract/form-text.zh.ts";
import type { FormField } from "@shice/rules/form/form.ts";
import { stepOf } from "@shice/rules/form/steps.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { type ReactNode, useState } from "react";
import { shapeOf } from "../ui/field-schema.ts";
import { Entry, type Wiring } from "../ui/plain/Entry.tsx";
import { Assessments } from "./Assessments.tsx";
import { fieldHints, optionalFields } from "./hints.zh.ts";
import { Interruption } from "./Interruption.tsx";
import { useFilling } from "./own.ts";
import { SchoolChoice } from "./SchoolChoice.tsx";

/**
 * One field of the form: its label, what helps, its control, what is wrong and what is worth knowing, what the roster or
 * the last registration says otherwise. What is missing is told once the step was left; the rest as it is typed.
 */
export function FieldBox({ field, hint = fieldHints[field] }: { field: FormField; hint?: ReactNode }) {
  const { draft, closed, seen, askedFor } = useFilling();
  const [focused, setFocused] = useState(false);
  const told = draft.findings.filter((finding) => finding.field === field);
  const wasSeen = seen.has(stepOf(field) ?? 0);
  const errors = told.filter(
    ({ level, code }) =>
      level.startsWith("blocks") && (wasSeen || (code !== "form.missing" && !(focused && code === "form.malformed"))),
  );
  const remarks = told.filter(({ level }) => !level.startsWith("blocks"));
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
        {...(errors.length === 0 ? {} : { error: errors.map(({ sentence }) => <div key={sentence}>{sentence}</div>) })}
        {...(remarks.length === 0
          ? {}
          : { remark: remarks.map(({ sentence }) => <div key={sentence}>{sentence}</div>) })}
      >
        {(wiring) => <Control field={field} wiring={wiring} disabled={closed.has(field)} />}
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

function Control({ field, wiring, disabled }: { field: FormField; wiring: Wiring; disabled: boolean }) {
  const { draft, own, about } = useFilling();
  const value: unknown = Reflect.get(draft.values, field);
  const knownName = (of: FormField, id: unknown) =>
    own.form[of] !== id ? undefined : ((of === "schoolId" ? own.school : about.lendingSchool) ?? undefined);
  const set = (entered: unknown) => draft.set(field, entered);
  const text = typeof value === "string" ? value : "";
  switch (field) {
    case "assessments":
      return <Assessments value={draft.values.assessments ?? []} disabled={disabled} set={set} wiring={wiring} />;
    case "interruption":
      return <Interruption value={draft.values.interruption} disabled={disabled} set={set} wiring={wiring} />;
    case "schoolId":
    case "lendingSchoolId":
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
  if (shape.kind === "number") return <NumberEntry field={field} wiring={wiring} disabled={disabled} />;
  return (
    <input
      {...wiring}
      name={field}
      type={shape.kind === "day" ? "date" : field === "email" ? "email" : field === "mobile" ? "tel" : "text"}
      {...(shape.kind === "day" ? { min: "1930-01-01", max: "2100-12-31" } : { maxLength: shape.longest })}
      autoComplete="off"
      value={text}
      disabled={disabled}
      onChange={({ target }) => set(target.value === "" ? undefined : target.value)}
    />
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

/** A number is kept as it is typed, until it is one. */
function NumberEntry({ field, wiring, disabled }: { field: FormField; wiring: Wiring; disabled: boolean }) {
  const { draft } = useFilling();
  const value: unknown = Reflect.get(draft.values, field);
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (value === undefined ? "" : String(value));
  const odd = typed !== undefined && typed.trim() !== "" && numberOf(typed) === undefined;
  return (
    <>
      <input
        {...wiring}
        name={field}
        inputMode="decimal"
        autoComplete="off"
        maxLength={10}
        value={shown}
        disabled={disabled}
        onChange={({ target }) => {
          setTyped(target.value);
          draft.set(field, numberOf(target.value));
        }}
      />
      {odd && <div className="entry-error">请填写数字，如 380。</div>}
    </>
  );
}

function numberOf(text: string): number | undefined {
  const plain = text.normalize("NFKC").replace(/\s/g, "");
  return /^\d{1,5}(\.\d{1,2})?$/.test(plain) ? Number(plain) : undefined;
}

const sourceTexts = { roster: "学校名册", "last-registration": "上次注册" } as const;

/** What the roster or the last registration says otherwise, with the way to take it over. */
function Known({ field, disabled }: { field: FormField; disabled: boolean }) {
  const { draft, about } = useFilling();
  const value: unknown = Reflect.get(draft.values, field);
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
