import { type ReactNode, useId } from "react";

/**
 * The browser's own box: a folder has thirty of them, and each folder is drawn anew on whatever computer stands on a
 * school's table.
 */
export function Tick({
  checked,
  disabled = false,
  onChange,
  children,
}: {
  checked: boolean;
  /** Said by itself where a fieldset does not say it: what stands in its legend stays alive. */
  disabled?: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      {children}
    </label>
  );
}

/** One of a few, by the browser's own buttons. */
export function PickOne<Value extends string | boolean>({
  label,
  disabled,
  value,
  options,
  onChange,
}: {
  label: string;
  disabled: boolean;
  value: Value | undefined;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  // Of this folder alone: the next one lies in the same page.
  const name = useId();
  return (
    <fieldset aria-label={label} disabled={disabled} className="pick-one">
      {options.map((option) => (
        <label key={option.label} className="tick">
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
