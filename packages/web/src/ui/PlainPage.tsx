import type { ReactNode } from "react";
import { PlainFrame } from "./PlainFrame.tsx";

/** A page outside the office with one thing to do. */
export function PlainPage({ title, children, wide = false }: { title: string; children: ReactNode; wide?: boolean }) {
  return (
    <PlainFrame narrow={!wide}>
      <h1>{title}</h1>
      <div className="panel">{children}</div>
    </PlainFrame>
  );
}
