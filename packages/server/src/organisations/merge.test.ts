import { beforeAll, beforeEach, expect, test } from "vitest";
import { casesRoutes } from "../cases/routes.ts";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { messagesRoutes } from "../messages/routes.ts";
import { preliminaryRoutes } from "../preliminary/routes.ts";
import { rosterRoutes } from "../roster/routes.ts";
import { sweep } from "../sweep/sweep.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, momentOf, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { District, Offices, Staff } from "../testing/offices-shape.ts";
import { anotherSchool, notApplied, onRoster, staffAt } from "../testing/schools.ts";
import { recordedFacts } from "../testing/through.ts";
import { verified } from "../testing/verified.ts";
import { organisationsRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
let administrator: Staff;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  administrator = await staffAt(offices, "account-administrator", offices.centre);
});
let serial = 0;
let from: District;
let into: District;
beforeEach(async () => {
  offices.clock.set("2017-10-20T09:00");
  serial += 1;
  from = await anotherSchool(offices, offices.wanzhou, `万州区龙宝${serial}小学校`);
  into = await anotherSchool(offices, offices.wanzhou, `万州区天城${serial}小学校`);
});

const reason = "万州教委〔2017〕31号文件";
function merge(by: Staff = offices.manager, options: { idempotencyKey?: string } = {}, change: object = {}) {
  return call(
    routes.mergeSchool,
    { school: from.school.id, into: into.school.id, on: "2017-10-19", reason, ...change },
    { context: offices.as(by, options) },
  );
}

async function rowsOf(applications: readonly string[]) {
  const { rows } = await offices.db.owner.query(
    `select a.*, r.school_id as entry_school, r.confirmation_point_id as entry_point from unnest($1::uuid[]) with ordinality as i(id, place)
     join shice.application a on a.id = i.id join shice.person p on p.id = a.person_id
     left join shice.roster_entry r on r.campaign_id = a.campaign_id and r.id_number_index = p.id_number_index order by i.place`,
    [applications],
  );
  return rows;
}

/** One case in each state that a school knows, all on the roster. */
async function oneOfEach() {
  const { clock } = offices;
  const [waiting = "", returned = ""] = await submitted(offices, from, 2);
  await call(
    confirmationRoutes.returnToApplicant,
    { campaign, application: returned, reasons: ["post-differs"] },
    { context: offices.as(from.clerk) },
  );
  const [confirmed = ""] = await offices.confirmed(from, 1);
  const [beyond = "", sentBack = ""] = await offices.handedOver(from, 2);
  clock.set("2017-11-06T09:00");
  await call(
    preliminaryRoutes.sendBack,
    { campaign, application: sentBack, reasons: ["copy-unstamped"] },
    { context: offices.as(from.reviewer) },
  );
  clock.set("2017-11-06T10:00");
  await onRoster(offices, [waiting, returned, confirmed, beyond, sentBack]);
  return { waiting, returned, confirmed, beyond, sentBack };
}

