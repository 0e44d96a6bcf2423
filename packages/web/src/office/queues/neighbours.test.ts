import { afterEach, expect, test, vi } from "vitest";
import { forbidStorage, stubStorage } from "../../ui/testing.ts";
import { neighboursOf, rememberRows } from "./neighbours.ts";

afterEach(() => {
  rememberRows([]);
  vi.unstubAllGlobals();
});

const alone = { previous: undefined, next: undefined, place: "" };

test.each([
  ["the tab keeps the rows", stubStorage],
  ["the browser forbids storage", forbidStorage],
])("a case has the rows before and after it of the list last shown, where %s", (_where, stub) => {
  stub();
  expect(neighboursOf("a")).toEqual(alone);
  rememberRows(["a", "b", "c"]);
  expect(neighboursOf("a")).toEqual({ previous: undefined, next: "b", place: "本页第1件，共3件" });
  expect(neighboursOf("b")).toEqual({ previous: "a", next: "c", place: "本页第2件，共3件" });
  expect(neighboursOf("c")).toEqual({ previous: "b", next: undefined, place: "本页第3件，共3件" });
  expect(neighboursOf("d")).toEqual(alone);
});

test("rows of another shape are none", () => {
  const { tab } = stubStorage();
  for (const text of ["[1,", '{"a":1}', "[1]"]) {
    tab.setItem("shice-queue", text);
    expect(neighboursOf("1"), text).toEqual(alone);
  }
});
