import { beforeAll, beforeEach, expect, test } from "vitest";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { documentsRoutes } from "../documents/routes.ts";
import { messagesRoutes } from "../messages/routes.ts";
import { readWorkbook } from "../platform/excel/reader.ts";
import { openTypesetter } from "../platform/typesetting/typesetter.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices, Staff } from "../testing/offices-shape.ts";
import { staffAt } from "../testing/schools.ts";
import { preliminaryRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
let secondClerk: Staff;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  secondClerk = await staffAt(offices, "school-clerk", offices.wanzhou.school);
  const typesetter = openTypesetter();
  Object.assign(offices.services, { typesetter });
  return () => typesetter.close();
});
beforeEach(() => offices.clock.set("2017-10-20T09:00"));

async function handedOver(count: number) {
  offices.clock.set("2017-10-20T09:00");
  const applications = await offices.confirmed(offices.wanzhou, count);
  const { manifest } = await call(
    confirmationRoutes.handOver,
    { campaign, applications },
    { context: offices.as(offices.wanzhou.clerk) },
  );
  offices.clock.set("2017-11-06T09:00");
  return { manifest: manifest ?? "", applications };
}
interface Bag {
  application: string | undefined;
  outcome: "received" | "differs" | "missing" | null;
  reasons?: string[];
  difference?: string;
  again?: boolean;
}
function settle(manifest: string, bags: Bag[], by = offices.wanzhou.reviewer) {
  const rows = bags.map(({ application = "", ...bag }) => ({ application, ...bag }));
  return call(routes.settleItems, { campaign, manifest, rows }, { context: offices.as(by) });
}
const close = (manifest: string) =>
  call(routes.closeReceipt, { campaign, manifest }, { context: offices.as(offices.wanzhou.lead) });
async function inboxOf(clerk: Staff) {
  const { items } = await call(messagesRoutes.listMessages, {}, { context: offices.as(clerk) });
  return items.filter(({ template }) => template === "manifest-difference");
}

test("N25: bags are received one after another over days; the school sees how far it is; closed once all are looked into", async () => {
  const { wanzhou, clock } = offices;
  const { manifest, applications } = await handedOver(4);
  const [first, second, third, fourth] = applications;
  await settle(manifest, [{ application: first, outcome: "received" }]);
  clock.set("2017-11-07T09:00");
  await settle(
    manifest,
    [
      { application: second, outcome: "differs", reasons: ["copies-short"], difference: "缺聘用合同" },
      { application: third, outcome: "missing" },
    ],
    wanzhou.secondReviewer,
  );
  const [listed] = (await call(routes.listManifests, { campaign }, { context: offices.as(wanzhou.clerk) })).items;
  expect(listed).toMatchObject({
    id: manifest,
    entries: 4,
    settled: 3,
    differing: 2,
    outstanding: 2,
    receivedAt: null,
  });
  const seen = await call(routes.getManifest, { campaign, manifest }, { context: offices.as(wanzhou.clerk) });
  expect(seen.items.map(({ outcome, difference, settledBy }) => [outcome, difference, settledBy])).toEqual([
    ["received", null, wanzhou.reviewer.name],
    ["differs", "材料缺项或份数不足；缺聘用合同", wanzhou.secondReviewer.name],
    ["missing", "材料袋未收到", wanzhou.secondReviewer.name],
    [null, null, null],
  ]);
  expect(seen.items[1]?.reasons).toEqual(["copies-short"]);

  expect(await refusalCodeOf(close(manifest))).toBe("manifest.unsettled");
  await settle(manifest, [{ application: fourth, outcome: "received" }]);
  expect(await close(manifest)).toMatchObject({ settled: 4, receivedBy: wanzhou.lead.name });
  expect(await refusalCodeOf(close(manifest))).toBe("manifest.received-already");
  const late = settle(manifest, [{ application: first, outcome: "missing", again: true }]);
  expect(await refusalCodeOf(late)).toBe("manifest.received-already");
});

