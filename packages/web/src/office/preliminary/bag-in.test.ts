import { expect, test } from "vitest";
import { bagIn } from "./bag-in.ts";

const bags = [
  { application: "0198a000-0000-7000-8000-00000000000a", number: "20170000001", name: "张明" },
  { application: "0198a000-0000-7000-8000-00000000000b", number: "20170000002", name: "张明华" },
  { application: "0198a000-0000-7000-8000-00000000000c", number: "20170000003", name: "李娜" },
  { application: "0198a000-0000-7000-8000-00000000000d", number: "20170000004", name: "李娜" },
];

test.each([
  ["a bar code", "20170000002", 1, true],
  ["digits of full width, with blanks", " ２０１７００００００２ ", 1, true],
  ["a slip's address", "https://shice.invalid/office/x/desk?case=0198A000-0000-7000-8000-00000000000C", 2, true],
  ["a whole name before those that begin with it", "张明", 0, true],
  ["a part that one name alone has", "明华", 1, false],
])("%s finds its bag", (_what, text, at, exact) => {
  expect(bagIn(bags, text)).toEqual({ kind: "one", item: bags[at], exact });
});

test("two of one name, a part of several names, and what is on another list are not guessed at", () => {
  expect(bagIn(bags, "李娜").kind).toBe("several");
  expect(bagIn(bags, "李").kind).toBe("several");
  expect(bagIn(bags, "20179999999").kind).toBe("none");
  expect(bagIn(bags, "0198a000-0000-7000-8000-0000000000ff").kind).toBe("none");
  expect(bagIn(bags, " ").kind).toBe("none");
});
