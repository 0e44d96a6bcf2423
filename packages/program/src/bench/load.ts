import { randomBytes, randomUUID } from "node:crypto";
import { type Human, inventForm, inventHuman } from "@shice/rehearsal/people.ts";
import { type Random, randomOf } from "@shice/rehearsal/random.ts";
import type { World } from "@shice/rehearsal/world.ts";
import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { historyMacOf } from "@shice/server/case/history.ts";
import { formPatchOf } from "@shice/server/case/sealed-form.ts";
import { openSecrets, type Secrets } from "@shice/server/platform/secrets.ts";
import { sessionCookieOf } from "@shice/server/request/find-session.ts";
import type pg from "pg";

/** An application for one call of the bench, with its caller. */
export interface Prepared {
  application: string;
  cookie: string;
}

/** The world, database and campaign that the load uses. */
export interface BenchTarget {
  world: World;
  database: pg.Pool;
  secret: string;
  campaignId: string;
}

const chunk = 2000;

/**
 * Fills the database with applications of all districts and schools, as late in a campaign. It uses one statement and
 * not the API, because the rows only need to exist. Forms, certificates and histories have their usual size.
 */
export async function loadBulk({ world, database, campaignId, secret }: BenchTarget, count: number): Promise<void> {
  const { schools, sealed, form } = sampleOf(world, secret);
  const client = await database.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query("create temporary table bench_school (n int, school uuid, authority uuid, review uuid)");
    await client.query(
      `insert into bench_school select * from jsonb_to_recordset($1::jsonb) as s(n int, school uuid, authority uuid, review uuid)`,
      [JSON.stringify(schools)],
    );
    for (let from = 0; from < count; from += 100_000) {
      const to = Math.min(count, from + 100_000) - 1;
      await client.query(
        `with made as materialized (
           select uuidv7() as id, uuidv7() as person, g.n, s.school, s.authority, s.review, (array['confirmed', 'handed-over', 'preliminary', 'on-notice', 'noticed',
               'reported', 'reviewed', 'withdrawn'])[1 + g.n % 8] as state,
             timestamptz '2017-09-20 01:00:00Z' + g.n % 40 * interval '1 day' + g.n * interval '1 millisecond' as since
           from generate_series($1::int, $2::int) as g(n) join bench_school s on s.n = g.n % $3),
         people as (
           insert into shice.person (id, name, document_kind, id_number_sealed, id_number_index, created_at)
           select person, '教师' || n, 'id-card', $4, sha256(('bench' || n)::bytea), since from made),
         applications as (
           insert into shice.application (campaign_id, id, number, person_id, name, state, plan_version, school_id,
             confirmation_point_id, authority_id, review_body_id, certificate_kind, post_kind, subject, form, form_sealed,
             preliminary_conclusion, created_at, changed_at, submitted_at, state_since, last_sequence, last_hash)
           select $5::uuid, id, 'B' || n, person, '教师' || n, state, 1, school, school, authority, review, 'primary', 'primary', '语文', $6,
             $4, case when state in ('confirmed', 'handed-over', 'withdrawn') then null else 'pass' end,
             since, since, since, since, 2, sha256('bench') from made)
         insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at, role,
           account_id, record, changes, plan_version, previous_hash, hash)
         select $5::uuid, id, s, (array['start', 'submit'])[s], (array[null, 'draft'])[s], (array['draft', 'submitted'])[s], since, 'applicant',
           $7, '{}', '{}', 1, '', sha256('bench') from made cross join generate_series(1, 2) as s`,
        [from, to, schools.length, sealed, campaignId, JSON.stringify(form), world.manager.account],
      );
    }
  } finally {
    client.release(true);
  }
  await database.query("vacuum (analyze) shice.application, shice.application_history, shice.person");
}

/** Teachers with a complete draft and a session each, ready to submit. */
export function loadDrafts(target: BenchTarget, count: number): Promise<Prepared[]> {
  return loadPeople(target, count, "draft");
}

/** Cases handed over by their schools, ready for the district's opinion; `cookie` is the reviewer's. */
export async function loadHandedOver(
  target: BenchTarget,
  count: number,
  cookieOf: (authority: string) => string,
  only?: World["districts"][number],
): Promise<Prepared[]> {
  return loadPeople(target, count, "handed-over", cookieOf, only);
}

let invented = 200_000;
const known = new Set<string>();

/** A person with a number unique in the bench: with so many people, birth dates and sequences would collide. */
function inventAnother(random: Random, index: number, area: string, year: number): Human {
  for (;;) {
    const human = inventHuman(random, index, area, "ordinary", year);
    if (!known.has(human.idNumber)) {
      known.add(human.idNumber);
      return human;
    }
  }
}

