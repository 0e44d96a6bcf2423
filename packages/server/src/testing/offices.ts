import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { call } from "@orpc/server";
import { type StaffRole, scopeOfPost } from "@shice/rules/lifecycle/role.ts";
import { parsePlan } from "@shice/rules/plan/parse.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { Campaigns } from "../case/campaign.ts";
import { readConfig } from "../platform/config.ts";
import { openLog } from "../platform/log.ts";
import type { RequestContext, Services } from "../request/context.ts";
import { confirmed, handOver } from "./handed-over.ts";
import type { District, Offices, Organisation, Staff, TestClock } from "./offices-shape.ts";
import { testDatabase } from "./test-database.ts";

const planFile = fileURLToPath(new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url));

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
    await owner.query(`update shice.organisation set parent_id = $1 where id = $2`, [authority.id, school.id]);
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

  const read = readConfig({ SHICE_SECRET: "a".repeat(32), SHICE_TRAINING: "on" });
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
    confirmed: (district, count, facts = {}) => confirmed(offices, district, count, facts),
    handedOver: (at, count, facts = {}) => handOver(offices, at, count, facts),
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
