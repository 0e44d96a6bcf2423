import { beforeAll, beforeEach, expect, test } from "vitest";
import { casesRoutes } from "../cases/routes.ts";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { preliminaryRoutes } from "../preliminary/routes.ts";
import { rosterRoutes } from "../roster/routes.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { District, Offices } from "../testing/offices-shape.ts";
import { anotherSchool, notApplied, onRoster } from "../testing/schools.ts";
import { recordedFacts } from "../testing/through.ts";
import { organisationsRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
});
let serial = 0;
let school: District;
beforeEach(async () => {
  offices.clock.set("2017-10-20T09:00");
  serial += 1;
  school = await anotherSchool(offices, offices.wanzhou, `万州区沙河${serial}中学校`);
});

const reason = "万州教委〔2017〕45号文件";
interface Splitting {
  on: string;
  ends: boolean;
  rest: number | null;
  parts: ({ school: string } | ReturnType<typeof fresh>)[];
  assigned: { person: string; part: number }[];
}
function split(change: Partial<Splitting>) {
  return call(
    routes.splitSchool,
    { school: school.school.id, on: "2017-10-20", reason, ends: true, rest: 0, parts: [], ...change },
    { context: offices.as(offices.manager) },
  );
}
const fresh = (name: string) => ({ name, kind: "primary" as const });

async function schoolsOf(applications: readonly string[]): Promise<string[]> {
  const { rows } = await offices.db.owner.query(
    "select a.school_id from unnest($1::uuid[]) with ordinality as i(id, place) join shice.application a on a.id = i.id order by place",
    [applications],
  );
  return rows.map(({ school_id }) => school_id);
}

test("a school that ends is split by a list: those named go where they are assigned, the rest to one", async () => {
  const applications = await submitted(offices, school, 4);
  await onRoster(offices, applications.slice(0, 3));
  await notApplied(offices, school, 2);
  const { items } = await call(
    routes.listSchoolPeople,
    { campaign, school: school.school.id },
    { context: offices.as(offices.manager) },
  );
  expect(items).toHaveLength(6);
  expect(items.filter(({ stateTitle }) => stateTitle === "待现场确认")).toHaveLength(4);
  expect(items.every(({ idNumberMasked }) => /[*＊●]/.test(idNumberMasked))).toBe(true);
  // One of the roster who has not applied, one without a roster entry, one with both.
  const offRoster = items.find(({ person }) => person === applications[3])?.person ?? "";
  const idle = items.find(({ stateTitle }) => stateTitle === null)?.person ?? "";
  const both = items.find(({ person, stateTitle }) => stateTitle !== null && person !== offRoster)?.person ?? "";
  const other = await anotherSchool(offices, offices.wanzhou, `万州区枇杷${serial}小学校`);
  const { parts, went } = await split({
    parts: [fresh(`万州区沙河${serial}小学校`), { school: other.school.id }],
    assigned: [offRoster, idle, both].map((person) => ({ person, part: 1 })),
  });
  expect(went.campaigns).toMatchObject([{ entries: 5, cases: 4 }]);
  expect(parts.map(({ id }) => id)[1]).toBe(other.school.id);
  const [made] = parts;
  expect(made).toMatchObject({ name: `万州区沙河${serial}小学校`, kind: "primary", validFrom: "2017-10-20" });
  const at = await schoolsOf(applications);
  expect(at.filter((id) => id === other.school.id)).toHaveLength(2);
  expect(at.filter((id) => id === made?.id)).toHaveLength(2);
  expect(at[3]).toBe(other.school.id);
  const roster = await call(rosterRoutes.listRoster, { campaign }, { context: offices.as(other.clerk) });
  expect(roster.items).toHaveLength(2);

  const look = (id: string) =>
    call(routes.getSchool, { campaign, school: id }, { context: offices.as(offices.wanzhou.lead) });
  const old = await look(school.school.id);
  expect(old).toMatchObject({ validTo: "2017-10-20", changes: [{ kind: "split" }, { kind: "added" }] });
  expect(old.became.map(({ name, kind }) => [name, kind]).toSorted()).toEqual(
    parts.map(({ name }) => [name, "split"]).toSorted(),
  );
  expect(old.changes[0]?.lines).toContain("经办人岗位随之终止：1个");
  expect(await look(made?.id ?? "")).toMatchObject({
    cameFrom: [{ id: school.school.id }],
    changes: [{ kind: "arose", lines: [`由“${school.school.name}”分立`, expect.stringContaining("名册3人，申请2件")] }],
  });
  expect((await look(other.school.id)).changes[0]).toMatchObject({ kind: "took-in" });
});

