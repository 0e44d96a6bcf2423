import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { call } from "@orpc/server";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { type StaffRole, scopeOfPost } from "@shice/rules/lifecycle/role.ts";
import { parsePlan } from "@shice/rules/plan/parse.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { type Room, underPlanInForce } from "../application/act.ts";
import { Campaigns } from "../application/campaign.ts";
import type { RequestContext, Services } from "../application/context.ts";
import { type HistoryRow, historyHashOf } from "../application/history.ts";
import { transition } from "../application/transition.ts";
import type { Clock } from "../platform/clock.ts";
import { readConfig } from "../platform/config.ts";
import { openLog } from "../platform/log.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";

const planFile = fileURLToPath(new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url));

/** A clock that a test sets, in Beijing time. */
export interface TestClock extends Clock {
  set(local: string): void;
}

function testClock(): TestClock {
  let at = momentOf("2017-11-06T09:00");
  return {
    now: () => at,
    set: (local) => {
      at = momentOf(local);
    },
  };
}

/** A Beijing time, written 2017-11-06T09:00. */
export function momentOf(local: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
}

interface Organisation {
  id: string;
  name: string;
  kind: "commission" | "centre" | "authority" | "school";
}

export interface Staff {
  accountId: string;
  postId: string;
  name: string;
  role: StaffRole;
  organisation: Organisation;
}

/** One district with its school and all its people. */
export interface District {
  authority: Organisation;
  school: Organisation;
  clerk: Staff;
  reviewer: Staff;
  secondReviewer: Staff;
  lead: Staff;
  custodian: Staff;
  handler: Staff;
}

export interface Offices {
  db: TestDatabase;
  services: Services;
  clock: TestClock;
  plan: Plan;
  campaign: { id: string; key: string };
  wanzhou: District;
  yuzhong: District;
  centre: Organisation;
  centreReviewer: Staff;
  secondCentreReviewer: Staff;
  centreCustodian: Staff;
  centreHandler: Staff;
  manager: Staff;
  approver: Staff;
  auditor: Staff;
  /** A request by this person, or by nobody. */
  as(staff: Staff | null, options?: { idempotencyKey?: string }): RequestContext;
  /** Applications that a school has confirmed and handed over, by real acts from `submitted` on. */
  handedOver(district: District, count: number, facts?: Partial<ApplicationFacts>): Promise<string[]>;
}

interface ApplicationFacts {
  certificateIssuedOn: string;
  form: Record<string, unknown>;
  flags: string[];
  registrationKind: "first" | "periodic";
  planText: (plan: Plan) => Plan;
}

