import { beforeAll, expect, test } from "vitest";
import { isSignedBy } from "../platform/signing.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { concluded, reported, reviewed } from "../testing/through.ts";
import { decisionRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
});

async function rowOf(application: string) {
  const { rows } = await offices.db.owner.query("select * from shice.application where id = $1", [application]);
  return rows[0];
}
const commission = () => ({ context: offices.as(offices.approver) });

test("N38: decided by list under a number; the list is signed and can be checked without Shice", async () => {
  const { wanzhou, clock } = offices;
  const applications = await offices.handedOver(wanzhou, 3);
  const decision = await concluded(offices, wanzhou, applications, { number: "渝教注〔2017〕101号" });
  expect(await rowOf(applications[0] ?? "")).toMatchObject({
    state: "concluded",
    final_conclusion: "pass",
    decision_id: decision,
  });

  clock.set("2017-12-01T09:00");
  const found = await call(routes.getDecisionList, { campaign, decision }, { context: offices.as(offices.auditor) });
  expect(found).toMatchObject({
    number: "渝教注〔2017〕101号",
    kind: "conclude",
    entries: 3,
    signatureAlgorithm: "ed25519",
  });
  const signature = Buffer.from(found.signature, "base64");
  expect(isSignedBy(found.publicKey, "ed25519", Buffer.from(found.list), signature)).toBe(true);
  expect(isSignedBy(found.publicKey, "ed25519", Buffer.from(found.list.replace("pass", "fail")), signature)).toBe(
    false,
  );
  expect(JSON.parse(found.list).entries).toHaveLength(3);
});

