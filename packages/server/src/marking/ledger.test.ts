import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import { testDatabase } from "../testing/test-database.ts";
import { type Move, moveStickers } from "./queries.ts";

/**
 * A second ledger, kept serial by serial, beside `shice.move_stickers`, which keeps ranges: whatever people try, the two
 * accept and refuse the same, and afterwards every sticker lies in the same place and every account shows the same sums.
 */

type Kind = Move["kind"];
interface Movement {
  kind: Kind;
  /** First serial, and the one after the last. */
  from: number;
  until: number;
  giver: string;
  taker: string;
  conclusion: string;
  application: string;
  isWitnessed: boolean;
  isByTwo: boolean;
}
interface Sticker {
  place: "stock" | "used" | "scrapped";
  organisation: string;
  printed: string | null;
  application: string | null;
}
const accounts = ["received", "issued", "used", "scrapped", "returned", "in_hand"] as const;
type Balance = Record<(typeof accounts)[number], number>;

/** Where each serial lies, and what each organisation has had. */
class SerialLedger {
  readonly stickers = new Map<number, Sticker>();
  readonly balances = new Map<string, Balance>();

  /** The names of all constraints that the movement would break; none where it is accepted. */
  brokenBy({ kind, from, until, giver, taker, conclusion, application, isWitnessed, isByTwo }: Movement): string[] {
    const serials = serialsOf({ from, until });
    const found = serials.flatMap((serial) => this.stickers.get(serial) ?? []);
    const there = found.filter(
      ({ organisation, place }) => organisation === giver && place === (kind === "recall" ? "used" : "stock"),
    );
    const onCertificate = [...this.stickers.values()].some((sticker) => sticker.application === application);
    const balance = this.balanceOf(kind === "return" ? taker : giver);
    const broken: [string, boolean][] = [
      ["movement_not_empty", serials.length === 0],
      ["custodian_and_handler_are_two", !isByTwo],
      ["scrap_has_reason_and_witness", kind === "scrap" && !isWitnessed],
      ["sticker_in_one_place", kind === "receive" && found.length > 0],
      ["sticker_is_where_it_is_taken", kind !== "receive" && there.length < serials.length],
      ["sticker_printed_once", kind === "print" && there.some(({ printed }) => printed !== null)],
      ["sticker_shows_the_conclusion", kind === "use" && there.some(({ printed }) => printed !== conclusion)],
      ["used_one_by_one", kind === "use" && there.length > 1],
      ["one_sticker_an_application", kind === "use" && (onCertificate || there.length > 1)],
      ["used_for_exactly_one_application", kind === "recall" && there.some((one) => one.application !== application)],
      // What comes back to a place has gone out from it: its issued figure never falls below nothing.
      ["balance_not_negative", kind === "return" && balance.issued < serials.length],
    ];
    return broken.flatMap(([name, isBroken]) => (isBroken ? [name] : []));
  }

  move({ kind, from, until, giver, taker, conclusion, application }: Movement): void {
    const serials = serialsOf({ from, until });
    for (const serial of serials) {
      const sticker = this.stickers.get(serial);
      this.stickers.set(serial, {
        place: kind === "use" ? "used" : kind === "scrap" || kind === "recall" ? "scrapped" : "stock",
        organisation: taker,
        printed: kind === "print" ? conclusion : (sticker?.printed ?? null),
        application: kind === "use" ? application : null,
      });
    }
    const size = serials.length;
    const changes: Record<Kind, () => void> = {
      receive: () => this.book(taker, { received: size, in_hand: size }),
      print: () => undefined,
      issue: () => {
        this.book(giver, { issued: size, in_hand: -size });
        this.book(taker, { received: size, in_hand: size });
      },
      return: () => {
        this.book(giver, { returned: size, in_hand: -size });
        this.book(taker, { issued: -size, in_hand: size });
      },
      use: () => this.book(giver, { used: size, in_hand: -size }),
      scrap: () => this.book(giver, { scrapped: size, in_hand: -size }),
      recall: () => this.book(giver, { used: -size, scrapped: size }),
    };
    changes[kind]();
  }

  balanceOf(organisation: string): Balance {
    return this.balances.get(organisation) ?? { received: 0, issued: 0, used: 0, scrapped: 0, returned: 0, in_hand: 0 };
  }

  private book(organisation: string, change: Partial<Balance>): void {
    const balance = { ...this.balanceOf(organisation) };
    for (const account of accounts) balance[account] += change[account] ?? 0;
    this.balances.set(organisation, balance);
  }
}

function serialsOf({ from, until }: { from: number; until: number }): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, at) => from + at);
}

