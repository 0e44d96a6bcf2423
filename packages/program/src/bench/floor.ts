import Fastify from "fastify";
import pg from "pg";

/**
 * The baseline of the bench: a bare Fastify route for each call with the necessary SQL only. No accounts, rules, row
 * security, idempotency, hash or log; the same driver, pool and server. Runs as a separate process: `node floor.ts`
 * with FLOOR_DATABASE and FLOOR_CAMPAIGN; prints its port on the first line.
 */
const pool = new pg.Pool({ ...JSON.parse(process.env["FLOOR_DATABASE"] ?? "{}"), max: 20, pipeline: true });
const campaign = process.env["FLOOR_CAMPAIGN"];
const app = Fastify();

/** Every statement is prepared once for each connection, as in Shice. */
const names = new Map<string, string>();
function ask(on: pg.Pool | pg.PoolClient, text: string, values: unknown[]): Promise<pg.QueryResult> {
  const name = names.get(text) ?? `floor_${names.size}`;
  names.set(text, name);
  return on.query({ name, text, values });
}

interface Call {
  application: string;
  authority: string;
  account: string;
}

async function inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    client.query("begin");
    const answer = await work(client);
    await client.query("commit");
    return answer;
  } finally {
    client.release();
  }
}

/** The row that the decision needs, read as Shice reads it. */
const readCase = `
  select a.*, h.transition as last_transition,
    (select jsonb_agg(distinct jsonb_build_object('transition', d.transition, 'account_id', d.account_id))
       from shice.application_history d where d.campaign_id = a.campaign_id and d.application_id = a.id) as acts,
    (select count(*)::int from shice.objection o where o.campaign_id = a.campaign_id and o.application_id = a.id and o.outcome is null) as objections,
    (select jsonb_agg(to_jsonb(m)) from shice.material_check m where m.campaign_id = a.campaign_id and m.application_id = a.id) as materials,
    (select jsonb_agg(to_jsonb(k)) from shice.certificate_check k where k.campaign_id = a.campaign_id and k.application_id = a.id) as certificate,
    (select jsonb_agg(to_jsonb(e)) from shice.extension e where e.campaign_id = a.campaign_id and e.application_id = a.id) as extensions,
    p.name as person_name, p.id_number_sealed
  from shice.application a
  left join shice.application_history h on h.campaign_id = a.campaign_id and h.application_id = a.id and h.sequence = a.last_sequence
  left join shice.person p on p.id = a.person_id
  where a.campaign_id = $1 and a.id = $2`;
const lock = "select id from shice.application where campaign_id = $1 and id = $2 for update";

/** Writes state, history and two messages in one statement, as Shice does. */
function write(to: string, set: string) {
  return `
    with moved as (
      update shice.application a set state = '${to}', version = version + 1, last_sequence = last_sequence + 1, changed_at = now(),
        state_since = now(), last_hash = sha256('floor'), ${set}
      where a.campaign_id = $1 and a.id = $2 returning a.id, a.person_id, a.last_sequence),
    written as (
      insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at, role, account_id,
        record, changes, plan_version, previous_hash, hash)
      select $1, id, last_sequence, 'floor', 'draft', '${to}', now(), 'applicant', $3, '{}', '{}', 1, '', sha256('floor') from moved),
    told as (
      insert into shice.message (campaign_id, application_id, account_id, channel, template, dedupe_key, state, created_at)
      select $1, m.id, t.id, channel, 'submitted', m.id || ':' || m.last_sequence, 'sent', now()
      from moved m join shice.account t on t.person_id = m.person_id and t.kind = 'applicant'
      cross join unnest(array['inbox', 'email']) as channel)
    select count(*)::int as moved from moved`;
}
const submitted = write("submitted", "submitted_at = now(), registration_kind = 'first'");
const decided = write("preliminary", "preliminary_conclusion = 'pass'");