test("N15: what lies with a school that merges goes on at its successor, with its history; what is handed over stays", async () => {
  const { db } = offices;
  const cases = await oneOfEach();
  await notApplied(offices, from, 3);
  const before = await call(
    routes.getConsequences,
    { school: from.school.id },
    { context: offices.as(offices.manager) },
  );
  expect(before).toMatchObject({
    campaigns: [
      {
        campaign,
        entries: 6,
        entriesSentBack: 1,
        draft: 0,
        submitted: 1,
        returned: 1,
        confirmed: 1,
        sentBack: 1,
        beyond: 1,
        ended: 0,
      },
    ],
    clerks: [{ name: from.clerk.name }],
  });

  const { school, went } = await merge();
  expect(school.validTo).toBe("2017-10-19");
  expect(went).toEqual({
    campaigns: [{ campaign, title: offices.plan.title, entries: 7, cases: 4, extensions: 0 }],
    clerks: [from.clerk.name],
  });
  const moved = [cases.waiting, cases.returned, cases.confirmed, cases.sentBack];
  for (const row of await rowsOf(moved)) {
    expect(row).toMatchObject({
      school_id: into.school.id,
      confirmation_point_id: into.school.id,
      authority_id: into.authority.id,
      entry_school: into.school.id,
      entry_point: into.school.id,
    });
    expect(row.form.schoolId).toBe(into.school.id);
  }
  expect((await rowsOf(moved)).map(({ state }) => state)).toEqual(["submitted", "returned", "confirmed", "sent-back"]);
  const [stayed] = await rowsOf([cases.beyond]);
  expect(stayed).toMatchObject({ state: "handed-over", school_id: from.school.id, entry_school: from.school.id });

  const history = await call(
    casesRoutes.listHistory,
    { campaign, application: cases.confirmed },
    { context: offices.as(into.clerk) },
  );
  expect(history.at(-1)).toMatchObject({
    transition: "follow-school",
    title: "随学校变动转移",
    role: "system",
    reason,
    record: {
      school: into.school.id,
      from: from.school.id,
      words: { from: from.school.name, to: into.school.name },
    },
  });
  // The teacher is told, and the clerks to whom it came.
  const { rows: told } = await db.owner.query(
    "select application_id from shice.message where template = 'school-changed' and channel = 'inbox' and application_id = any($1)",
    [[...moved, cases.beyond]],
  );
  expect(told).toHaveLength(4);
  const inbox = await call(messagesRoutes.listMessages, {}, { context: offices.as(into.clerk) });
  expect(inbox.items[0]?.text).toContain(`“${from.school.name}”已并入本校`);
  expect(inbox.items[0]?.text).toContain("名册7人、未报送的申请4件");

  // The page's sentence is true: the successor goes on with all of it, and the district still has its own.
  const roster = await call(rosterRoutes.countRoster, { campaign }, { context: offices.as(into.clerk) });
  expect(roster).toMatchObject({ due: 7, applied: 4, notApplied: 3 });
  const handed = await call(
    confirmationRoutes.handOver,
    { campaign, applications: [cases.confirmed] },
    { context: offices.as(into.clerk) },
  );
  expect(handed.outcome).toMatchObject({ done: 1, refused: 0 });
  const again = await call(
    confirmationRoutes.handOverAgain,
    { campaign, applications: [cases.sentBack] },
    { context: offices.as(into.clerk) },
  );
  expect(again.outcome.done).toBe(1);
  await recordedFacts(offices, from, cases.beyond);
  const decided = await call(
    preliminaryRoutes.decide,
    { campaign, application: cases.beyond, conclusion: "pass", reasons: ["conditions-met"] },
    { context: offices.as(from.reviewer) },
  );
  expect(decided.state).toBe("preliminary");
});

test("the clerks' posts and open invitations of the ended school end, no other's", async () => {
  const { db } = offices;
  await db.owner.query(
    `insert into shice.invitation (role, organisation_id, name, email_sealed, email_index, token_hash, invited_at, expires_at)
     values ('school-clerk', $1, '待邀', 'x', 'x', gen_random_uuid()::text::bytea, now(), now() + interval '3 days')`,
    [from.school.id],
  );
  await merge();
  const { rows } = await db.owner.query(
    `select organisation_id, valid_to is null as open from shice.post where organisation_id = any($1) order by open`,
    [[from.school.id, into.school.id]],
  );
  expect(rows).toEqual([
    { organisation_id: from.school.id, open: false },
    { organisation_id: into.school.id, open: true },
  ]);
  const { rows: invited } = await db.owner.query(
    "select withdrawn_at is not null as gone from shice.invitation where organisation_id = $1",
    [from.school.id],
  );
  expect(invited).toEqual([{ gone: true }]);
  const { rows: audited } = await db.owner.query("select action from shice.audit_entry where subject_id = $1", [
    from.clerk.postId,
  ]);
  expect(audited).toEqual([{ action: "end-post" }]);
});

/** The clerk goes through who would lapse: nobody lapses unseen. */
async function see(clerk: Staff, application: string): Promise<void> {
  const seen = await call(
    rosterRoutes.acknowledgeLapse,
    { campaign, applications: [application] },
    { context: offices.as(clerk) },
  );
  expect(seen).toEqual({ seen: 1 });
}

test("a deadline told to somebody is not shortened: the school's extension goes along with each case", async () => {
  const { db, clock } = offices;
  const [waiting = ""] = await submitted(offices, from, 1);
  await see(from.clerk, waiting);
  await db.owner.query(
    `insert into shice.extension (campaign_id, stage, school_id, from_at, until_at, reason, granted_by, granted_at)
     values ($1, 'confirm', $2, $3, $4, '校舍维修', $5, $3)`,
    [
      offices.campaign.id,
      from.school.id,
      clock.now().toString(),
      momentOf("2017-11-10T00:00").toString(),
      offices.manager.accountId,
    ],
  );
  const { went } = await merge();
  expect(went.campaigns[0]?.extensions).toBe(1);
  clock.set("2017-11-05T09:00");
  await sweep(offices.services);
  expect((await rowsOf([waiting]))[0]?.state).toBe("submitted");
  // What the ended school looked at, its successor has not.
  clock.set("2017-11-10T00:00");
  await sweep(offices.services);
  expect((await rowsOf([waiting]))[0]?.state).toBe("submitted");
  await see(into.clerk, waiting);
  await sweep(offices.services);
  expect((await rowsOf([waiting]))[0]?.state).toBe("lapsed");
});

