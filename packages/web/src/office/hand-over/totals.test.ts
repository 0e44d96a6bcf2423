import type { ToHandOver } from "@shice/contract/confirmation.ts";
import { MaterialKey } from "@shice/contract/terms.ts";
import { expect, test } from "vitest";
import { inOrder, totalsOf } from "./totals.ts";

const one = (number: string, more: Partial<ToHandOver>): ToHandOver => ({
  application: number,
  number,
  name: "",
  sound: "",
  school: "",
  batch: null,
  certificateKind: "junior",
  subject: null,
  since: "2017-10-20T01:00:00Z",
  copies: [],
  asked: [],
  replyBy: null,
  refusal: null,
  ...more,
});
const key = (text: string) => MaterialKey.parse(text);
const materials = [
  { key: key("form"), item: 1, name: "申请表" },
  { key: key("certificate"), item: 2, name: "证书" },
];

test("N25, N26: totals by kind and by material are those of the chosen alone", () => {
  const chosen = [
    one("1", { copies: [{ material: key("form"), copies: 2 }] }),
    one("2", {
      copies: [
        { material: key("form"), copies: 2 },
        { material: key("certificate"), copies: 1 },
      ],
    }),
    one("3", { certificateKind: null, copies: [{ material: key("another"), copies: 9 }] }),
  ];
  expect(totalsOf(chosen, materials)).toEqual({
    people: 3,
    copies: 5,
    kinds: [
      { name: "初级中学教师资格", people: 2 },
      { name: "未填写", people: 1 },
    ],
    materials: [
      { item: 1, name: "申请表", people: 2, copies: 4 },
      { item: 2, name: "证书", people: 1, copies: 1 },
    ],
  });
  expect(totalsOf([], materials)).toMatchObject({ people: 0, copies: 0, kinds: [] });
});

test("the order is whole: two of one name stand by their numbers", () => {
  const items = [
    one("3", { sound: "wang", school: "b", since: "2017-10-20T01:00:00Z" }),
    one("2", { sound: "li", school: "b", since: "2017-10-20T03:00:00Z" }),
    one("1", { sound: "wang", school: "a", since: "2017-10-20T02:00:00Z" }),
  ];
  const numbers = (order: Parameters<typeof inOrder>[1]) => inOrder(items, order).map(({ number }) => number);
  expect(numbers("number")).toEqual(["1", "2", "3"]);
  expect(numbers("sound")).toEqual(["2", "1", "3"]);
  expect(numbers("since")).toEqual(["3", "1", "2"]);
  expect(numbers("school")).toEqual(["1", "2", "3"]);
});
