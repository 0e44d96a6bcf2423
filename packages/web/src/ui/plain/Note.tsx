import type { ReactNode } from "react";

/** Something worth knowing, by its weight: told, good, to be heeded, or wrong. */
export function Note({
  kind = "info",
  title,
  role,
  action,
  children,
}: {
  kind?: "info" | "good" | "heed" | "bad";
  title: ReactNode;
  role?: "alert" | "status";
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={`note ${kind}`} {...(role === undefined ? {} : { role })}>
      <div className="note-words">
        <div className="note-title">{title}</div>
        {children}
      </div>
      {action !== undefined && <div className="note-action">{action}</div>}
    </div>
  );
}