test("what the district sends back after the merger comes to the successor, and the roster entry with it", async () => {
  const { clock } = offices;
  const [beyond = ""] = await offices.handedOver(from, 1);
  await onRoster(offices, [beyond]);
  await merge();
  clock.set("2017-11-07T09:00");
  await call(
    preliminaryRoutes.sendBack,
    { campaign, application: beyond, reasons: ["copy-unstamped"] },
    { context: offices.as(from.reviewer) },
  );
  expect((await rowsOf([beyond]))[0]).toMatchObject({
    state: "sent-back",
    school_id: into.school.id,
    confirmation_point_id: into.school.id,
    entry_school: into.school.id,
  });
  const again = await call(
    confirmationRoutes.handOverAgain,
    { campaign, applications: [beyond] },
    { context: offices.as(into.clerk) },
  );
  expect(again.outcome.done).toBe(1);
});

test("a list of the ended school tells the district who goes on for it", async () => {
  const applications = await offices.confirmed(from, 1);
  const { manifest } = await call(
    confirmationRoutes.handOver,
    { campaign, applications },
    { context: offices.as(from.clerk) },
  );
  await merge();
  const seen = await call(
    preliminaryRoutes.getManifest,
    { campaign, manifest: manifest ?? "" },
    { context: offices.as(from.reviewer) },
  );
  expect(seen).toMatchObject({ point: from.school.name, continuedBy: into.school.name });
});

test("what lapsed at the ended school is taken up again at the successor of its successor", async () => {
  const { clock, db } = offices;
  const [lapsing = ""] = await submitted(offices, from, 1);
  await onRoster(offices, [lapsing]);
  await see(from.clerk, lapsing);
  clock.set("2017-11-04T00:00");
  await sweep(offices.services);
  expect((await rowsOf([lapsing]))[0]?.state).toBe("lapsed");
  const { went } = await merge();
  // Its case stays where it ended, and so does the entry.
  expect(went.campaigns).toEqual([]);
  const last = await anotherSchool(offices, offices.wanzhou, `万州区百安${serial}小学校`);
  await call(
    routes.mergeSchool,
    { school: into.school.id, into: last.school.id, on: "2017-10-20", reason },
    { context: offices.as(offices.manager) },
  );
  await db.owner.query(
    `insert into shice.extension (campaign_id, stage, application_id, from_at, until_at, reason, granted_by, granted_at)
     values ($1, 'confirm', $2, $3, $4, '因公外派', $5, $3)`,
    [
      offices.campaign.id,
      lapsing,
      clock.now().toString(),
      momentOf("2017-11-10T00:00").toString(),
      offices.manager.accountId,
    ],
  );
  const reopened = await call(
    casesRoutes.reopen,
    { campaign, application: lapsing, reason: "因公外派，逾期系学校原因" },
    { context: offices.as(offices.manager) },
  );
  expect(reopened.state).toBe("submitted");
  expect((await rowsOf([lapsing]))[0]).toMatchObject({ school_id: last.school.id, entry_school: last.school.id });
  await call(casesRoutes.getCase, { campaign, application: lapsing }, { context: offices.as(last.clerk) });
});

test("whom the ended school had in a batch and gone through, its successor plans and goes through anew", async () => {
  const [entry = ""] = await notApplied(offices, from, 1);
  const selection = { entries: [entry] };
  const asClerk = { context: offices.as(from.clerk) };
  await offices.db.owner.query("update shice.roster_entry set confirmation_point_id = school_id where id = $1", [
    entry,
  ]);
  const said = {
    name: "第一批",
    plannedOn: "2017-10-23",
    fromHour: "09:00",
    toHour: "11:30",
    place: "行政楼",
    remark: null,
  };
  const batch = await call(rosterRoutes.addBatch, { campaign, school: from.school.id, ...said }, asClerk);
  await call(rosterRoutes.assignBatch, { campaign, batch: batch.id, selection }, asClerk);
  await call(rosterRoutes.announceBatch, { campaign, batch: batch.id }, asClerk);
  await call(rosterRoutes.markSeen, { campaign, selection }, asClerk);
  const lookUp = async () => {
    const { rows } = await offices.db.owner.query("select * from shice.roster_entry where id = $1", [entry]);
    return rows[0];
  };
  expect(await lookUp()).toMatchObject({ batch_id: batch.id, batch_told: 1, seen_by: from.clerk.accountId });

  await merge();
  expect(await lookUp()).toMatchObject({
    school_id: into.school.id,
    batch_id: null,
    batch_told: null,
    seen_by: null,
    seen_at: null,
  });
  const { rows } = await offices.db.owner.query("select removed_at from shice.school_batch where id = $1", [batch.id]);
  expect(rows).toEqual([{ removed_at: expect.anything() }]);
});