test("a school that goes on parts with those on the list alone; its clerks stay", async () => {
  const applications = await submitted(offices, school, 3);
  await onRoster(offices, applications);
  const { items } = await call(
    routes.listSchoolPeople,
    { campaign, school: school.school.id },
    { context: offices.as(offices.manager) },
  );
  const {
    went,
    parts,
    school: after,
  } = await split({
    ends: false,
    rest: null,
    parts: [fresh(`万州区沙河${serial}分校`)],
    assigned: [{ person: items[0]?.person ?? "", part: 0 }],
  });
  expect(went).toMatchObject({ campaigns: [{ entries: 1, cases: 1 }], clerks: [] });
  expect(after.validTo).toBeNull();
  const at = await schoolsOf(applications);
  expect(at.filter((id) => id === parts[0]?.id)).toHaveLength(1);
  const queue = await call(casesRoutes.countQueue, { campaign }, { context: offices.as(school.clerk) });
  expect(queue.total).toBe(2);
});

test("what is wrong with a split is told before anything is done", async () => {
  await submitted(offices, school, 1);
  const part = fresh(`万州区沙河${serial}小学校`);
  const codeOf = (change: Partial<Splitting>) => refusalCodeOf(split({ parts: [part], ...change }));
  expect(await codeOf({ rest: null })).toBe("school.rest-unassigned");
  expect(await codeOf({ rest: 3 })).toBe("school.part-unknown");
  expect(await codeOf({ parts: [{ school: school.school.id }] })).toBe("school.parts-alike");
  expect(await codeOf({ parts: [part, part] })).toBe("school.known");
  expect(await codeOf({ assigned: [{ person: crypto.randomUUID(), part: 0 }] })).toBe("school.people-gone");
  expect(await codeOf({ on: "2017-10-21" })).toBe("school.day-to-come");
  const { rows } = await offices.db.owner.query("select count(*)::int as n from shice.organisation where name = $1", [
    part.name,
  ]);
  expect(rows[0].n).toBe(0);
});

test("N15: with schools that pass to another authority goes what is not handed over; what the old one has it finishes", async () => {
  const { wanzhou, yuzhong, clock, manager } = offices;
  const second = await anotherSchool(offices, wanzhou, `万州区沙河${serial}幼儿园`);
  const [waiting = ""] = await submitted(offices, school, 1);
  const said = { name: "第一批", plannedOn: "2017-10-23", fromHour: null, toHour: null, place: null, remark: null };
  const asClerk = { context: offices.as(school.clerk) };
  const batch = await call(rosterRoutes.addBatch, { campaign, school: school.school.id, ...said }, asClerk);
  const [confirmed = "", other = ""] = await offices.confirmed(school, 2);
  const [ofSecond = ""] = await submitted(offices, second, 1);
  const [beyond = "", sentBack = ""] = await offices.handedOver(school, 2);
  clock.set("2017-11-06T09:00");
  await call(
    preliminaryRoutes.sendBack,
    { campaign, application: sentBack, reasons: ["copy-unstamped"] },
    { context: offices.as(wanzhou.reviewer) },
  );
  await onRoster(offices, [waiting, confirmed, beyond, sentBack]);
  const pass = (authority: string) =>
    call(
      routes.passSchools,
      { schools: [school.school.id, second.school.id], authority, on: "2017-11-06", reason },
      { context: offices.as(manager) },
    );
  expect(await refusalCodeOf(pass(wanzhou.authority.id))).toBe("school.authority-same");
  expect(await refusalCodeOf(pass(wanzhou.school.id))).toBe("school.no-such-authority");
  const { schools, went } = await pass(yuzhong.authority.id);
  expect(schools.map(({ authorityId }) => authorityId)).toEqual([yuzhong.authority.id, yuzhong.authority.id]);
  expect(went.campaigns).toMatchObject([{ entries: 2, cases: 4 }]);

  const { rows } = await offices.db.owner.query(
    `select a.id, a.authority_id, a.school_id from shice.application a where a.id = any($1)`,
    [[waiting, confirmed, other, ofSecond, beyond, sentBack]],
  );
  const authorityOf = (id: string) => rows.find((row) => row.id === id)?.authority_id;
  for (const id of [waiting, confirmed, other, ofSecond]) expect(authorityOf(id)).toBe(yuzhong.authority.id);
  for (const id of [beyond, sentBack]) expect(authorityOf(id)).toBe(wanzhou.authority.id);
  // What the school had planned is the new authority's to see.
  const plannedFor = async (district: District) => {
    const batches = await call(rosterRoutes.listBatches, { campaign }, { context: offices.as(district.lead) });
    return batches.map(({ id }) => id);
  };
  expect([await plannedFor(yuzhong), await plannedFor(wanzhou)]).toEqual([[batch.id], []]);

  // The school's clerk has both before him, and hands each over to whom it belongs: two lists.
  const { manifests, outcome } = await call(
    confirmationRoutes.handOver,
    { campaign, applications: [confirmed, other] },
    { context: offices.as(school.clerk) },
  );
  expect(outcome.done).toBe(2);
  expect(manifests).toMatchObject([{ authority: yuzhong.authority.name, entries: 2 }]);
  const again = await call(
    confirmationRoutes.handOverAgain,
    { campaign, applications: [sentBack] },
    { context: offices.as(school.clerk) },
  );
  expect(again.manifests).toMatchObject([{ authority: wanzhou.authority.name, entries: 1 }]);
  const lists = await call(preliminaryRoutes.listManifests, { campaign }, { context: offices.as(yuzhong.lead) });
  expect(lists.items.map(({ id }) => id)).toContain(manifests[0]?.id);
  const decide = (district: District, application: string) =>
    call(
      preliminaryRoutes.decide,
      { campaign, application, conclusion: "pass", reasons: ["conditions-met"] },
      { context: offices.as(district.reviewer) },
    );
  await recordedFacts(offices, wanzhou, beyond);
  await recordedFacts(offices, yuzhong, confirmed);
  expect((await decide(wanzhou, beyond)).state).toBe("preliminary");
  expect((await decide(yuzhong, confirmed)).state).toBe("preliminary");
  expect(await refusalCodeOf(decide(wanzhou, confirmed))).toBe("case.out-of-scope");

  const page = await call(
    routes.getSchool,
    { campaign, school: school.school.id },
    { context: offices.as(yuzhong.lead) },
  );
  expect(page.changes[0]).toMatchObject({
    kind: "passed",
    lines: [`${wanzhou.authority.name} → ${yuzhong.authority.name}`, expect.stringContaining("名册2人，申请3件")],
  });
  expect(page.figures).toMatchObject({ roster: 2, counts: { submitted: 1, preliminary: 1, "handed-over": 1 } });
  // The district that it left sees the school, and no longer who acts for it.
  const left = await call(
    routes.getSchool,
    { campaign, school: school.school.id },
    { context: offices.as(wanzhou.lead) },
  );
  expect([left.clerks, left.figures]).toEqual([null, null]);
});

