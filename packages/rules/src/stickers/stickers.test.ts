import fc from "fast-check";
import { expect, test } from "vitest";
import {
  balanceOf,
  emptyLedger,
  isBalanced,
  type Ledger,
  ledgerOf,
  type Movement,
  moved,
  refusalOfMovement,
} from "./ledger.ts";
import { stickerNeedsOf } from "./need.ts";
import { countOf, parseSerials, rangeText, type SerialRange, serialText } from "./serials.ts";

const series = { prefix: "渝A", digits: 8 };
const range = (first: number, last: number): SerialRange => ({ from: BigInt(first), until: BigInt(last) + 1n });
const people = { custodian: "keeper", handler: "clerk" };

test.each([
  ["1-100", "渝A00000001至渝A00000100"],
  ["00000001—00000100", "渝A00000001至渝A00000100"],
  ["渝A00000001 至 渝A00000100", "渝A00000001至渝A00000100"],
  ["渝a00000001~00000100", "渝A00000001至渝A00000100"],
  ["渝A00000001到100", "渝A00000001至渝A00000100"],
  ["7", "渝A00000007"],
  ["1-3,5、7-9", "渝A00000001至渝A00000003 渝A00000005 渝A00000007至渝A00000009"],
  ["7-9;1-3", "渝A00000001至渝A00000003 渝A00000007至渝A00000009"],
])("N53: the serials %j are read as %s", (text, expected) => {
  const read = parseSerials(text, series);
  if (read.refusal !== undefined) throw new Error(read.refusal.code);
  expect(read.ranges.map((found) => rangeText(series, found)).join(" ")).toBe(expected);
});

test.each([
  ["", "sticker.serials-malformed"],
  ["共100枚", "sticker.serials-malformed"],
  ["1-50-100", "sticker.serials-malformed"],
  ["1-", "sticker.serials-malformed"],
  ["100-1", "sticker.range-reversed"],
  ["1-123456789", "sticker.serial-too-long"],
  ["000000001", "sticker.serial-too-long"],
  ["1-10,10-20", "sticker.serial-twice"],
  ["京B00000001", "sticker.other-series"],
])("N54: the serials %j are refused: %s", (text, code) => {
  expect(parseSerials(text, series).refusal?.code).toBe(code);
});

test("a series without a prefix, and one whose prefix holds a dash", () => {
  expect(parseSerials("12-15", { prefix: "", digits: 6 })).toEqual({ ranges: [range(12, 15)] });
  const dashed = { prefix: "CQ-2017-", digits: 6 };
  expect(parseSerials("cq-2017-000012至CQ-2017-000015", dashed)).toEqual({ ranges: [range(12, 15)] });
  // A prefix of digits is told from the number by its length.
  const year = { prefix: "2017", digits: 6 };
  expect(parseSerials("2017000012-2017000015", year)).toEqual({ ranges: [range(12, 15)] });
  expect(parseSerials("2017-2020", year)).toEqual({ ranges: [range(2017, 2020)] });
});

test("property: what is written can be read again", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("", "渝A", "CQ2017", "№"),
      fc.integer({ min: 4, max: 15 }),
      fc.nat(9999),
      fc.nat(9999),
      (prefix, digits, one, other) => {
        const written = range(Math.min(one, other), Math.max(one, other));
        expect(parseSerials(rangeText({ prefix, digits }, written), { prefix, digits })).toEqual({ ranges: [written] });
      },
    ),
  );
});

test("a serial keeps its noughts", () => {
  expect(serialText(series, 42n)).toBe("渝A00000042");
});

/** The stock of one campaign: drawn, printed, issued, and then what comes. */
const drawn: Movement[] = [
  { kind: "receive", to: "centre", serials: range(1, 100), ...people },
  { kind: "print", at: "centre", serials: range(1, 60), conclusion: "pass", ...people },
  { kind: "issue", from: "centre", to: "wanzhou", serials: range(1, 40), ...people },
];

test("N40 N41 N53: received, printed, issued, used, scrapped, returned, and every account adds up", () => {
  const { ledger, refused } = ledgerOf([
    ...drawn,
    { kind: "use", at: "wanzhou", serials: range(1, 1), conclusion: "pass", application: "one", ...people },
    { kind: "scrap", at: "wanzhou", serials: range(2, 3), reason: "misprinted", witness: "监销人", ...people },
    { kind: "return", from: "wanzhou", to: "centre", serials: range(31, 40), ...people },
    { kind: "recall", at: "wanzhou", serials: range(1, 1), application: "one", ...people },
  ]);
  expect(refused).toEqual([]);
  expect(balanceOf(ledger, "centre")).toEqual({
    received: 100n,
    issued: 30n,
    used: 0n,
    scrapped: 0n,
    returned: 0n,
    inHand: 70n,
  });
  expect(balanceOf(ledger, "wanzhou")).toEqual({
    received: 40n,
    issued: 0n,
    used: 0n,
    scrapped: 3n,
    returned: 10n,
    inHand: 27n,
  });
});

