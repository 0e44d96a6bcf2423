import { expect, test } from "vitest";
import { maskedNameOf } from "./mask.ts";

test.each([
  ["张小明", "张*明"],
  ["张明", "张*"],
  ["欧阳小明", "欧**明"],
  ["阿依古丽·买买提", "阿******提"],
  ["𠮷田明", "𠮷*明"],
  ["明", "*"],
])("N33: %s is published as %s", (name, masked) => {
  expect(maskedNameOf(name)).toBe(masked);
});