test("a confirmation point that changes takes along what waits for it; other details change with a reason alone", async () => {
  const [waiting = ""] = await submitted(offices, school, 1);
  const [beyond = ""] = await offices.handedOver(school, 1);
  const change = (input: object) =>
    call(
      routes.changeSchool,
      { school: school.school.id, on: "2017-10-20", reason, ...input },
      { context: offices.as(offices.manager) },
    );
  expect(await refusalCodeOf(change({ kind: "junior" }))).toBe("school.nothing-changed");
  const said = { name: "第一批", plannedOn: "2017-10-23", fromHour: null, toHour: null, place: null, remark: null };
  const asClerk = { context: offices.as(school.clerk) };
  await call(rosterRoutes.addBatch, { campaign, school: school.school.id, ...said }, asClerk);
  const details = await change({ kind: "nine-year", ownership: "private", industryRun: true });
  expect(details).toMatchObject({ school: { kind: "nine-year", industryRun: true }, went: { campaigns: [] } });
  const planned = async () => await call(rosterRoutes.listBatches, { campaign }, asClerk);
  expect(await planned()).toHaveLength(1);
  const moved = await change({ confirmationPoint: "authority" });
  // Nobody comes to the school any more on the day that it had planned.
  expect(await planned()).toEqual([]);
  expect(moved.went.campaigns).toMatchObject([{ cases: 1 }]);
  const { rows } = await offices.db.owner.query(
    "select id, confirmation_point_id from shice.application where id = any($1)",
    [[waiting, beyond]],
  );
  const pointOf = (id: string) => rows.find((row) => row.id === id)?.confirmation_point_id;
  expect([pointOf(waiting), pointOf(beyond)]).toEqual([offices.wanzhou.authority.id, school.school.id]);
  const page = await call(
    routes.getSchool,
    { campaign, school: school.school.id },
    { context: offices.as(offices.manager) },
  );
  expect(page.changes.map(({ lines }) => lines)).toEqual([
    [`确认点：本校 → ${offices.wanzhou.authority.name}`, expect.stringContaining("申请1件")],
    ["类别：初级中学 → 九年一贯制学校", "举办者：公办 → 民办", "行业办学：否 → 是"],
    [`注册机构：${offices.wanzhou.authority.name}`],
  ]);
});
