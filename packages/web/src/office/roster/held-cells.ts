import { z } from "zod";
import type { HeldCell } from "./assessment-grid.ts";

const HeldCells = z.array(z.object({ entry: z.string(), field: z.string(), typed: z.string() }));
const keyOf = (place: string) => `shice-grid-${place}`;

/** Cells of the grid that could not be saved, as this browser kept them; `place`: campaign and school. */
export function readHeldCells(place: string): HeldCell[] {
  try {
    const parsed = HeldCells.safeParse(JSON.parse(localStorage.getItem(keyOf(place)) ?? "[]"));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

/** A browser that forbids or has run out of storage goes on without. */
export function writeHeldCells(place: string, cells: readonly HeldCell[]): void {
  try {
    if (cells.length === 0) localStorage.removeItem(keyOf(place));
    else localStorage.setItem(keyOf(place), JSON.stringify(cells));
  } catch {}
}
