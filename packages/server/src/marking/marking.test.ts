import { beforeAll, expect, test } from "vitest";
import { decisionRoutes } from "../decision/routes.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices, Staff } from "../testing/offices-shape.ts";
import { concluded } from "../testing/through.ts";
import { markingRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
let series: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  const opened = await call(routes.openSeries, { campaign, prefix: "YZ", digits: 8 }, as(offices.centreCustodian));
  series = opened.series;
});

const as = (staff: Staff) => ({ context: offices.as(staff) });

/** Each test takes a range of its own. */
let next = 1;
function range(count: number) {
  const from = next;
  next += count;
  const to = from + count - 1;
  return { campaign, series, from: String(from), to: String(to), ...typed(from, to) };
}

/** A range as people type it. */
function typed(from: number | bigint | string, to: number | bigint | string) {
  return { serials: `${from}至${to}` };
}

/** Stickers received by the centre, printed with a conclusion and issued to Wanzhou. */
async function issued(count: number, conclusion = "pass") {
  const { centreCustodian, centreHandler, wanzhou } = offices;
  const serials = range(count);
  const partner = centreHandler.accountId;
  await call(routes.receiveStickers, { ...serials, partner }, as(centreCustodian));
  await call(routes.printStickers, { ...serials, partner, conclusion }, as(centreCustodian));
  await call(routes.issueStickers, { ...serials, partner, authority: wanzhou.authority.id }, as(centreCustodian));
  return serials;
}

async function balanceOf(staff: Staff, organisationId: string) {
  const balances = await call(routes.listBalances, { campaign }, as(staff));
  const found = balances.find((balance) => balance.organisationId === organisationId && balance.series === series);
  return found ?? { received: "0", issued: "0", used: "0", scrapped: "0", returned: "0", inHand: "0" };
}

function mark(
  application: string,
  serial: string,
  { by = offices.wanzhou.handler, custodian = offices.wanzhou.custodian } = {},
) {
  return call(
    routes.markBySticker,
    { campaign, application, series, serial, custodian: custodian.accountId, ridingSeal: true },
    as(by),
  );
}

test("N40, N41: the centre draws stickers and prints conclusions; a district draws by its real number", async () => {
  const { wanzhou } = offices;
  const applications = await offices.handedOver(wanzhou, 3, { certificateIssuedOn: "2009-07-01" });
  await concluded(offices, wanzhou, applications);
  const needOf = async () =>
    (await call(routes.listNeeds, { campaign }, as(wanzhou.custodian))).find(({ conclusion }) => conclusion === "pass");
  const before = await needOf();
  expect(before?.needed).toBeGreaterThanOrEqual(3);
  const { from, to } = await issued(3);
  const after = await needOf();
  expect(BigInt(after?.printedInHand ?? 0) - BigInt(before?.printedInHand ?? 0)).toBe(3n);

  const { items } = await call(routes.listMovements, { campaign }, as(wanzhou.custodian));
  expect(items[0]).toMatchObject({
    kind: "issue",
    count: "3",
    from: from.padStart(8, "0"),
    to: to.padStart(8, "0"),
    fromPlace: "重庆市教师资格认定指导中心",
    toPlace: wanzhou.authority.name,
    custodian: offices.centreCustodian.name,
    handler: offices.centreHandler.name,
  });
});