app.post<{ Body: Call }>("/submit", async ({ body }) =>
  inTransaction(async (client) => {
    ask(
      client,
      "select g.ordinal from shice.past_registration g join shice.person p on p.id_number_index = g.id_number_index where p.id = $1",
      [body.account],
    );
    ask(client, lock, [campaign, body.application]);
    const { rows } = await ask(client, readCase, [campaign, body.application]);
    await ask(client, submitted, [campaign, body.application, body.account]);
    await ask(
      client,
      `insert into shice.undertaking (campaign_id, application_id, kind, text_version, account_id, at)
       values ($1, $2, 'honesty', '1', $3, now()), ($1, $2, 'privacy-notice', '1', $3, now()) on conflict do nothing`,
      [campaign, body.application, body.account],
    );
    return { application: body.application, state: "submitted", version: rows[0].version + 1 };
  }),
);

app.post<{ Body: Call }>("/review", async ({ body }) =>
  inTransaction(async (client) => {
    ask(client, lock, [campaign, body.application]);
    const { rows } = await ask(client, readCase, [campaign, body.application]);
    await ask(client, decided, [campaign, body.application, body.account]);
    await ask(
      client,
      `select r.id from shice.application a join shice.person p on p.id = a.person_id
       join shice.restriction r on r.id_number_index = p.id_number_index where a.campaign_id = $1 and a.id = $2`,
      [campaign, body.application],
    );
    await ask(
      client,
      `insert into shice.opinion (campaign_id, application_id, stage, conclusion, reasons, suggested, because, given_by, given_at)
       values ($1, $2, 'preliminary', 'pass', '{conditions-met}', 'pass', '[]', $3, now())`,
      [campaign, body.application, body.account],
    );
    return { application: body.application, state: "preliminary", version: rows[0].version + 1 };
  }),
);

app.post<{ Body: Call }>("/read", async ({ body }) =>
  inTransaction(async (client) => {
    const of = [campaign, body.application];
    const [found] = await Promise.all([
      ask(client, readCase, of),
      ask(
        client,
        `insert into shice.audit_entry (at, account_id, role, action, campaign_id, subject_kind, subject_id)
         values (now(), $3, 'district-reviewer', 'view', $1, 'application', $2)`,
        [...of, body.account],
      ),
      ask(client, "select * from shice.material_check where campaign_id = $1 and application_id = $2", of),
      ask(client, "select * from shice.certificate_check where campaign_id = $1 and application_id = $2", of),
      ask(client, "select * from shice.opinion where campaign_id = $1 and application_id = $2", of),
      ask(client, "select * from shice.return_request where campaign_id = $1 and application_id = $2", of),
      ask(
        client,
        "select o.name from shice.application a join shice.organisation o on o.id = a.school_id where a.campaign_id = $1 and a.id = $2",
        of,
      ),
    ]);
    return found.rows[0];
  }),
);

app.post<{ Body: Call }>("/queue", async ({ body }) => {
  const { rows } = await ask(
    pool,
    `select a.id, a.number, a.name, a.state, a.state_since, o.name as school_name, a.school_id, a.authority_id, a.registration_kind,
       a.certificate_kind, a.post_kind, a.subject, a.flags, a.reply_by, a.preliminary_conclusion, a.final_conclusion, a.mark_with, a.version
     from shice.application a left join shice.organisation o on o.id = a.school_id
     where a.campaign_id = $1 and a.authority_id = $2 and a.state = 'handed-over' order by a.state_since, a.id limit 51`,
    [campaign, body.authority],
  );
  return { items: rows };
});

app.post<{ Body: Call }>("/count", async ({ body }) => {
  const { rows } = await ask(
    pool,
    "select state, count(*)::int as n from shice.application where campaign_id = $1 and authority_id = $2 group by state",
    [campaign, body.authority],
  );
  return { counts: rows };
});

const url = await app.listen({ host: "127.0.0.1", port: 0 });
process.stdout.write(`${url}\n`);
process.on("SIGTERM", () => process.exit(0));