test.each<[string, Movement, string]>([
  [
    "N52: custodian and handler are two",
    { kind: "receive", to: "centre", serials: range(200, 210), custodian: "keeper", handler: "keeper" },
    "sticker.two-people",
  ],
  [
    "N54: a serial is drawn once",
    { kind: "receive", to: "centre", serials: range(100, 110), ...people },
    "sticker.received-already",
  ],
  [
    "N54: what has been issued is not in the centre's stock",
    { kind: "issue", from: "centre", to: "yubei", serials: range(40, 41), ...people },
    "sticker.not-there",
  ],
  [
    "N54: what was never drawn is nowhere",
    { kind: "issue", from: "centre", to: "yubei", serials: range(95, 101), ...people },
    "sticker.not-there",
  ],
  [
    "N40: a conclusion is printed once",
    { kind: "print", at: "centre", serials: range(60, 61), conclusion: "fail", ...people },
    "sticker.printed-already",
  ],
  [
    "N41: the printed conclusion is the case's",
    { kind: "use", at: "wanzhou", serials: range(1, 1), conclusion: "defer", application: "one", ...people },
    "sticker.shows-otherwise",
  ],
  [
    "N41: one sticker, one certificate",
    { kind: "use", at: "wanzhou", serials: range(1, 2), conclusion: "pass", application: "one", ...people },
    "sticker.one-a-certificate",
  ],
  [
    "N53: scrapped before a witness, with the reason",
    { kind: "scrap", at: "wanzhou", serials: range(1, 1), reason: "damaged", witness: " ", ...people },
    "sticker.scrap-unwitnessed",
  ],
  [
    "N54: an empty range",
    { kind: "scrap", at: "wanzhou", serials: { from: 5n, until: 5n }, reason: "damaged", witness: "监销人", ...people },
    "sticker.range-reversed",
  ],
  [
    "N54: what is not on a certificate is not recalled",
    { kind: "recall", at: "wanzhou", serials: range(5, 5), application: "one", ...people },
    "sticker.not-there",
  ],
  [
    "N54: returned to where it came from",
    { kind: "return", from: "wanzhou", to: "yubei", serials: range(5, 6), ...people },
    "sticker.books-differ",
  ],
])("%s", (_title, movement, code) => {
  const { ledger } = ledgerOf(drawn);
  expect(refusalOfMovement(ledger, movement)?.code).toBe(code);
});

test("N41: a blank sticker goes on no certificate, and a case gets no second one", () => {
  const use = (serial: number, application: string): Movement => ({
    kind: "use",
    at: "centre",
    serials: range(serial, serial),
    conclusion: "pass",
    application,
    ...people,
  });
  const { ledger, refused } = ledgerOf([...drawn, use(41, "one"), use(42, "one"), use(70, "two")]);
  expect(refused.map(({ refusal }) => refusal.code)).toEqual([
    "sticker.on-certificate-already",
    "sticker.shows-otherwise",
  ]);
  const recall: Movement = { kind: "recall", at: "centre", serials: range(41, 41), application: "two", ...people };
  expect(refusalOfMovement(ledger, recall)?.code).toBe("sticker.of-another-case");
});

test("N41: a district draws by the real number of each conclusion", () => {
  const { ledger } = ledgerOf([
    ...drawn,
    { kind: "use", at: "wanzhou", serials: range(1, 1), conclusion: "pass", application: "one", ...people },
  ]);
  const needs = stickerNeedsOf(
    [
      { state: "concluded", markWith: "sticker", conclusion: "pass", count: 50 },
      { state: "concluded", markWith: "sticker", conclusion: "defer" },
      { state: "concluded", markWith: "annotation", conclusion: "pass", count: 9 },
      { state: "marked", markWith: "sticker", conclusion: "pass", count: 1 },
    ],
    ledger,
    "wanzhou",
  );
  expect(needs).toEqual([
    { conclusion: "defer", needed: 1n, printedInHand: 0n, toIssue: 1n, surplus: 0n },
    { conclusion: "pass", needed: 50n, printedInHand: 39n, toIssue: 11n, surplus: 0n },
  ]);
});

const organisations = ["centre", "wanzhou", "yubei"];
const organisation = fc.constantFrom(...organisations);
const conclusion = fc.constantFrom("pass", "pass", "fail");
const serialsUpTo = (most: number) =>
  fc.tuple(fc.nat(20), fc.nat(most)).map(([from, size]) => ({ from: BigInt(from), until: BigInt(from + size) }));
