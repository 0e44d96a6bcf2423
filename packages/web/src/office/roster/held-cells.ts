import { z } from "zod";
import { readValue, removeText, writeText } from "../../ui/browser-storage.ts";
import type { HeldCell } from "./assessment-grid.ts";

const HeldCells = z.array(z.object({ entry: z.string(), field: z.string(), typed: z.string() }));
const keyOf = (place: string) => `shice-grid-${place}`;

/** Cells of the grid that could not be saved, as this browser kept them; `place`: campaign and school. */
export function readHeldCells(place: string): HeldCell[] {
  return readValue("browser", keyOf(place), HeldCells) ?? [];
}

export function writeHeldCells(place: string, cells: readonly HeldCell[]): void {
  if (cells.length === 0) removeText("browser", keyOf(place));
  else writeText("browser", keyOf(place), JSON.stringify(cells));
}