async function loadPeople(
  { world, database, campaignId, secret }: BenchTarget,
  count: number,
  state: "draft" | "handed-over",
  cookieOf?: (authority: string) => string,
  only?: World["districts"][number],
): Promise<Prepared[]> {
  const secrets = openSecrets({ secret, cipher: "aes-256-gcm" });
  const authSecret = secrets.deriveKey("better-auth").toString("hex");
  const random = randomOf(invented);
  const prepared: Prepared[] = [];
  const client = await database.connect();
  try {
    await client.query("set session_replication_role = replica");
    for (let done = 0; done < count; done += chunk) {
      const rows = Array.from({ length: Math.min(chunk, count - done) }, () => {
        const index = invented++;
        const district = only ?? world.districts[index % world.districts.length];
        const school = district?.schools[0];
        if (district === undefined || school === undefined) throw new Error("no district or school was found");
        const human = inventAnother(random, index, district.code, world.plan.year);
        const form = inventForm(random, { human, story: "ordinary", school, plan: world.plan, index });
        const patch = formPatchOf(
          ApplicationDraft.parse({ ...form, schoolId: school.id, photo: randomUUID() }),
          secrets,
        );
        const row = rowOf({ index, campaignId, state, district, schoolId: school.id, human, patch, secrets });
        const cookie =
          cookieOf?.(district.authority) ?? sessionCookieOf(row.token, authSecret, false).split(";")[0] ?? "";
        prepared.push({ application: row.id, cookie });
        return row;
      });
      await writePeople(client, campaignId, rows);
    }
  } finally {
    client.release(true);
  }
  return prepared;
}

type Row = ReturnType<typeof rowOf>;

function rowOf(made: {
  index: number;
  campaignId: string;
  state: "draft" | "handed-over";
  district: World["districts"][number];
  schoolId: string;
  human: ReturnType<typeof inventHuman>;
  patch: ReturnType<typeof formPatchOf>;
  secrets: Secrets;
}) {
  const { index, campaignId, state, district, schoolId, human, patch, secrets } = made;
  const [id, person, account] = [randomUUID(), randomUUID(), randomUUID()];
  const at = "2017-09-20T01:00:00Z";
  const hash = historyMacOf(secrets, new Uint8Array(), {
    campaignId,
    applicationId: id,
    sequence: 1,
    transition: "start",
    fromState: null,
    toState: "draft",
    at,
    role: "applicant",
    accountId: account,
    personId: person,
    postId: null,
    organisationId: null,
    reason: null,
    record: {},
    changes: {},
    sets: {},
    planVersion: 1,
  });
  return {
    id,
    person,
    account,
    state,
    schoolId,
    at,
    token: randomBytes(24).toString("base64url"),
    number: `C${index}`,
    name: human.name,
    authority: district.authority,
    review: district.reviewBody,
    hash: `\\x${hash.toString("hex")}`,
    idSealed: `\\x${secrets.encrypt(human.idNumber, "person.id-number").toString("hex")}`,
    idIndex: `\\x${secrets.blindIndex(human.idNumber, "person.id-number").toString("hex")}`,
    ...patch,
  };
}

async function writePeople(client: pg.PoolClient, campaignId: string, rows: readonly Row[]): Promise<void> {
  const columns = `i(id uuid, person uuid, account uuid, state text, "schoolId" uuid, at timestamptz, token text, number text, name text,
    authority uuid, review uuid, hash bytea, "idSealed" bytea, "idIndex" bytea, form jsonb, form_sealed bytea, newly_hired boolean,
    certificate_kind text, certificate_issued_on date, certificate_number_index bytea, post_kind text, subject text)`;
  await client.query(
    `with i as materialized (select * from jsonb_to_recordset($1::jsonb) as ${columns}),
     people as (
       insert into shice.person (id, name, document_kind, id_number_sealed, id_number_index, created_at)
       select person, name, 'id-card', "idSealed", "idIndex", at from i),
     users as (
       insert into auth."user" (id, name, email, email_verified, created_at, updated_at)
       select account, '-', account || '@bench.invalid', true, now(), now() from i),
     sessions as (
       insert into auth.session (expires_at, token, created_at, updated_at, user_id)
       select now() + interval '12 hours', token, now(), now(), account from i),
     accounts as (
       insert into shice.account (id, kind, person_id, display_name, created_at) select account, 'applicant', person, name, at from i),
     applications as (
       insert into shice.application (campaign_id, id, number, person_id, name, state, plan_version, school_id, confirmation_point_id,
         authority_id, review_body_id, newly_hired, certificate_kind, certificate_issued_on, certificate_number_index, post_kind, subject,
         form, form_sealed, ethics, fit, created_at, changed_at, submitted_at, state_since, last_sequence, last_hash)
       select $2::uuid, id, number, person, name, state, 1, "schoolId", "schoolId", authority, review, newly_hired, certificate_kind,
         certificate_issued_on, certificate_number_index, post_kind, subject, form, form_sealed, 'met', true, at, at,
         case when state = 'draft' then null else at end, at, 1, hash from i)
     insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at, role, account_id,
       person_id, record, changes, plan_version, previous_hash, hash)
     select $2::uuid, id, 1, 'start', null, 'draft', at, 'applicant', account, person, '{}', '{}', 1, '', hash from i`,
    [JSON.stringify(rows), campaignId],
  );
}

function sampleOf(world: World, secret: string) {
  const secrets = openSecrets({ secret, cipher: "aes-256-gcm" });
  const random = randomOf(1);
  const [district] = world.districts;
  const [school] = district?.schools ?? [];
  if (district === undefined || school === undefined) throw new Error("no district or school was found");
  const human = inventHuman(random, 1, district.code, "ordinary", world.plan.year);
  const form = inventForm(random, { human, story: "ordinary", school, plan: world.plan, index: 1 });
  const patch = formPatchOf(ApplicationDraft.parse({ ...form, schoolId: school.id, photo: randomUUID() }), secrets);
  const schools = world.districts
    .flatMap(({ authority, reviewBody, schools: own }) =>
      own.map(({ id }) => ({ school: id, authority, review: reviewBody })),
    )
    .map((place, n) => ({ n, ...place }));
  return { schools, form: patch.form, sealed: secrets.encrypt("x".repeat(300), "application.form") };
}