const db = await testDatabase({ connections: 2 });
const places: string[] = [];
const people: string[] = [];
let campaign: string;
beforeAll(async () => {
  const at = "2017-11-06T01:00:00Z";
  for (const key of ["centre", "wanzhou", "yubei"]) {
    const { rows } = await db.owner.query(
      `insert into shice.organisation (key, kind, name, valid_from, created_at) values ($1, $2, $1, '2000-01-01', $3) returning id`,
      [key, key === "centre" ? "centre" : "authority", at],
    );
    places.push(rows[0].id);
  }
  for (const name of ["保管人", "经办人"]) {
    const { rows } = await db.owner.query(
      `insert into shice.account (id, kind, display_name, created_at) values (gen_random_uuid(), 'staff', $1, $2) returning id`,
      [name, at],
    );
    people.push(rows[0].id);
  }
  const { rows } = await db.owner.query(
    `insert into shice.campaign (key, title, plan_version, created_at) values ('stickers', '注册贴', 1, $1) returning id`,
    [at],
  );
  campaign = rows[0].id;
});

let opened = 0;
/** A series of its own, empty. */
async function openSeries(): Promise<string> {
  opened += 1;
  const { rows } = await db.owner.query(
    `insert into shice.sticker_series (campaign_id, prefix, digits, created_at) values ($1, $2, 8, '2017-11-06T01:00:00Z') returning id`,
    [campaign, `S${opened}-`],
  );
  return rows[0].id;
}

/** Moves stickers on PostgreSQL in a transaction of its own; the name of the constraint where that is refused. */
async function moveOnPostgres(
  series: string,
  applications: ReadonlyMap<string, string>,
  { kind, from, until, giver, taker, conclusion, application, isWitnessed, isByTwo }: Movement,
): Promise<string | undefined> {
  const [custodian = "", other = ""] = people;
  const id = applications.get(application) ?? "";
  // Who moves stickers takes them from the place of its own scope, or receives them into it.
  const own = kind === "receive" ? taker : giver;
  try {
    await db.database.inScope({ kind: own === places[0] ? "review" : "authority", id: own }, (tx) =>
      moveStickers(
        tx,
        {
          series,
          from: BigInt(from),
          until: BigInt(until),
          kind,
          fromOrganisation: kind === "receive" ? null : giver,
          toOrganisation: taker,
          conclusion,
          application: kind === "use" || kind === "recall" ? { campaignId: campaign, id } : undefined,
          custodian,
          handler: isByTwo ? other : custodian,
          reason: "damaged",
          witness: isWitnessed ? "监销人" : undefined,
        },
        Temporal.Instant.from("2017-11-06T01:00:00Z"),
      ),
    );
    return undefined;
  } catch (error) {
    const constraint = brokenConstraintOf(error);
    if (constraint === undefined) throw error;
    // The very same range again breaks the key, which says the same, before the exclusion.
    return constraint === "sticker_holding_pkey" ? "sticker_in_one_place" : constraint;
  }
}

/** What PostgreSQL holds of a series, serial by serial and account by account, as the second ledger has it. */
async function readPostgres(series: string, applications: ReadonlyMap<string, string>) {
  const names = new Map([...applications].map(([name, id]) => [id, name]));
  const { rows: stickers } = await db.owner.query(
    `select serial::int, place, organisation_id, printed_conclusion, application_id from shice.sticker_holding,
       generate_series(lower(serials), upper(serials) - 1) as serial
     where series_id = $1 order by serial`,
    [series],
  );
  const { rows: balances } = await db.owner.query(
    `select organisation_id, received::int, issued::int, used::int, scrapped::int, returned::int, in_hand::int
     from shice.sticker_balance where series_id = $1`,
    [series],
  );
  return {
    stickers: stickers.map((row) => [
      row.serial,
      {
        place: row.place,
        organisation: row.organisation_id,
        printed: row.printed_conclusion,
        application: names.get(row.application_id) ?? null,
      },
    ]),
    balances: new Map(balances.map(({ organisation_id, ...balance }) => [organisation_id, balance])),
  };
}

/** Takes the movements on both, one by one; fails at the first on which they differ. Which were refused, and by what. */
async function takeOnBoth(movements: readonly Movement[]): Promise<(string | undefined)[]> {
  const series = await openSeries();
  const applications = new Map(movements.map(({ application }) => [application, randomUUID()]));
  const ledger = new SerialLedger();
  const refusals: (string | undefined)[] = [];
  for (const movement of movements) {
    const broken = ledger.brokenBy(movement);
    const constraint = await moveOnPostgres(series, applications, movement);
    const inWords = JSON.stringify(movement);
    if (constraint === undefined) expect(broken, inWords).toEqual([]);
    else expect(broken, inWords).toContain(constraint);
    if (constraint === undefined) ledger.move(movement);
    refusals.push(constraint);
  }
  const { stickers, balances } = await readPostgres(series, applications);
  expect(stickers).toEqual([...ledger.stickers].sort(([one], [other]) => one - other));
  for (const place of places) expect(balances.get(place) ?? ledger.balanceOf("")).toEqual(ledger.balanceOf(place));
  for (const { received, issued, used, scrapped, returned, in_hand } of ledger.balances.values()) {
    expect(received).toBe(issued + used + scrapped + returned + in_hand);
  }
  return refusals;
}