test("N38: the decision window is 23 and 24 November", async () => {
  const { wanzhou, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await reviewed(offices, wanzhou, [application]);
  const conclude = () =>
    call(routes.conclude, { campaign, number: "渝教注〔2017〕102号", applications: [application] }, commission());
  clock.set("2017-11-22T23:59:59");
  const early = await conclude();
  expect(early.decision).toBeNull();
  expect(early.outcome.rows[0]?.refusal?.code).toBe("window.closed");
  clock.set("2017-11-25T00:00");
  expect((await conclude()).outcome.rows[0]?.refusal?.code).toBe("window.closed");
  clock.set("2017-11-24T23:59:59");
  expect((await conclude()).decision?.entries).toBe(1);
});

test("N38: a decision number is used once; what is not reviewed is refused row by row", async () => {
  const { wanzhou, clock } = offices;
  const ready = await offices.handedOver(wanzhou, 2);
  const [first = "", second = ""] = ready;
  await reviewed(offices, wanzhou, ready);
  const [onlyReported = ""] = await offices.handedOver(wanzhou, 1);
  await reported(offices, wanzhou, [onlyReported]);
  clock.set("2017-11-23T09:00");
  const number = "渝教注〔2017〕103号";
  const { outcome, decision } = await call(
    routes.conclude,
    { campaign, number, applications: [first, onlyReported, first] },
    commission(),
  );
  expect(outcome).toMatchObject({ done: 1, refused: 1 });
  expect(decision?.entries).toBe(1);
  const again = call(routes.conclude, { campaign, number, applications: [second] }, commission());
  expect(await refusalCodeOf(again)).toBe("decision.number-taken");
  expect((await rowOf(second)).state).toBe("reviewed");
});

test("N38: two decisions at once with one number: one stands, the other leaves nothing behind", async () => {
  const { wanzhou, clock } = offices;
  const [first = "", second = ""] = await offices.handedOver(wanzhou, 2);
  await reviewed(offices, wanzhou, [first, second]);
  clock.set("2017-11-23T09:00");
  const number = "渝教注〔2017〕104号";
  const results = await Promise.allSettled([
    call(routes.conclude, { campaign, number, applications: [first] }, commission()),
    call(routes.conclude, { campaign, number, applications: [second] }, commission()),
  ]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [lost] = results.filter((result) => result.status === "rejected");
  expect(lost?.reason.refusal.code).toBe("decision.number-taken");
  const states = [(await rowOf(first)).state, (await rowOf(second)).state].sort();
  expect(states).toEqual(["concluded", "reviewed"]);
});

test("N39, N42: a certificate of before 2017 takes a sticker, one of 2017 an annotation", async () => {
  const { wanzhou } = offices;
  const [old = ""] = await offices.handedOver(wanzhou, 1, { certificateIssuedOn: "2016-12-31" });
  const [recent = ""] = await offices.handedOver(wanzhou, 1, { certificateIssuedOn: "2017-01-01" });
  await concluded(offices, wanzhou, [old, recent]);
  expect((await rowOf(old)).mark_with).toBe("sticker");
  expect((await rowOf(recent)).mark_with).toBe("annotation");
});

test("N43: the conclusion is remembered for later campaigns; deferral does not raise the ordinal", async () => {
  const { wanzhou, db } = offices;
  const [passed = ""] = await offices.handedOver(wanzhou, 1);
  const [deferred = ""] = await offices.handedOver(wanzhou, 1);
  for (const application of [passed, deferred]) {
    await db.owner.query(
      `insert into shice.past_registration (id_number_index, concluded_on, conclusion, ordinal, source)
       select p.id_number_index, '2012-06-01', 'pass', 1, '2012' from shice.person p
       join shice.application a on a.person_id = p.id where a.id = $1`,
      [application],
    );
  }
  await concluded(offices, wanzhou, [passed]);
  await concluded(offices, wanzhou, [deferred], { conclusion: "defer" });
  const ordinalOf = async (application: string) => {
    const { rows } = await db.owner.query(
      `select r.conclusion, r.ordinal from shice.past_registration r
       join shice.person p using (id_number_index) join shice.application a on a.person_id = p.id
       where a.id = $1 and r.concluded_on = '2017-11-23'`,
      [application],
    );
    return rows[0];
  };
  expect(await ordinalOf(passed)).toEqual({ conclusion: "pass", ordinal: 2 });
  expect(await ordinalOf(deferred)).toEqual({ conclusion: "defer", ordinal: 1 });
});

test("the commission returns a case to the re-review, with its reason", async () => {
  const { wanzhou, clock } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await reviewed(offices, wanzhou, [application]);
  clock.set("2017-11-23T09:00");
  const input = { campaign, application, reason: "请复核任教学段" };
  const manager = call(routes.returnToReview, input, { context: offices.as(offices.manager) });
  expect(await refusalCodeOf(manager)).toBe("request.forbidden");
  expect((await call(routes.returnToReview, input, commission())).state).toBe("reported");
  expect((await rowOf(application)).reviewed_conclusion).toBeNull();
  expect(await refusalCodeOf(call(routes.returnToReview, input, commission()))).toBe("case.wrong-state");
});

test("a registration is revoked under a number of its own, signed; the conclusion that was stays on record", async () => {
  const { wanzhou, clock, db } = offices;
  const [application = ""] = await offices.handedOver(wanzhou, 1);
  await concluded(offices, wanzhou, [application], { number: "渝教注〔2017〕110号" });
  clock.set("2018-03-01T09:00");
  const revoke = (number: string) =>
    call(routes.revoke, { campaign, application, number, reason: "查实提供虚假材料" }, commission());
  expect(await refusalCodeOf(revoke("渝教注〔2017〕110号"))).toBe("decision.number-taken");
  expect((await revoke("渝教撤〔2018〕1号")).state).toBe("revoked");
  expect(await refusalCodeOf(revoke("渝教撤〔2018〕2号"))).toBe("case.wrong-state");
  expect(await rowOf(application)).toMatchObject({ final_conclusion: "pass" });

  const { items } = await call(routes.listDecisions, { campaign }, commission());
  const decision = items.find(({ number }) => number === "渝教撤〔2018〕1号");
  expect(decision).toMatchObject({ kind: "revoke", entries: 1 });
  const found = await call(routes.getDecisionList, { campaign, decision: decision?.id ?? "" }, commission());
  expect(JSON.parse(found.list)).toMatchObject({ kind: "revoke", entries: [{ conclusion: "revoked" }] });
  const { rows } = await db.owner.query(
    `select r.conclusion from shice.past_registration r join shice.person p using (id_number_index)
     join shice.application a on a.person_id = p.id where a.id = $1 order by r.concluded_on`,
    [application],
  );
  expect(rows.map(({ conclusion }) => conclusion)).toEqual(["pass", "revoked"]);
});
