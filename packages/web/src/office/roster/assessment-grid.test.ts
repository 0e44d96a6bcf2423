import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changesOf,
  filledDown,
  type GridRow,
  gradeOfKey,
  gridRowOf,
  heldCellsOf,
  heldCellsText,
  isSound,
  withCell,
  withHeldCells,
  withPasted,
  withSaved,
} from "./assessment-grid.ts";

const choices = [
  { code: "excellent", name: "优秀" },
  { code: "competent", name: "合格" },
  { code: "failed", name: "不合格" },
];
const fields = ["2015", "2016", "hours"];
const rowsOf = (count: number): GridRow[] =>
  Array.from({ length: count }, (_, at) =>
    gridRowOf({ entry: `e${at}`, name: `教师${at}`, idNumberMasked: "", schoolName: "", grades: {}, hours: null }),
  );

test("a block from a spreadsheet lies over the grid from the cell on; strange words are told, what is beyond is counted", () => {
  const pasted = withPasted(
    rowsOf(2),
    fields,
    { row: 0, field: "2016" },
    "优 秀\t３６５学时\n良好\t72\n合格\t1\n",
    choices,
  );
  expect(pasted.rows.map(({ now }) => now)).toEqual([{ 2016: "excellent", hours: "365" }, { hours: "72" }]);
  expect(pasted.unknown).toEqual(["良好"]);
  expect(pasted.beyond).toBe(2);
  // An empty cell empties.
  const emptied = withPasted(pasted.rows, fields, { row: 0, field: "2016" }, "\t\n", choices);
  expect(emptied.rows[0]?.now).toEqual({});
});

test("digits stand for the grades in order, 0 for none; anything else is no grade", () => {
  expect(["1", "3", "4", "0", "Delete", "x"].map((key) => gradeOfKey(key, choices))).toEqual([
    "excellent",
    "failed",
    undefined,
    "",
    "",
    undefined,
  ]);
});

test("only what is empty is filled down", () => {
  const [first, second] = rowsOf(2);
  if (first === undefined || second === undefined) throw new Error("two rows");
  const rows = filledDown([withCell(first, "2016", "failed"), second], "2016", "competent");
  expect(rows.map(({ now }) => now["2016"])).toEqual(["failed", "competent"]);
});

test("unsound hours stay on the screen and are not sent", () => {
  expect(["", "0", "365", "365.5", "10000"].every((value) => isSound("hours", value))).toBe(true);
  expect(["x", "-1", "1.25", "10001", "1e3"].some((value) => isSound("hours", value))).toBe(false);
  const [row] = rowsOf(1);
  if (row === undefined) throw new Error("a row");
  const typed = withCell(withCell(row, "hours", "很多"), "2016", "competent");
  expect(changesOf([typed])).toEqual([{ entry: "e0", field: "2016", from: null, to: "competent" }]);
});

test("for any typing before, while and after saving: what is sent and taken leaves exactly the rest to be sent", () => {
  const edit = fc.tuple(fc.nat(2), fc.constantFrom("2015", "2016"), fc.constantFrom("", "excellent", "competent"));
  const apply = (rows: readonly GridRow[], edits: readonly (readonly [number, string, string])[]) =>
    edits.reduce<GridRow[]>(
      (now, [at, field, value]) => now.map((row, place) => (place === at ? withCell(row, field, value) : row)),
      [...rows],
    );
  fc.assert(
    fc.property(fc.array(edit), fc.array(edit), (before, meanwhile) => {
      const typed = apply(rowsOf(3), before);
      const sent = changesOf(typed);
      const later = withSaved(apply(typed, meanwhile), sent);
      // What the server then holds is what was typed when it was sent; what is still to be sent leads to the screen.
      expect(later.map(({ saved }) => saved)).toEqual(typed.map(({ now }) => now));
      expect(withSaved(later, changesOf(later)).map(({ saved }) => saved)).toEqual(later.map(({ now }) => now));
    }),
  );
});

test("hours with their unit are the number; hours that are none keep the server's value and stay as typed", () => {
  const [row] = rowsOf(1).map((each) => ({ ...each, saved: { hours: "300" }, now: { hours: "300" } }));
  if (row === undefined) throw new Error("one row was made");
  for (const typed of ["380学时", "３８０", " 380 ", "380\t课时"]) {
    expect(changesOf([withCell(row, "hours", typed)])).toEqual([
      { entry: "e0", field: "hours", from: "300", to: "380" },
    ]);
  }
  const odd = [withCell(row, "hours", "很多")];
  expect(changesOf(odd)).toEqual([]);
  expect(heldCellsOf(odd)).toEqual([{ entry: "e0", field: "hours", typed: "很多" }]);
  expect(heldCellsText(odd, heldCellsOf(odd))).toContain("有1处学时不是数字，没有保存（教师0）");
  // The page opened anew: the server's row, with what this browser kept.
  expect(withHeldCells([row], heldCellsOf(odd))).toEqual(odd);
  expect(changesOf([withCell(row, "hours", "  ")])).toEqual([{ entry: "e0", field: "hours", from: "300", to: null }]);
});