/** Few places, conclusions and applications, and short ranges of few serials: what is moved is often there. */
const anyMovement = fc.record({
  kind: fc.constantFrom<Kind[]>(
    "receive",
    "receive",
    "print",
    "print",
    "issue",
    "issue",
    "return",
    "use",
    "use",
    "use",
    "recall",
    "recall",
    "scrap",
  ),
  from: fc.nat(15),
  size: fc.constantFrom(0, 1, 1, 1, 1, 2, 3, 5, 8),
  giver: fc.constantFrom(0, 0, 1, 1, 2),
  taker: fc.constantFrom(0, 0, 1, 1, 2),
  conclusion: fc.constantFrom("pass", "pass", "pass", "fail"),
  application: fc.constantFrom("one", "two", "three"),
  isWitnessed: fc.constantFrom(true, true, true, false),
  isByTwo: fc.constantFrom(true, true, true, true, true, true, true, false),
});
type Drawn = typeof anyMovement extends fc.Arbitrary<infer Value> ? Value : never;

/** The places are known only once the database is; what stays within one place has no other. */
function movementOf({ size, giver, taker, ...rest }: Drawn): Movement {
  const from = places[giver] ?? "";
  const to = places[taker] ?? "";
  // One certificate's sticker, among the few that lie at the districts.
  const single = rest.kind === "use" || rest.kind === "recall";
  const first = single ? rest.from % 6 : rest.from;
  return {
    ...rest,
    from: first,
    until: first + (single ? Math.min(size, 2) : size),
    giver: rest.kind === "receive" ? to : from,
    taker: ["receive", "issue", "return"].includes(rest.kind) ? to : from,
  };
}

const anyMovements = fc.array(anyMovement, { minLength: 30, maxLength: 60, size: "max" });

/** The beginning of every campaign: received, printed, issued, pasted. */
function beginning(): Movement[] {
  const [centre = "", one = "", other = ""] = places;
  const rest = { giver: centre, conclusion: "pass", application: "one", isWitnessed: true, isByTwo: true };
  return [
    { kind: "receive", from: 0, until: 13, taker: centre, ...rest },
    { kind: "print", from: 0, until: 9, taker: centre, ...rest },
    { kind: "issue", from: 0, until: 4, taker: one, ...rest },
    { kind: "issue", from: 4, until: 7, taker: other, ...rest },
    { kind: "use", from: 0, until: 1, ...rest, giver: one, taker: one },
    { kind: "use", from: 4, until: 5, ...rest, giver: other, taker: other, application: "two" },
  ];
}
const runs = Number(process.env["SHICE_PROPERTY_RUNS"] ?? 15);

test("N40, N41, N53, N54: property: PostgreSQL and a ledger kept serial by serial refuse the same and hold the same", async () => {
  await fc.assert(
    fc.asyncProperty(anyMovements, async (drawn) => {
      await takeOnBoth([...beginning(), ...drawn.map(movementOf)]);
    }),
    { numRuns: runs, endOnFailure: true },
  );
});

test("N40, N41, N53, N54: every kind of movement is accepted on both, and every constraint refuses on both", async () => {
  const [centre = "", one = "", other = ""] = places;
  const movement = (kind: Kind, from: number, size: number, more: Partial<Movement> = {}): Movement => ({
    kind,
    from,
    until: from + size,
    giver: one,
    taker: more.giver ?? one,
    conclusion: "pass",
    application: "one",
    isWitnessed: true,
    isByTwo: true,
    ...more,
  });
  const tried: [Movement, string | undefined][] = [
    [movement("scrap", 2, 1), undefined],
    [movement("return", 3, 1, { taker: centre }), undefined],
    [movement("recall", 0, 1), undefined],
    [movement("use", 1, 1, { application: "three" }), undefined],
    [movement("receive", 20, 1, { taker: centre, giver: centre }), undefined],
    [movement("receive", 20, 1, { taker: centre, giver: centre }), "sticker_in_one_place"],
    [movement("receive", 12, 3, { taker: centre, giver: centre }), "sticker_in_one_place"],
    [movement("issue", 20, 2, { giver: centre, taker: one }), "sticker_is_where_it_is_taken"],
    [movement("print", 8, 2, { giver: centre }), "sticker_printed_once"],
    [movement("use", 5, 1, { giver: other, conclusion: "fail" }), "sticker_shows_the_conclusion"],
    [movement("use", 5, 2, { giver: other }), "used_one_by_one"],
    [movement("use", 5, 1, { giver: other, application: "two" }), "one_sticker_an_application"],
    [movement("recall", 4, 1, { giver: other, application: "one" }), "used_for_exactly_one_application"],
    [movement("return", 5, 1, { giver: other, taker: one }), "balance_not_negative"],
    [movement("scrap", 5, 1, { giver: other, isWitnessed: false }), "scrap_has_reason_and_witness"],
    [movement("scrap", 5, 1, { giver: other, isByTwo: false }), "custodian_and_handler_are_two"],
    [movement("scrap", 5, 0, { giver: other }), "movement_not_empty"],
  ];
  const begun = beginning();
  const refusals = await takeOnBoth([...begun, ...tried.map(([each]) => each)]);
  expect(refusals).toEqual([...begun.map(() => undefined), ...tried.map(([, constraint]) => constraint)]);
});
