import type { ReactNode } from "react";

/** Holds what may be wider than the screen: scrolled by itself, also by keyboard, and named for those who do not see it. */
export function WideRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1)
    <section className="wide-region" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
