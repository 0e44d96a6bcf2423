import { expect, test } from "vitest";
import { mustReturnRow } from "./must-return-row.ts";

test("the first row is returned; without one the error names the statement and what went wrong", () => {
  expect(mustReturnRow([{ id: "a" }, { id: "b" }], "manifest insert")).toEqual({ id: "a" });
  expect(() => mustReturnRow([], "manifest insert")).toThrow(new Error("manifest insert returned no row"));
});