test("a difference tells every clerk of the school, and not again while the message about the list is unread", async () => {
  const { wanzhou, yuzhong, clock } = offices;
  const { manifest, applications } = await handedOver(3);
  const [first, second, third] = applications;
  const before = (await inboxOf(wanzhou.clerk)).length;
  await settle(manifest, [{ application: first, outcome: "differs", difference: "照片缺一张" }]);
  clock.set("2017-11-06T09:10");
  await settle(manifest, [{ application: second, outcome: "missing" }]);
  const [message, ...others] = await inboxOf(wanzhou.clerk);
  expect(others).toHaveLength(before);
  const { number } = await call(routes.getManifest, { campaign, manifest }, { context: offices.as(wanzhou.clerk) });
  expect(message?.text).toContain(`交接清单${number}时`);
  expect(await inboxOf(secondClerk)).toHaveLength(before + 1);
  expect(await inboxOf(yuzhong.clerk)).toHaveLength(0);
  // Once it is read, what is found later is told anew.
  await call(messagesRoutes.markRead, { message: message?.id ?? "" }, { context: offices.as(wanzhou.clerk) });
  clock.set("2017-11-06T09:20");
  await settle(manifest, [{ application: third, outcome: "differs", difference: "证明未盖章" }]);
  expect(await inboxOf(wanzhou.clerk)).toHaveLength(before + 2);
  expect(await inboxOf(secondClerk)).toHaveLength(before + 1);
});

