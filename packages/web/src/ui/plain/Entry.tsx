import { type ReactNode, useId } from "react";

/** What an entry hands to its control, so that a screen reader tells the hint and the error with it. */
export interface Wiring {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** A label, a control, what helps to fill it in, and what is wrong with it, in this order on every page. */
export function Entry({
  id: given,
  label,
  hint,
  error,
  remark,
  children,
}: {
  id?: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** What is worth knowing and stops nobody. */
  remark?: ReactNode;
  children: (wiring: Wiring) => ReactNode;
}) {
  const made = useId();
  const id = given ?? made;
  const described = [
    hint === undefined ? "" : `${id}-hint`,
    error === undefined ? "" : `${id}-error`,
    remark === undefined ? "" : `${id}-remark`,
  ].filter((name) => name !== "");
  return (
    <div className={error === undefined ? "entry" : "entry wrong"}>
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <div id={`${id}-hint`} className="hint">
          {hint}
        </div>
      )}
      {children({
        id,
        ...(described.length === 0 ? {} : { "aria-describedby": described.join(" ") }),
        ...(error === undefined ? {} : { "aria-invalid": true }),
      })}
      {error !== undefined && (
        <div id={`${id}-error`} className="entry-error">
          {error}
        </div>
      )}
      {remark !== undefined && (
        <div id={`${id}-remark`} className="entry-remark">
          {remark}
        </div>
      )}
    </div>
  );
}
