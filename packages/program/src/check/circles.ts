import type { Sources } from "./sources.ts";

/** Reports groups of files that import each other, imports of types included: one line for each group. */
export function findCircles(sources: Sources): string[] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();

  // Tarjan: a strongly connected group of two or more files is a circle.
  const visit = (path: string) => {
    const number = order.size;
    order.set(path, number);
    lowest.set(path, number);
    open.push(path);
    isOpen.add(path);
    for (const { target, kind } of sources.get(path)?.imports ?? []) {
      if (kind === "later" || target === path) continue;
      if (!order.has(target)) visit(target);
      if (isOpen.has(target)) lowest.set(path, Math.min(lowest.get(path) ?? 0, lowest.get(target) ?? 0));
    }
    if (lowest.get(path) !== number) return;
    const circle = open.splice(open.indexOf(path));
    for (const member of circle) isOpen.delete(member);
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const path of sources.keys()) if (!order.has(path)) visit(path);
  return circles.map((circle) => `${circle.join(" ↔ ")}: these import each other`).sort();
}