test("a folder on somebody's table at the ended school is on nobody's at the successor", async () => {
  const [waiting = ""] = await submitted(offices, from, 1);
  await call(confirmationRoutes.takeUp, { campaign, application: waiting }, { context: offices.as(from.clerk) });
  await merge();
  const found = await call(confirmationRoutes.findAtDesk, { campaign }, { context: offices.as(into.clerk) });
  expect(found.items.map(({ id, held }) => [id, held])).toEqual([[waiting, null]]);
});

test("the administrator of accounts merges too, sees numbers alone, and the history says that the system moved the cases", async () => {
  const cases = await oneOfEach();
  const { went } = await merge(administrator);
  expect(went.campaigns[0]).toMatchObject({ entries: 4, cases: 4 });
  const denied = call(
    routes.listSchoolPeople,
    { campaign, school: into.school.id },
    { context: offices.as(administrator) },
  );
  expect(await refusalCodeOf(denied)).toBe("request.forbidden");
  const history = await call(
    casesRoutes.listHistory,
    { campaign, application: cases.waiting },
    { context: offices.as(into.clerk) },
  );
  const last = history.at(-1);
  expect(last).toMatchObject({ role: "system", actor: null });
  const page = await call(
    routes.getSchool,
    { campaign, school: from.school.id },
    { context: offices.as(administrator) },
  );
  expect(page.figures).toBeNull();
  expect(page.changes[0]).toMatchObject({ id: last?.record["change"], kind: "merged", by: administrator.name, reason });
});

test("two that merge into each other at once: one does, the other is told", async () => {
  await submitted(offices, from, 2);
  await submitted(offices, into, 2);
  const there = merge();
  const back = merge(offices.manager, {}, { school: into.school.id, into: from.school.id });
  const outcomes = await Promise.allSettled([there, back]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const lost = outcomes.find((outcome) => outcome.status === "rejected");
  expect(lost?.reason.refusal).toMatchObject({ code: "school.ended-already" });
});

test("a clerk who confirms while the school merges: the case is confirmed or refused, and goes along either way", async () => {
  const applications = await offices.confirmed(from, 6);
  const [merged] = await Promise.allSettled([
    merge(),
    ...applications.map((application) =>
      call(
        confirmationRoutes.unconfirm,
        { campaign, application, reason: "再核对一次" },
        { context: offices.as(from.clerk) },
      ),
    ),
  ]);
  expect(merged?.status).toBe("fulfilled");
  for (const row of await rowsOf(applications)) {
    expect(["confirmed", "submitted"]).toContain(row.state);
    expect(row.school_id).toBe(into.school.id);
  }
});

test("the same request again, with its key, merges once and is answered as before", async () => {
  await submitted(offices, from, 1);
  const options = { idempotencyKey: `merge-${from.school.id}` };
  expect(await merge(offices.manager, options)).toEqual(await merge(offices.manager, options));
  expect(await refusalCodeOf(merge())).toBe("school.ended-already");
});

test("refused, nothing is half done: a day to come, a day before the school was there, itself, an ended one", async () => {
  const [waiting = ""] = await submitted(offices, from, 1);
  expect(await refusalCodeOf(merge(offices.manager, {}, { on: "2017-10-21" }))).toBe("school.day-to-come");
  expect(await refusalCodeOf(merge(offices.manager, {}, { on: "1999-09-01" }))).toBe("school.day-before-founding");
  expect(await refusalCodeOf(merge(offices.manager, {}, { into: from.school.id }))).toBe("school.into-itself");
  expect(await refusalCodeOf(merge(offices.manager, {}, { into: crypto.randomUUID() }))).toBe("request.not-found");
  // A school of a district that takes no part in the campaign cannot take the cases; an empty school it could.
  const { rows } = await offices.db.owner.query(
    `insert into shice.organisation (kind, name, valid_from, created_at) values ('authority', '某县教委', '2000-01-01', now()) returning id`,
  );
  const outside = await anotherSchool(
    offices,
    { ...from, authority: { id: rows[0].id, name: "某县教委", kind: "authority" } },
    `某县${serial}小学校`,
  );
  expect(await refusalCodeOf(merge(offices.manager, {}, { into: outside.school.id }))).toBe(
    "school.cases-cannot-follow",
  );
  const page = await call(
    routes.getSchool,
    { campaign, school: from.school.id },
    { context: offices.as(offices.manager) },
  );
  expect(page.validTo).toBeNull();
  expect(page.changes.map(({ kind }) => kind)).toEqual(["added"]);
  expect((await rowsOf([waiting]))[0]?.school_id).toBe(from.school.id);
});

test("N51: every case that followed stands in a history that holds together", async () => {
  const report = await verified(offices);
  expect(report.faults).toEqual([]);
});