/** The campaign of 2017 with two districts, the centre and the commission, in a database of its own. */
export async function openOffices(changePlan: (plan: Plan) => Plan = (plan) => plan): Promise<Offices> {
  const db = await testDatabase();
  const { owner } = db;
  const clock = testClock();
  const source = readFileSync(planFile, "utf8");
  const { plan: parsed } = parsePlan(source);
  if (parsed === undefined) throw new Error("the plan of 2017 does not parse");
  const plan = changePlan(parsed);
  const created = momentOf("2017-09-06T09:00").toString();

  async function organisation(key: string, name: string, kind: Organisation["kind"]): Promise<Organisation> {
    const { rows } = await owner.query(
      `insert into shice.organisation (key, kind, name, valid_from, created_at) values ($1, $2, $3, '2000-01-01', $4) returning id`,
      [key, kind, name, created],
    );
    return { id: rows[0].id, name, kind };
  }
  let people = 0;
  async function staff(role: StaffRole, at: Organisation): Promise<Staff> {
    people += 1;
    const accountId = randomUUID();
    const name = `工作人员${people}`;
    await owner.query(`insert into shice.account (id, kind, display_name, created_at) values ($1, 'staff', $2, $3)`, [
      accountId,
      name,
      created,
    ]);
    const { rows } = await owner.query(
      `insert into shice.post (account_id, role, organisation_id, valid_from) values ($1, $2, $3, $4) returning id`,
      [accountId, role, at.id, created],
    );
    return { accountId, postId: rows[0].id, name, role, organisation: at };
  }

  const commission = await organisation(plan.bodies.final.key, plan.bodies.final.name, "commission");
  const centre = await organisation("chongqing-centre", "重庆市教师资格认定指导中心", "centre");
  const { rows: campaigns } = await owner.query(
    `insert into shice.campaign (key, title, plan_version, created_at) values ($1, $2, 1, $3) returning id`,
    [plan.key, plan.title, created],
  );
  const campaign = { id: String(campaigns[0].id), key: plan.key };
  await owner.query(
    `insert into shice.plan_version (campaign_id, version, plan, source, source_hash, reason, published_at)
     values ($1, 1, $2, $3, sha256(convert_to($3::text, 'UTF8')), '按通知制定', $4)`,
    [campaign.id, JSON.stringify(plan), source, created],
  );
  await owner.query(`select shice.create_campaign_partitions($1)`, [campaign.id]);
  await owner.query(
    `insert into shice.campaign_body (campaign_id, organisation_id, part) values ($1, $2, 'final'), ($1, $3, 'review'), ($1, $3, 'operator')`,
    [campaign.id, commission.id, centre.id],
  );

  async function district(area: string, schoolName: string): Promise<District> {
    const authorityName = plan.areas.find(({ key }) => key === area)?.authority.name ?? area;
    const authority = await organisation(`${area}-education`, authorityName, "authority");
    const school = await organisation(`${area}-school`, schoolName, "school");
    await owner.query(
      `insert into shice.school (organisation_id, institution_kind, ownership, authority_id, confirmation_point_id)
       values ($1, 'junior', 'public', $2, $1)`,
      [school.id, authority.id],
    );
    await owner.query(
      `insert into shice.campaign_body (campaign_id, organisation_id, part, area_key, review_body_id) values ($1, $2, 'authority', $3, $4)`,
      [campaign.id, authority.id, area, plan.stages.review === undefined ? null : centre.id],
    );
    return {
      authority,
      school,
      clerk: await staff("school-clerk", school),
      reviewer: await staff("district-reviewer", authority),
      secondReviewer: await staff("district-reviewer", authority),
      lead: await staff("district-lead", authority),
      custodian: await staff("sticker-custodian", authority),
      handler: await staff("sticker-handler", authority),
    };
  }

  const read = readConfig({ SHICE_SECRET: "a".repeat(32) });
  if (!("config" in read)) throw new Error("the configuration of tests is refused");
  const services = {
    config: read.config,
    database: db.database,
    clock,
    secrets: db.secrets,
    campaigns: new Campaigns(db.database),
    log: openLog("silent"),
  } as unknown as Services; // accounts are no part of these rooms

  const offices: Offices = {
    db,
    services,
    clock,
    plan,
    campaign,
    centre,
    wanzhou: await district("wanzhou", "万州区第一中学"),
    yuzhong: await district("yuzhong", "渝中区实验中学"),
    centreReviewer: await staff("centre-reviewer", centre),
    secondCentreReviewer: await staff("centre-reviewer", centre),
    centreCustodian: await staff("sticker-custodian", centre),
    centreHandler: await staff("sticker-handler", centre),
    manager: await staff("campaign-manager", centre),
    approver: await staff("commission-approver", commission),
    auditor: await staff("auditor", commission),
    as: (person, options = {}) => contextOf(services, person, options),
    handedOver: (at, count, facts = {}) => handedOver(offices, at, count, facts),
  };
  return offices;
}

function contextOf(
  services: Services,
  person: Staff | null,
  { idempotencyKey }: { idempotencyKey?: string },
): RequestContext {
  return {
    services,
    requestId: randomUUID(),
    address: "127.0.0.1",
    requestHeaders: new Headers(),
    responseHeaders: new Headers(),
    idempotency: idempotencyKey === undefined ? null : { key: idempotencyKey, requestHash: Buffer.alloc(32) },
    session:
      person === null
        ? null
        : {
            id: randomUUID(),
            token: "",
            accountId: person.accountId,
            kind: "staff",
            personId: null,
            name: person.name,
            emailVerified: true,
            expiresAt: services.clock.now().add({ hours: 1 }),
            posts: [{ id: person.postId, role: person.role, organisation: person.organisation }],
            actor: {
              role: person.role,
              accountId: person.accountId,
              personId: null,
              postId: person.postId,
              organisationId: person.organisation.id,
              scope: scopeOfPost(person.role, person.organisation),
            },
          },
  };
}