/** A serial and the case it is meant for: few enough that a sticker is met again when it is to be recalled. */
const pasted = fc.nat(9).map((only) => ({ serials: range(only, only), application: `case-${only % 4}` }));
const two = {
  custodian: fc.constantFrom("keeper", "keeper", "clerk"),
  handler: fc.constantFrom("clerk", "other", "third"),
};
const scrap = { at: organisation, reason: fc.constant("damaged"), witness: fc.constantFrom("监销人", "监销人", "") };
const anyMovement: fc.Arbitrary<Movement> = fc.oneof(
  fc.record({
    kind: fc.constant("receive"),
    to: fc.constantFrom("centre", "centre", "yubei"),
    serials: serialsUpTo(25),
    ...two,
  }),
  fc.record({ kind: fc.constant("print"), at: organisation, conclusion, serials: serialsUpTo(12), ...two }),
  fc.record({ kind: fc.constant("issue"), from: organisation, to: organisation, serials: serialsUpTo(6), ...two }),
  fc.record({ kind: fc.constant("return"), from: organisation, to: organisation, serials: serialsUpTo(3), ...two }),
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.record({ kind: fc.constant("use"), at: organisation, conclusion, ...two }), pasted)
      .map(([use, which]) => ({ ...use, ...which })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.record({ kind: fc.constant("recall"), at: organisation, ...two }), pasted)
      .map(([recall, which]) => ({ ...recall, ...which })),
  },
  fc.record({ kind: fc.constant("scrap"), ...scrap, serials: serialsUpTo(2), ...two }),
);
const anyMovements = fc.array(anyMovement, { minLength: 30, maxLength: 90 });

/** Every account, and everything together: nothing appears, nothing is lost. */
function expectBalanced(ledger: Ledger): void {
  const all = [...ledger.balances.values()];
  for (const balance of all) {
    expect(isBalanced(balance)).toBe(true);
    expect(Object.values(balance).every((amount) => amount >= 0n)).toBe(true);
  }
  const sumOf = (account: "received" | "issued" | "used" | "scrapped" | "returned" | "inHand") =>
    all.reduce((sum, balance) => sum + balance[account], 0n);
  const onShelves = ledger.holdings.reduce((sum, { serials }) => sum + countOf(serials), 0n);
  expect(sumOf("used") + sumOf("scrapped") + sumOf("inHand")).toBe(onShelves);
  expect(sumOf("received") - sumOf("issued") - sumOf("returned")).toBe(onShelves);
}

test("N53: property: after every accepted movement all accounts add up, and the books agree with the shelves", () => {
  fc.assert(
    fc.property(anyMovements, (movements) => {
      let ledger = emptyLedger;
      for (const movement of movements) {
        if (refusalOfMovement(ledger, movement) !== undefined) continue;
        ledger = moved(ledger, movement);
        expectBalanced(ledger);
        for (const each of organisations) {
          for (const [place, account] of [
            ["stock", "inHand"],
            ["used", "used"],
            ["scrapped", "scrapped"],
          ] as const) {
            const held = ledger.holdings
              .filter((holding) => holding.organisation === each && holding.place === place)
              .reduce((sum, { serials }) => sum + countOf(serials), 0n);
            expect(held).toBe(balanceOf(ledger, each)[account]);
          }
        }
      }
    }),
  );
});

test("N54: property: a serial is in one place, and where a book kept serial by serial says", () => {
  fc.assert(
    fc.property(anyMovements, (movements) => {
      const book = new Map<bigint, string>();
      let ledger = emptyLedger;
      for (const movement of movements) {
        if (refusalOfMovement(ledger, movement) === undefined) {
          ledger = moved(ledger, movement);
          for (let serial = movement.serials.from; serial < movement.serials.until; serial++) {
            const at = "at" in movement ? movement.at : movement.to;
            const place = { use: "used", recall: "scrapped", scrap: "scrapped" }[movement.kind as string] ?? "stock";
            book.set(serial, `${place} ${at}`);
          }
        }
        const found = ledger.holdings.flatMap(({ serials, place, organisation: at }) =>
          Array.from({ length: Number(countOf(serials)) }, (_, offset) => [
            serials.from + BigInt(offset),
            `${place} ${at}`,
          ]),
        );
        expect(found.length).toBe(book.size);
        expect(new Map(found as [bigint, string][])).toEqual(book);
      }
      const applications = ledger.holdings.flatMap((holding) => holding.application ?? []);
      expect(new Set(applications).size).toBe(applications.length);
    }),
  );
});

test("the random movements do everything: no kind is always refused", () => {
  const accepted = new Set<string>();
  fc.assert(
    fc.property(anyMovements, (movements) => {
      const { refused } = ledgerOf(movements);
      const told = new Set(refused.map(({ movement }) => movement));
      for (const movement of movements) if (!told.has(movement)) accepted.add(movement.kind);
    }),
    { numRuns: 400, seed: 2017 },
  );
  expect([...accepted].sort()).toEqual(["issue", "print", "recall", "receive", "return", "scrap", "use"]);
});