test("what was short and comes later is taken in with time and person, before the list is closed or after; once", async () => {
  const { wanzhou, yuzhong, clock } = offices;
  const { manifest, applications } = await handedOver(2);
  const [first = "", second = ""] = applications;
  const supplement = (application: string, by = wanzhou.reviewer) =>
    call(routes.supplementItem, { campaign, manifest, application, remark: "合同一份" }, { context: offices.as(by) });
  expect(await refusalCodeOf(supplement(first))).toBe("manifest.nothing-short");
  await settle(manifest, [
    { application: first, outcome: "received" },
    { application: second, outcome: "missing" },
  ]);
  expect(await refusalCodeOf(supplement(first))).toBe("manifest.nothing-short");
  expect(await refusalCodeOf(supplement(second, yuzhong.reviewer))).toBe("request.not-found");
  expect(await refusalCodeOf(supplement(second, wanzhou.clerk))).toBe("request.forbidden");
  await close(manifest);
  clock.set("2017-11-08T15:00");
  const outcomes = await Promise.allSettled([supplement(second), supplement(second, wanzhou.secondReviewer)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  const lost = outcomes.find((outcome) => outcome.status === "rejected");
  expect(lost?.reason.refusal.code).toBe("manifest.supplemented-already");
  const seen = await call(routes.getManifest, { campaign, manifest }, { context: offices.as(wanzhou.clerk) });
  expect(seen).toMatchObject({ differing: 1, outstanding: 0 });
  // The difference stays on record beside what came.
  expect(seen.items[1]).toMatchObject({
    outcome: "missing",
    difference: "材料袋未收到",
    supplement: "合同一份",
    supplementedAt: clock.now().toString(),
  });
});

test("a bag scanned twice is received once; what a colleague has noted is changed on purpose alone", async () => {
  const { wanzhou } = offices;
  const { manifest, applications } = await handedOver(2);
  const [first, second] = applications;
  await settle(manifest, [{ application: first, outcome: "received" }]);
  const twice = await settle(manifest, [{ application: first, outcome: "received" }], wanzhou.secondReviewer);
  expect(twice.items[0]?.settledBy).toBe(wanzhou.reviewer.name);
  await settle(manifest, [{ application: second, outcome: "differs", difference: "缺一份" }]);
  const over = (again: boolean) =>
    settle(manifest, [{ application: second, outcome: "received", again }], wanzhou.secondReviewer);
  expect(await refusalCodeOf(over(false))).toBe("manifest.settled-already");
  expect((await over(true)).items[1]).toMatchObject({ outcome: "received", difference: null, reasons: [] });
  const undone = await settle(manifest, [{ application: second, outcome: null, again: true }]);
  expect(undone).toMatchObject({ settled: 1, items: [{}, { outcome: null, settledAt: null }] });
});

test("two who look into bags of one list at once both get through, and nothing of either is lost", async () => {
  const { wanzhou } = offices;
  const { manifest, applications } = await handedOver(12);
  await Promise.all(
    applications.map((application, at) =>
      settle(
        manifest,
        [{ application, outcome: "received" }],
        at % 2 === 0 ? wanzhou.reviewer : wanzhou.secondReviewer,
      ),
    ),
  );
  const seen = await call(routes.getManifest, { campaign, manifest }, { context: offices.as(wanzhou.lead) });
  expect(seen.settled).toBe(12);
  expect(new Set(seen.items.map(({ settledBy }) => settledBy)).size).toBe(2);
});

test("whole receipt: what nobody looked into is there, differences are told, the list is closed", async () => {
  const { wanzhou, yuzhong } = offices;
  const { manifest, applications } = await handedOver(3);
  const [first = "", second = ""] = applications;
  await settle(manifest, [{ application: first, outcome: "missing" }]);
  const receive = (application: string, by = wanzhou.lead) =>
    call(
      routes.receiveManifest,
      { campaign, manifest, differences: [{ application, difference: "合同复印件缺章" }] },
      { context: offices.as(by) },
    );
  expect(await refusalCodeOf(receive(crypto.randomUUID()))).toBe("manifest.not-on-list");
  expect(await refusalCodeOf(receive(second, yuzhong.lead))).toBe("request.not-found");
  const seen = await receive(second);
  expect(seen.items.map(({ outcome, difference }) => [outcome, difference])).toEqual([
    ["missing", "材料袋未收到"],
    ["differs", "合同复印件缺章"],
    ["received", null],
  ]);
  expect(await refusalCodeOf(receive(second))).toBe("manifest.received-already");
});

test("a difference without a word is none; reasons are the plan's", async () => {
  const { manifest, applications } = await handedOver(1);
  const [application] = applications;
  const differs = (more: object) => settle(manifest, [{ application, outcome: "differs", ...more }]);
  expect(await refusalCodeOf(differs({}))).toBe("manifest.difference-needed");
  expect(await refusalCodeOf(differs({ reasons: ["conditions-met"] }))).toBe("reason.unknown");
  expect(await refusalCodeOf(differs({ reasons: ["other-grounds"] }))).toBe("reason.needs-text");
  expect((await differs({ reasons: ["unsigned"] })).items[0]?.difference).toBe("申请表未签名或未盖章");
});

test("a list is found by its number and by any bag that lies in it; those with something outstanding stand apart", async () => {
  const { wanzhou } = offices;
  const { manifest, applications } = await handedOver(2);
  await handedOver(1);
  const find = async (filter: object) =>
    (await call(routes.listManifests, { campaign, ...filter }, { context: offices.as(wanzhou.lead) })).items.map(
      ({ id }) => id,
    );
  const { number, items } = await call(
    routes.getManifest,
    { campaign, manifest },
    { context: offices.as(wanzhou.lead) },
  );
  expect(await find({ search: number.toLowerCase() })).toEqual([manifest]);
  expect(await find({ search: items[1]?.number })).toEqual([manifest]);
  expect(await find({ search: items[0]?.name })).toContain(manifest);
  expect(await find({ search: "%" })).toEqual([]);
  await settle(manifest, [{ application: applications[0], outcome: "missing" }]);
  expect(await find({ state: "outstanding" })).toContain(manifest);
  expect(await find({ state: "received", search: number })).toEqual([]);
  expect(await find({ state: "open", search: number })).toEqual([manifest]);
});

test("nothing is handed over twice: two clerks at once with the same folders, each case is on one list", async () => {
  const { wanzhou, db } = offices;
  const applications = await offices.confirmed(wanzhou, 12);
  const outcomes = await Promise.all([
    call(
      confirmationRoutes.handOver,
      { campaign, applications: applications.slice(0, 9) },
      { context: offices.as(wanzhou.clerk) },
    ),
    call(
      confirmationRoutes.handOver,
      { campaign, applications: applications.slice(3).toReversed() },
      { context: offices.as(secondClerk) },
    ),
  ]);
  expect(outcomes.reduce((sum, { outcome }) => sum + outcome.done, 0)).toBe(12);
  for (const { outcome } of outcomes) {
    for (const { ok, refusal } of outcome.rows) if (!ok) expect(refusal?.code).toBe("case.wrong-state");
  }
  const { rows } = await db.owner.query(
    `select application_id, count(*)::int as lists from shice.manifest_item where application_id = any($1) group by 1`,
    [applications],
  );
  expect(rows).toHaveLength(12);
  expect(rows.every(({ lists }) => lists === 1)).toBe(true);
  // A list with nothing on it is none.
  const again = await call(
    confirmationRoutes.handOver,
    { campaign, applications },
    { context: offices.as(wanzhou.clerk) },
  );
  expect(again).toMatchObject({ manifest: null, manifests: [], outcome: { done: 0, refused: 12 } });
});

test("the printed list and the workbook tell how far the receipt is, what is short, and what came later", async () => {
  const { wanzhou, clock } = offices;
  const { manifest, applications } = await handedOver(3);
  const [first, second, third = ""] = applications;
  const context = offices.as(wanzhou.reviewer);
  await settle(manifest, [
    { application: first, outcome: "received" },
    { application: second, outcome: "differs", reasons: ["unsigned"] },
    { application: third, outcome: "missing" },
  ]);
  clock.set("2017-11-08T15:00");
  await call(routes.supplementItem, { campaign, manifest, application: third, remark: "材料袋送到" }, { context });
  const file = await call(documentsRoutes.getManifestBook, { campaign, manifest }, { context });
  const book = await readWorkbook(Buffer.from(await file.arrayBuffer()));
  if ("code" in book) throw new Error(book.code);
  const rows = book.sheets[0]?.rows ?? [];
  expect(rows.flat()).toContain("签收：已核对 3 / 3");
  const listed = rows.filter(([position]) => typeof position === "number").map((row) => row.slice(8, 11));
  expect(listed).toEqual([
    ["收到"],
    ["有出入", "申请表未签名或未盖章"],
    ["已补交", "材料袋未收到", `2017年11月8日补交　${wanzhou.reviewer.name}收　材料袋送到`],
  ]);
  const sheet = await call(documentsRoutes.getManifestSheet, { campaign, manifest }, { context });
  expect((await sheet.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
});

test("N25: before it is signed the clerk sees what goes along: each case with its papers, and why one does not go", async () => {
  const { wanzhou, clock } = offices;
  const applications = await offices.confirmed(wanzhou, 2);
  const context = offices.as(wanzhou.clerk);
  const look = (kind: "first" | "again") => call(confirmationRoutes.listToHandOver, { campaign, kind }, { context });
  const { items, materials, more } = await look("first");
  const mine = items.filter(({ application }) => applications.includes(application));
  expect(mine).toHaveLength(2);
  expect(mine[0]?.copies.map(({ copies }) => copies)).toEqual(Array(materials.length).fill(2));
  expect([mine[0]?.refusal, more]).toEqual([null, false]);
  await call(confirmationRoutes.handOver, { campaign, applications }, { context });
  const left = (await look("first")).items.map(({ application }) => application);
  expect(left.filter((application) => applications.includes(application))).toEqual([]);

  clock.set("2017-11-07T09:00");
  const [sentBack = ""] = applications;
  await call(
    routes.sendBack,
    { campaign, application: sentBack, reasons: ["copy-unstamped"] },
    { context: offices.as(wanzhou.reviewer) },
  );
  const again = (await look("again")).items.find(({ application }) => application === sentBack);
  expect(again).toMatchObject({ asked: ["复印件未加盖“与原件相符”字样章和学校公章"], refusal: null });
  clock.set("2017-11-11T00:00");
  const late = (await look("again")).items.find(({ application }) => application === sentBack);
  expect(late?.refusal?.code).toBe("reply.over");
});