/** Applications start here as `submitted`, with the first row of their history; the school's acts are real ones. */
async function handedOver(
  offices: Offices,
  { authority, school, clerk }: District,
  count: number,
  facts: Partial<ApplicationFacts>,
): Promise<string[]> {
  const { campaign, centre, clock, db, plan } = offices;
  const back = clock.now();
  clock.set("2017-10-20T09:00");
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await submitted(offices, { authority, school, facts, centreId: plan.stages.review && centre.id }));
  }
  await db.owner.query(
    `insert into shice.material_check (campaign_id, application_id, material, concerns, original_seen, copy_stamped, copies, supplied_by, signer, checked_by, checked_at)
     select $1, a.id, m.material, m.concerns, true, true, 2, m.supplied_by, '校长', $3, $4
     from unnest($2::uuid[]) as a(id), jsonb_to_recordset($5) as m(material text, concerns text, supplied_by text)`,
    [
      campaign.id,
      ids,
      clerk.accountId,
      clock.now().toString(),
      JSON.stringify(
        plan.materials.flatMap(({ key, variants }) =>
          variants
            .filter(({ concerns }) => !["newly-hired"].includes(concerns))
            .slice(0, 1)
            .map(({ concerns, suppliedBy }) => ({ material: key, concerns, supplied_by: suppliedBy })),
        ),
      ),
    ],
  );
  await db.owner.query(
    `insert into shice.certificate_check (campaign_id, application_id, field, agrees, checked_by, checked_at)
     select $1, a.id, f.field, true, $3, $4 from unnest($2::uuid[]) as a(id), unnest($5::text[]) as f(field)`,
    [campaign.id, ids, clerk.accountId, clock.now().toString(), [...comparedFields]],
  );
  await inRoom(offices, clerk, async (room) => {
    for (const name of ["confirm", "hand-over"] as const) {
      const outcomes = await transition(
        room,
        name,
        ids.map((applicationId) => ({ applicationId })),
      );
      for (const outcome of outcomes) if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.refusal)}`);
    }
  });
  clock.set(back.toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime().toString());
  return ids;
}

/** Works as a person at the one door itself, where a test needs an act of a room that is not under test. */
export function inRoom<T>(offices: Offices, person: Staff, work: (room: Room) => Promise<T>): Promise<T> {
  const { services } = offices;
  const { session, requestId } = offices.as(person);
  const actor = session?.actor;
  if (actor === undefined || actor === null) throw new Error("nobody acts");
  return underPlanInForce(services, offices.campaign.key, (campaign) =>
    services.database.inScope(
      actor.scope,
      (tx) => work({ tx, campaign, actor, now: services.clock.now(), secrets: services.secrets, services, requestId }),
      { actorId: person.accountId },
    ),
  );
}

let serial = 0;

async function submitted(
  { campaign, clock, db }: Offices,
  {
    authority,
    school,
    facts,
    centreId,
  }: { authority: Organisation; school: Organisation; facts: Partial<ApplicationFacts>; centreId: string | undefined },
): Promise<string> {
  serial += 1;
  const at = clock.now().toString();
  const name = `张${String.fromCodePoint(0x4e00 + (serial % 2000))}明`;
  const idNumber = `invented ${serial}`;
  const { rows: persons } = await db.owner.query(
    `insert into shice.person (name, document_kind, id_number_sealed, id_number_index, created_at) values ($1, 'id-card', $2, $3, $4) returning id`,
    [name, db.secrets.encrypt(idNumber, "person.id-number"), db.secrets.blindIndex(idNumber, "person.id-number"), at],
  );
  const { rows: accounts } = await db.owner.query(
    `insert into shice.account (id, kind, person_id, display_name, created_at) values (gen_random_uuid(), 'applicant', $1, $2, $3) returning id`,
    [persons[0].id, name, at],
  );
  const { rows } = await db.owner.query(
    `insert into shice.application (campaign_id, number, person_id, name, state, plan_version, school_id, confirmation_point_id,
       authority_id, review_body_id, registration_kind, certificate_kind, certificate_issued_on, post_kind, subject, form, flags,
       created_at, changed_at, submitted_at, state_since)
     values ($1, $2, $3, $4, 'submitted', 1, $5, $5, $6, $7, $8, 'junior', $9, 'junior', '数学', $10, $11, $12, $12, $12, $12) returning id`,
    [
      campaign.id,
      `T${String(serial).padStart(6, "0")}`,
      persons[0].id,
      name,
      school.id,
      authority.id,
      centreId ?? null,
      facts.registrationKind ?? "periodic",
      facts.certificateIssuedOn ?? "2008-07-01",
      JSON.stringify(facts.form ?? {}),
      facts.flags ?? [],
      at,
    ],
  );
  const applicationId: string = rows[0].id;
  const history: HistoryRow = {
    campaignId: campaign.id,
    applicationId,
    sequence: 1,
    transition: "submit",
    fromState: null,
    toState: "submitted",
    at,
    role: "applicant",
    accountId: accounts[0].id,
    personId: persons[0].id,
    postId: null,
    organisationId: null,
    reason: null,
    record: {},
    changes: {},
    planVersion: 1,
  };
  const hash = historyHashOf(Buffer.alloc(0), history);
  await db.owner.query(
    `insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at, role,
       account_id, person_id, reason, record, changes, plan_version, previous_hash, hash)
     values ($1, $2, 1, 'submit', null, 'submitted', $3, 'applicant', $4, $5, null, '{}', '{}', 1, '', $6)`,
    [campaign.id, applicationId, at, history.accountId, history.personId, hash],
  );
  await db.owner.query(
    `update shice.application set last_sequence = 1, last_hash = $3 where campaign_id = $1 and id = $2`,
    [campaign.id, applicationId, hash],
  );
  return applicationId;
}

/** What a refused call throws, for `expect`. */
export async function refusalCodeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (typeof error === "object" && error !== null && "refusal" in error) {
      const { refusal } = error;
      if (typeof refusal === "object" && refusal !== null && "code" in refusal) return String(refusal.code);
    }
    throw error;
  }
  throw new Error("the call was not refused");
}

/** oRPC's own caller: through the contract's schemas and the first net, without HTTP. */
export const callRoute = call;