test("N41: pasted with the riding seal, one sticker goes to one certificate; case, sticker and mark change together", async () => {
  const { wanzhou, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await concluded(offices, wanzhou, [application]);
  const { from } = await issued(2);
  const used = BigInt((await balanceOf(wanzhou.lead, wanzhou.authority.id)).used);
  expect((await mark(application, from)).state).toBe("marked");
  const { rows } = await db.owner.query("select * from shice.marking where application_id = $1", [application]);
  expect(rows[0]).toMatchObject({ kind: "sticker", conclusion: "pass", serial: BigInt(from), riding_seal: true });
  expect(BigInt((await balanceOf(wanzhou.lead, wanzhou.authority.id)).used)).toBe(used + 1n);
  expect(await refusalCodeOf(mark(application, String(BigInt(from) + 1n)))).toBe("case.wrong-state");

  const without = call(
    routes.markBySticker,
    { campaign, application, series, serial: from, custodian: wanzhou.custodian.accountId, ridingSeal: false as true },
    as(wanzhou.handler),
  );
  await expect(without).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("N54: a serial that is used, elsewhere or never received marks nothing, and the case stays as it was", async () => {
  const { wanzhou, yuzhong, db } = offices;
  const [one = "", two = ""] = await offices.handedOver(wanzhou, 2);
  const [elsewhere = ""] = await offices.handedOver(yuzhong, 1);
  await concluded(offices, wanzhou, [one, two]);
  await concluded(offices, yuzhong, [elsewhere]);
  const { from } = await issued(1);
  await mark(one, from);
  expect(await refusalCodeOf(mark(two, from))).toBe("sticker.not-there");
  expect(await refusalCodeOf(mark(two, "99999999"))).toBe("sticker.not-there");
  const foreign = mark(elsewhere, from, { by: yuzhong.handler, custodian: yuzhong.custodian });
  expect(await refusalCodeOf(foreign)).toBe("sticker.not-there");
  const { rows } = await db.owner.query("select state, last_sequence from shice.application where id = $1", [two]);
  expect(rows[0].state).toBe("concluded");
});

test("N54: two certificates at once for one serial: one gets it", async () => {
  const { wanzhou } = offices;
  const [one = "", two = ""] = await offices.handedOver(wanzhou, 2);
  await concluded(offices, wanzhou, [one, two]);
  const { from } = await issued(1);
  const results = await Promise.allSettled([mark(one, from), mark(two, from)]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [lost] = results.filter((result) => result.status === "rejected");
  expect(lost?.reason.refusal.code).toBe("sticker.not-there");
});

test("N39: a sticker printed with another conclusion, or with none, goes on no certificate", async () => {
  const { wanzhou, centreCustodian, centreHandler } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await concluded(offices, wanzhou, [application], { conclusion: "defer" });
  const passing = await issued(1, "pass");
  expect(await refusalCodeOf(mark(application, passing.from))).toBe("sticker.shows-otherwise");
  const blank = range(1);
  const partner = centreHandler.accountId;
  await call(routes.receiveStickers, { ...blank, partner }, as(centreCustodian));
  await call(routes.issueStickers, { ...blank, partner, authority: wanzhou.authority.id }, as(centreCustodian));
  expect(await refusalCodeOf(mark(application, blank.from))).toBe("sticker.shows-otherwise");
  const deferring = await issued(1, "defer");
  expect((await mark(application, deferring.from)).state).toBe("marked");
});

test("N42: a certificate of 2017 is annotated, many at once; stickers and annotations are not exchanged", async () => {
  const { wanzhou, yuzhong, db } = offices;
  const recent = await offices.handedOver(wanzhou, 2, { certificateIssuedOn: "2017-07-01" });
  const [old = ""] = await offices.handedOver(wanzhou, 1);
  await concluded(offices, wanzhou, [...recent, old]);
  const { from } = await issued(1);
  expect(await refusalCodeOf(mark(recent[0] ?? "", from))).toBe("marking.other-kind");
  const annotate = (applications: string[], by: Staff) =>
    call(routes.markByAnnotation, { campaign, applications }, as(by));
  const outcome = await annotate([...recent, old, ...recent], wanzhou.handler);
  expect(outcome).toMatchObject({ done: 2, refused: 1 });
  expect(outcome.rows.find(({ application }) => application === old)?.refusal?.code).toBe("marking.other-kind");
  const { rows } = await db.owner.query(
    "select kind, conclusion, serial from shice.marking where application_id = any($1)",
    [recent],
  );
  expect(rows).toEqual([
    { kind: "annotation", conclusion: "pass", serial: null },
    { kind: "annotation", conclusion: "pass", serial: null },
  ]);
  expect((await annotate([old], yuzhong.handler)).rows[0]?.refusal?.code).toBe("case.out-of-scope");
  expect(await refusalCodeOf(annotate([old], offices.centreHandler))).toBe("sticker.district-only");
});

test("N52: custodian and handler are two people of the same place, in either role of the caller", async () => {
  const { centreCustodian, centreHandler, wanzhou, centreReviewer } = offices;
  const serials = range(1);
  const receive = (partner: Staff, by: Staff) =>
    call(routes.receiveStickers, { ...serials, partner: partner.accountId }, as(by));
  expect(await refusalCodeOf(receive(centreCustodian, centreCustodian))).toBe("sticker.two-people");
  expect(await refusalCodeOf(receive(wanzhou.handler, centreCustodian))).toBe("sticker.partner-without-post");
  expect(await refusalCodeOf(receive(centreReviewer, centreCustodian))).toBe("sticker.partner-without-post");
  const movement = await receive(centreCustodian, centreHandler);
  expect(movement.movements[0]).toMatchObject({ custodian: centreCustodian.name, handler: centreHandler.name });

  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await concluded(offices, wanzhou, [application]);
  const { from } = await issued(1);
  const alone = mark(application, from, { custodian: wanzhou.handler });
  expect(await refusalCodeOf(alone)).toBe("sticker.two-people");
  expect(await refusalCodeOf(mark(application, from, { custodian: offices.yuzhong.custodian }))).toBe(
    "sticker.partner-without-post",
  );
});

test("N52: a post that has ended keeps no stickers", async () => {
  const { yuzhong, db, clock } = offices;
  await db.owner.query("update shice.post set valid_to = $2 where id = $1", [
    yuzhong.handler.postId,
    clock.now().toString(),
  ]);
  const input = { ...range(1), partner: yuzhong.handler.accountId };
  expect(await refusalCodeOf(call(routes.returnStickers, input, as(yuzhong.custodian)))).toBe(
    "sticker.partner-without-post",
  );
  await db.owner.query("update shice.post set valid_to = null where id = $1", [yuzhong.handler.postId]);
});

test("N40: receiving, printing and issuing are the centre's", async () => {
  const { wanzhou } = offices;
  const partner = wanzhou.handler.accountId;
  const serials = range(1);
  expect(await refusalCodeOf(call(routes.receiveStickers, { ...serials, partner }, as(wanzhou.custodian)))).toBe(
    "sticker.centre-only",
  );
  const print = call(routes.printStickers, { ...serials, partner, conclusion: "pass" }, as(wanzhou.custodian));
  expect(await refusalCodeOf(print)).toBe("sticker.centre-only");
  const open = call(routes.openSeries, { campaign, prefix: "QJ", digits: 8 }, as(wanzhou.custodian));
  expect(await refusalCodeOf(open)).toBe("sticker.centre-only");
});

test("N53: received = issued + used + scrapped + returned + in hand, after every movement and in every place", async () => {
  const { wanzhou, centre, centreCustodian, manager } = offices;
  const serials = await issued(10);
  const first = BigInt(serials.from);
  const partner = wanzhou.handler.accountId;
  const part = (from: bigint, to: bigint) => ({ ...serials, ...typed(from, to), partner });
  const before = await balanceOf(manager, wanzhou.authority.id);
  await call(
    routes.scrapStickers,
    { ...part(first, first + 1n), reason: "damaged", witness: "王监销" },
    as(wanzhou.custodian),
  );
  await call(routes.returnStickers, part(first + 8n, first + 9n), as(wanzhou.custodian));
  const after = await balanceOf(manager, wanzhou.authority.id);
  expect(BigInt(after.scrapped) - BigInt(before.scrapped)).toBe(2n);
  expect(BigInt(after.returned) - BigInt(before.returned)).toBe(2n);
  expect(BigInt(before.inHand) - BigInt(after.inHand)).toBe(4n);
  for (const place of [wanzhou.authority.id, centre.id]) {
    const { received, issued: on, used, scrapped, returned, inHand } = await balanceOf(manager, place);
    expect(BigInt(received)).toBe(BigInt(on) + BigInt(used) + BigInt(scrapped) + BigInt(returned) + BigInt(inHand));
  }
  const holdings = await call(routes.listHoldings, { campaign }, as(centreCustodian));
  const back = (first + 8n).toString().padStart(8, "0");
  expect(holdings.find(({ from }) => from === back)).toMatchObject({
    organisation: centre.name,
    printedConclusion: "pass",
  });
});

test("N53: a scrap names a reason of the plan and a witness", async () => {
  const { wanzhou } = offices;
  const serials = await issued(1);
  const scrap = (more: object) =>
    call(
      routes.scrapStickers,
      { ...serials, partner: wanzhou.handler.accountId, reason: "damaged", witness: "王监销", ...more },
      as(wanzhou.custodian),
    );
  expect(await refusalCodeOf(scrap({ reason: "photo-unfit" }))).toBe("reason.unknown");
  await expect(scrap({ witness: "" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect(await scrap({})).toMatchObject({ count: "1", movements: [{ kind: "scrap", witness: "王监销" }] });
  expect(await refusalCodeOf(scrap({}))).toBe("sticker.not-there");
});

test("N54: a serial is received once, printed once, and only what is there is moved", async () => {
  const { centreCustodian, centreHandler, wanzhou, yuzhong } = offices;
  const partner = centreHandler.accountId;
  const serials = range(10);
  const centre = as(centreCustodian);
  await call(routes.receiveStickers, { ...serials, partner }, centre);
  const overlapping = { ...serials, ...typed(BigInt(serials.to) - 1n, BigInt(serials.to) + 3n), partner };
  expect(await refusalCodeOf(call(routes.receiveStickers, overlapping, centre))).toBe("sticker.received-already");
  await call(routes.printStickers, { ...serials, partner, conclusion: "fail" }, centre);
  expect(await refusalCodeOf(call(routes.printStickers, { ...serials, partner, conclusion: "pass" }, centre))).toBe(
    "sticker.printed-already",
  );
  expect(
    await refusalCodeOf(call(routes.issueStickers, { ...overlapping, authority: wanzhou.authority.id }, centre)),
  ).toBe("sticker.not-there");
  const reversed = { ...serials, ...typed(serials.to, serials.from), partner };
  expect(
    await refusalCodeOf(call(routes.issueStickers, { ...reversed, authority: wanzhou.authority.id }, centre)),
  ).toBe("sticker.range-reversed");
  const long = { ...serials, ...typed(serials.from, "123456789"), partner };
  expect(await refusalCodeOf(call(routes.receiveStickers, long, centre))).toBe("sticker.serial-too-long");
  expect(
    await refusalCodeOf(call(routes.issueStickers, { ...serials, partner, authority: yuzhong.school.id }, centre)),
  ).toBe("sticker.authority-unknown");
  expect(
    await refusalCodeOf(call(routes.printStickers, { ...serials, partner, conclusion: "excellent" }, centre)),
  ).toBe("conclusion.unknown");
  next += 10;
});

test("N54: the same range issued to two districts at once goes to one", async () => {
  const { centreCustodian, centreHandler, wanzhou, yuzhong } = offices;
  const partner = centreHandler.accountId;
  const serials = range(5);
  await call(routes.receiveStickers, { ...serials, partner }, as(centreCustodian));
  const results = await Promise.allSettled(
    [wanzhou, yuzhong].map(({ authority }) =>
      call(routes.issueStickers, { ...serials, partner, authority: authority.id }, as(centreCustodian)),
    ),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a repeated movement with its key is one movement", async () => {
  const { centreCustodian, centreHandler, db } = offices;
  const serials = { ...range(3), partner: centreHandler.accountId };
  const receive = () =>
    call(routes.receiveStickers, serials, {
      context: offices.as(centreCustodian, { idempotencyKey: `receive-${serials.from}` }),
    });
  const one = await receive();
  expect(await receive()).toEqual(one);
  const { rows } = await db.owner.query("select count(*)::int as movements from shice.sticker_movement where id = $1", [
    one.movements[0]?.id,
  ]);
  expect(rows[0].movements).toBe(1);
});

test("N54: a count that differs from the books is explained", async () => {
  const { wanzhou } = offices;
  await issued(2);
  const { inHand } = await balanceOf(wanzhou.custodian, wanzhou.authority.id);
  const count = (counted: bigint, more: object = {}) =>
    call(
      routes.countStickers,
      { campaign, series, counted: String(counted), partner: wanzhou.custodian.accountId, ...more },
      as(wanzhou.handler),
    );
  expect(await count(BigInt(inHand))).toEqual({ expected: inHand, counted: inHand, difference: "0" });
  expect(await refusalCodeOf(count(BigInt(inHand) - 1n))).toBe("sticker.count-unexplained");
  expect(await count(BigInt(inHand) - 1n, { remark: "1枚待查" })).toMatchObject({ difference: "-1" });
});

test("N53: a district sees its own stock and movements, the centre all", async () => {
  const { wanzhou, yuzhong, centreHandler } = offices;
  await issued(1);
  const places = async (staff: Staff) =>
    new Set((await call(routes.listBalances, { campaign }, as(staff))).map(({ organisationId }) => organisationId));
  expect([...(await places(wanzhou.custodian))]).toEqual([wanzhou.authority.id]);
  expect((await places(yuzhong.custodian)).has(wanzhou.authority.id)).toBe(false);
  expect((await places(centreHandler)).has(wanzhou.authority.id)).toBe(true);
});

test("N54: revoked, a case tells which sticker is to be recalled; taken off by two people, it is scrapped once", async () => {
  const { wanzhou, yuzhong, approver, clock, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await concluded(offices, wanzhou, [application]);
  const { from } = await issued(1);
  await mark(application, from);
  const recall = (by: Staff, partner: Staff) =>
    call(
      routes.recallSticker,
      { campaign, application, partner: partner.accountId, reason: "damaged", witness: "王监销" },
      as(by),
    );
  expect(await refusalCodeOf(recall(wanzhou.handler, wanzhou.custodian))).toBe("sticker.nothing-to-recall");

  clock.set("2018-03-01T09:00");
  await call(
    decisionRoutes.revoke,
    { campaign, application, number: "渝教撤〔2018〕9号", reason: "查实提供虚假材料" },
    as(approver),
  );
  const { rows } = await db.owner.query(
    "select record from shice.application_history where application_id = $1 and transition = 'revoke'",
    [application],
  );
  expect(rows[0].record).toMatchObject({ recallSticker: { series, serial: from } });

  expect(await refusalCodeOf(recall(yuzhong.handler, yuzhong.custodian))).toBe("sticker.nothing-to-recall");
  const before = await balanceOf(wanzhou.lead, wanzhou.authority.id);
  expect(await recall(wanzhou.handler, wanzhou.custodian)).toMatchObject({
    kind: "recall",
    count: "1",
    witness: "王监销",
  });
  const after = await balanceOf(wanzhou.lead, wanzhou.authority.id);
  expect([BigInt(before.used) - BigInt(after.used), BigInt(after.scrapped) - BigInt(before.scrapped)]).toEqual([
    1n,
    1n,
  ]);
  expect(await refusalCodeOf(recall(wanzhou.handler, wanzhou.custodian))).toBe("sticker.nothing-to-recall");
});

test("N53, N54: serials are read as people type them; what is typed wrongly moves nothing and is quoted", async () => {
  const { centreCustodian, centreHandler } = offices;
  const { from } = range(20);
  const first = BigInt(from);
  const receive = (serials: string) =>
    call(routes.receiveStickers, { campaign, series, serials, partner: centreHandler.accountId }, as(centreCustodian));
  const several = await receive(`yz${from.padStart(8, "0")}—YZ${String(first + 4n).padStart(8, "0")}，${first + 9n}`);
  expect(several.count).toBe("6");
  expect(several.movements.map((movement) => [BigInt(movement.from), BigInt(movement.to)])).toEqual([
    [first, first + 4n],
    [first + 9n, first + 9n],
  ]);
  expect(await refusalCodeOf(receive("共100枚"))).toBe("sticker.serials-malformed");
  expect(await refusalCodeOf(receive("京B00000001"))).toBe("sticker.other-series");
  expect(await refusalCodeOf(receive(`${first + 10n}-${first + 12n},${first + 12n}`))).toBe("sticker.serial-twice");
  expect(await refusalCodeOf(receive(`${first + 9n}`))).toBe("sticker.received-already");
  // One of two ranges is there already: the other does not come in either.
  expect(await refusalCodeOf(receive(`${first + 15n},${first}`))).toBe("sticker.received-already");
  expect((await receive(`${first + 15n}`)).count).toBe("1");
});

test("N41: one certificate takes one sticker, its serial typed with the prefix or without", async () => {
  const { wanzhou } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await concluded(offices, wanzhou, [application]);
  const { from, to } = await issued(2);
  expect(await refusalCodeOf(mark(application, `${from}-${to}`))).toBe("sticker.one-a-certificate");
  expect(await refusalCodeOf(mark(application, "没有"))).toBe("sticker.serials-malformed");
  expect((await mark(application, `YZ${from.padStart(8, "0")}`)).state).toBe("marked");
});
