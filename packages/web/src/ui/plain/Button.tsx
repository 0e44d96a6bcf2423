import type { ReactNode } from "react";

/** A button; busy while what it did is under way. Only the step that leads on is `primary`. */
export function Button({
  kind = "plain",
  busy = false,
  disabled = false,
  type = "button",
  onClick,
  children,
  ...rest
}: {
  kind?: "primary" | "plain" | "grave";
  busy?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
  onClick?: () => void;
  children: ReactNode;
  "aria-label"?: string;
  "aria-expanded"?: boolean;
}) {
  return (
    <button
      {...rest}
      type={type}
      className={`button ${kind}`}
      disabled={disabled || busy}
      aria-busy={busy}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
