import { expect, test } from "vitest";
import { isSameFilter } from "./same-filter.ts";
import { filterOf, QueueSearch } from "./search.ts";

test("an address that says what no list can be filtered by opens the list without that part", () => {
  const asked = { queue: "to-confirm", kind: "junior", registrationKind: "first", flagged: "yes", received: "no" };
  expect(QueueSearch.parse(asked)).toEqual(asked);
  const { kind, registrationKind, flagged, received, queue, search } = QueueSearch.parse({
    ...asked,
    kind: "dentist",
    registrationKind: "second",
    flagged: "perhaps",
    received: 1,
    search: "长".repeat(61),
  });
  expect([kind, registrationKind, flagged, received, search]).toEqual(Array(5).fill(undefined));
  expect(queue).toBe("to-confirm");
  expect(QueueSearch.parse({ unknown: "x" })).toEqual({});
});

test("the filter has neither queue nor place nor empty parts", () => {
  const search = { queue: "to-confirm", after: "row", search: "", kind: undefined, flagged: "no", batch: "b" } as const;
  expect(filterOf(search)).toEqual({ flagged: "no", batch: "b" });
  expect(filterOf({})).toEqual({});
});

test("a filter that was kept is found again in the address that it leads to", () => {
  const kept = { queue: "to-confirm", ...filterOf({ flagged: "yes", registrationKind: "periodic" }) };
  const { queue = "", ...search } = QueueSearch.parse(kept);
  expect(isSameFilter(kept, { ...filterOf(search), queue })).toBe(true);
  expect(isSameFilter(kept, { ...filterOf({ ...search, flagged: "no" }), queue })).toBe(false);
});
