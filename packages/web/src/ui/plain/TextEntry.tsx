import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactNode } from "react";
import { Entry } from "./Entry.tsx";

/** One line of text in a form that is sent as a whole. */
export function TextEntry({
  name,
  label,
  hint,
  error,
  type = "text",
  longest,
  autoComplete = "off",
  inputMode,
  initial,
  onType,
}: {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  type?: HTMLInputTypeAttribute;
  longest: number;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: "numeric" | "tel" | "email";
  initial?: string | undefined;
  onType?: (text: string) => void;
}) {
  return (
    <Entry label={label} {...(hint === undefined ? {} : { hint })} {...(error === undefined ? {} : { error })}>
      {(wiring) => (
        <input
          {...wiring}
          name={name}
          type={type}
          maxLength={longest}
          autoComplete={autoComplete}
          defaultValue={initial}
          {...(inputMode === undefined ? {} : { inputMode })}
          {...(onType === undefined ? {} : { onChange: ({ target }) => onType(target.value) })}
        />
      )}
    </Entry>
  );
}
