import { CompiledQuery } from "kysely";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { transition } from "../../case/transition.ts";
import { underPlanInForce } from "../../request/run-act.ts";
import { openOffices } from "../../testing/offices.ts";
import type { District, Staff } from "../../testing/offices-shape.ts";
import { published, reviewed } from "../../testing/through.ts";
import { brokenKeyOf } from "./constraint.ts";
import type { Scope } from "./database.ts";
import { scopeRoles } from "./roles.ts";

// Three nets lie one beneath the other: the contract admits a role, the rules decide on the case, the database confines
// the rows. Each is tried here without the others; the contract's own net alone is tried in application/permissions.test.ts.

const offices = await openOffices();
const { campaign, centre, db, services, wanzhou, yuzhong } = offices;
const { database, owner, superuser, loginPassword } = db;
const at = "2017-11-20T02:00:00Z";

const ours = await offices.handedOver(wanzhou, 2);
await reviewed(offices, wanzhou, ours);
const theirs = await offices.handedOver(yuzhong, 2);
await published(offices, yuzhong, theirs);
const series = await oneValue(
  "insert into shice.sticker_series (campaign_id, prefix, digits, created_at) values ($1, 'A', 8, $2) returning id",
  [campaign.id, at],
);
const ourPlace = await stocked(wanzhou, "[1,101)", ours[0]);
const theirPlace = await stocked(yuzhong, "[101,201)", theirs[0]);
await owner.query(
  `insert into shice.audit_entry (at, account_id, role, action, subject_kind) values ($1, $2, 'district-lead', 'look', 'application')`,
  [at, yuzhong.lead.accountId],
);

async function oneValue(text: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await owner.query({ text, values: [...values], rowMode: "array" });
  return String(rows[0]?.[0]);
}

/** Stickers, a roster entry, an objection, a hand-over list and a report for a district, as its own people would have made them. */
async function stocked(
  { authority, school, custodian, handler, clerk, reviewer }: District,
  serials: string,
  case_?: string,
) {
  await owner.query(
    `select shice.move_stickers($1, $2, 'receive', null, $3, null, null, null, $4, $5, null, null, '1号', $6)`,
    [series, serials, authority.id, custodian.accountId, handler.accountId, at],
  );
  await owner.query(
    `insert into shice.sticker_count (series_id, organisation_id, expected, counted, custodian_id, handler_id, at) values ($1, $2, 100, 100, $3, $4, $5)`,
    [series, authority.id, custodian.accountId, handler.accountId, at],
  );
  await owner.query(
    `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed, id_number_index, standing, source, entered_by, entered_at)
     select $1, $2, $2, $3, p.name, p.id_number_sealed, p.id_number_index, 'due', 'hand', $4, $5
     from shice.application a join shice.person p on p.id = a.person_id where a.id = $6`,
    [campaign.id, school.id, authority.id, clerk.accountId, at, case_],
  );
  await owner.query(
    `insert into shice.objection (notice_id, campaign_id, application_id, authority_id, kind, objector_name, contact_sealed, statement, raised_at, answer_by)
     select notice_id, campaign_id, id, authority_id, 'objection', '李一明', 'x', '任教学校不符', $2, $2 from shice.application where id = $1`,
    [case_, at],
  );
  const manifest = await oneValue(
    `insert into shice.manifest (campaign_id, confirmation_point_id, authority_id, number, handed_over_by, handed_over_at, list_hash)
     values ($1, $2, $3, $4, $5, $6, 'x') returning id`,
    [campaign.id, school.id, authority.id, `${school.name}1号`, clerk.accountId, at],
  );
  await owner.query(
    `insert into shice.manifest_item (manifest_id, position, campaign_id, application_id) values ($1, 1, $2, $3)`,
    [manifest, campaign.id, case_],
  );
  await owner.query(
    `insert into shice.assisted_save (campaign_id, application_id, account_id, clerk_name, organisation_id, at, fields)
     values ($1, $2, $3, '经办人', $4, $5, '{subject}')`,
    [campaign.id, case_, clerk.accountId, school.id, at],
  );
  await owner.query(
    `insert into shice.report (campaign_id, authority_id, number, figures, figures_hash, prepared_by, prepared_at)
     values ($1, $2, 2, '{}', 'x', $3, $4)`,
    [campaign.id, authority.id, reviewer.accountId, at],
  );
  const entry = await oneValue("select id from shice.roster_entry where school_id = $1", [school.id]);
  await keptBy({
    authority: authority.id,
    school: school.id,
    clerk: clerk.accountId,
    reviewer: reviewer.accountId,
    entry,
    case_,
  });
  return { authority: authority.id, school: school.id, person: await personOf(case_), case_, entry };
}

/** What a school keeps beside its roster: a batch that was announced, a parked teacher, a statement; and what was seen. */
async function keptBy(
  by: Record<"authority" | "school" | "clerk" | "reviewer" | "entry", string> & { case_: string | undefined },
) {
  const batch = await oneValue(
    `insert into shice.school_batch (campaign_id, school_id, confirmation_point_id, authority_id, name, planned_on, announced_at, made_by, made_at)
     values ($1, $2, $2, $3, '第一批', '2017-10-16', $5, $4, $5) returning id`,
    [campaign.id, by.school, by.authority, by.clerk, at],
  );
  await owner.query("update shice.roster_entry set batch_id = $1 where id = $2", [batch, by.entry]);
  await owner.query(
    `insert into shice.parking (campaign_id, entry_id, kind, missing, since, parked_by, parked_at)
     values ($1, $2, 'file-clearing', '档案清理', '2017-10-09', $3, $4)`,
    [campaign.id, by.entry, by.clerk, at],
  );
  await owner.query(
    `insert into shice.statement_scan (entry_id, sha256, size_bytes, media_type, file_name, width, height, uploaded_by, uploaded_at)
     values ($1, 'x', 1, 'image/jpeg', '声明.jpg', 1, 1, $2, $3)`,
    [by.entry, by.clerk, at],
  );
  const note = await oneValue(
    `insert into shice.silence_note (campaign_id, school_id, confirmation_point_id, authority_id, cases, reason, noted_by, noted_at)
     values ($1, $2, $2, $3, 1, '逾期未核对', $4, $5) returning id`,
    [campaign.id, by.school, by.authority, by.reviewer, at],
  );
  await owner.query(
    `insert into shice.sight (campaign_id, application_id, confirmation_point_id, how, account_id, at, note_id)
     values ($1, $2, $3, 'district-noted', $4, $5, $6)
     on conflict (campaign_id, application_id, confirmation_point_id) do update set how = excluded.how, note_id = excluded.note_id`,
    [campaign.id, by.case_, by.school, by.reviewer, at, note],
  );
}

function personOf(application: string | undefined): Promise<string> {
  return oneValue("select person_id from shice.application where id = $1", [application]);
}

type Attempt = number | "denied";

/** How many rows a statement gives or changes in a scope; `denied` where the database refuses it outright. */
async function attempt(
  scope: Scope,
  text: string,
  values: readonly unknown[] = [],
  actorId?: string,
): Promise<Attempt> {
  try {
    return await database.inScope(
      scope,
      async (tx) => {
        const { rows, numAffectedRows } = await tx.executeQuery(CompiledQuery.raw(text, [...values]));
        return /^\s*select/i.test(text) ? rows.length : Number(numAffectedRows);
      },
      actorId === undefined ? {} : { actorId },
    );
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === "42501") return "denied";
    throw error;
  }
}

/** What belongs to one district: table, and how its rows are told by district, school, person or case. */
const belongings: Readonly<Record<string, keyof typeof ourPlace | "organisation">> = {
  application: "case_",
  application_history: "case_",
  material_check: "case_",
  certificate_check: "case_",
  manifest_item: "case_",
  opinion: "case_",
  assisted_save: "case_",
  objection: "case_",
  manifest: "authority",
  roster_entry: "authority",
  school_batch: "authority",
  silence_note: "authority",
  parking: "entry",
  statement_scan: "entry",
  sight: "case_",
  report: "authority",
  person: "person",
  sticker_movement: "organisation",
  sticker_holding: "organisation",
  sticker_balance: "organisation",
  sticker_count: "organisation",
};

function whereIn(table: string, place: typeof ourPlace): { where: string; column: string; value: unknown } {
  const by = belongings[table];
  if (by === "case_") {
    const column = table === "application" ? "id" : "application_id";
    return { where: `${column} = $1`, column, value: place.case_ };
  }
  if (by === "entry") return { where: "entry_id = $1", column: "entry_id", value: place.entry };
  if (by === "person") return { where: "id = $1", column: "name", value: place.person };
  if (by === "authority") return { where: "authority_id = $1", column: "authority_id", value: place.authority };
  const column = table === "sticker_movement" ? "to_organisation_id" : "organisation_id";
  return { where: `${column} = $1`, column, value: place.authority };
}

const casework = ["application", "application_history", "material_check", "certificate_check", "assisted_save"];
const kept = ["school_batch", "silence_note", "parking", "statement_scan", "sight"];
const stickers = ["sticker_movement", "sticker_holding", "sticker_balance", "sticker_count"];
/** Who confined to Wanzhou must see something of it in these tables: else seeing nothing of Yuzhong shows nothing. */
const confined: Readonly<Record<string, { scope: Scope; sees: readonly string[] }>> = {
  applicant: {
    scope: { kind: "applicant", id: ourPlace.person },
    sees: [...casework, "roster_entry", "person", "school_batch", "sight"],
  },
  school: {
    scope: { kind: "school", id: ourPlace.school },
    sees: [...casework, "manifest_item", "manifest", "roster_entry", "person", "objection", ...kept],
  },
  authority: {
    scope: { kind: "authority", id: ourPlace.authority },
    sees: Object.keys(belongings),
  },
  // A review body that neither district lies under; stickers and hand-over lists are open to all review bodies.
  review: { scope: { kind: "review", id: ourPlace.school }, sees: [...stickers, "manifest"] },
  accounts: { scope: { kind: "accounts" }, sees: ["person"] },
  public: { scope: { kind: "public" }, sees: [] },
};
/** What a scope sees of every district by its duty. */
const everywhere: Readonly<Record<string, readonly string[]>> = {
  review: [...stickers, "manifest"],
  accounts: ["person"],
};

describe.each(Object.entries(confined))("row security alone, scope %s", (kind, { scope, sees }) => {
  const tables = Object.keys(belongings);

  test("sees its own", async () => {
    const seen: Record<string, boolean> = {};
    for (const table of tables) {
      const { where, column, value } = whereIn(table, ourPlace);
      const rows = await attempt(scope, `select ${column} from shice.${table} where ${where}`, [value]);
      seen[table] = rows !== "denied" && rows > 0;
    }
    expect(Object.keys(seen).filter((table) => seen[table])).toEqual(tables.filter((table) => sees.includes(table)));
  });

  test.each(tables.filter((table) => everywhere[kind]?.includes(table) !== true))(
    "neither reads nor changes nor removes another's %s",
    async (table) => {
      const { where, column, value } = whereIn(table, theirPlace);
      expect(await oneValue(`select count(*) > 0 from shice.${table} where ${where}`, [value])).toBe("true");
      const statements = [
        `select ${column} from shice.${table} where ${where}`,
        `update shice.${table} set ${column} = ${column} where ${where}`,
        `delete from shice.${table} where ${where}`,
      ];
      for (const text of statements) expect([0, "denied"], text).toContain(await attempt(scope, text, [value]));
    },
  );
});

test("the public list is read by all, and changed by its own authority alone", async () => {
  const update = "update shice.public_notice set number = number where authority_id = $1";
  for (const { scope } of Object.values(confined)) {
    expect(
      await attempt(scope, "select id from shice.public_notice where authority_id = $1", [yuzhong.authority.id]),
    ).toBe(1);
    expect([0, "denied"]).toContain(await attempt(scope, update, [yuzhong.authority.id]));
    for (const text of ["update shice.public_notice_entry set name = '某'", "delete from shice.public_notice_entry"])
      expect(await attempt(scope, text)).toBe("denied");
  }
  expect(await attempt({ kind: "authority", id: yuzhong.authority.id }, update, [yuzhong.authority.id])).toBe(1);
});

test.each([
  ["school", "confirmation_point_id", wanzhou.school.id, yuzhong.school.id],
  ["authority", "authority_id", wanzhou.authority.id, yuzhong.authority.id],
  ["review", "review_body_id", centre.id, yuzhong.authority.id],
] as const)("a %s cannot push a case of its own out of its sight", async (kind, column, id, elsewhere) => {
  const text = `update shice.application set ${column} = $1 where id = $2`;
  expect(await attempt({ kind, id }, text, [id, ours[0]])).toBe(1);
  expect(await attempt({ kind, id }, text, [elsewhere, ours[0]])).toBe("denied");
});

test("a roster entry is not written under another authority", async () => {
  const text = `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed, id_number_index, standing, source, entered_at)
    values ($1, $2, $2, $3, '张一明', 'x', 'x', 'due', 'hand', $4)`;
  const scope: Scope = { kind: "authority", id: wanzhou.authority.id };
  expect(await attempt(scope, text, [campaign.id, yuzhong.school.id, yuzhong.authority.id, at])).toBe("denied");
});

test("a teacher sees the batch only once it is announced; a school neither notes its own silence nor sees in another's place", async () => {
  const applicant: Scope = { kind: "applicant", id: ourPlace.person };
  await owner.query("update shice.school_batch set announced_at = null where authority_id = $1", [ourPlace.authority]);
  expect(await attempt(applicant, "select id from shice.school_batch")).toBe(0);
  const school: Scope = { kind: "school", id: ourPlace.school };
  const note = `insert into shice.silence_note (campaign_id, school_id, confirmation_point_id, authority_id, cases, reason, noted_by, noted_at)
    values ($1, $2, $2, $3, 1, '逾期', $4, $5)`;
  const noted = [campaign.id, ourPlace.school, ourPlace.authority, wanzhou.clerk.accountId, at];
  expect(await attempt(school, note, noted)).toBe("denied");
  const sight = `insert into shice.sight (campaign_id, application_id, confirmation_point_id, how, account_id, at)
    values ($1, $2, $3, 'acknowledged', $4, $5)`;
  expect(await attempt(school, sight, [campaign.id, theirs[1], theirPlace.school, wanzhou.clerk.accountId, at])).toBe(
    "denied",
  );
  expect(await attempt(school, sight, [campaign.id, theirs[1], ourPlace.school, wanzhou.clerk.accountId, at])).toBe(
    "denied",
  );
  // Nobody else's roster is told anything, nor asked who is reached by what.
  const send = `select * from shice.send_messages('appointment', '{inbox,sms}', jsonb_build_array(jsonb_build_object(
    'campaign', $1::text, 'entry', $2::text, 'recipient', '\\x00', 'key', 'a-key')), $3)`;
  expect(await attempt(school, send, [campaign.id, theirPlace.entry, at])).toBe(0);
  const reach = "select * from shice.reach_of_roster($1, array[$2]::uuid[])";
  expect(await attempt(school, reach, [campaign.id, theirPlace.entry])).toBe(0);
  expect(await attempt(school, reach, [campaign.id, ourPlace.entry])).toBe(1);
});

test("a school knows that its case waits for an answer, and not what was objected", async () => {
  const school: Scope = { kind: "school", id: wanzhou.school.id };
  expect(await attempt(school, "select application_id, outcome from shice.objection")).toBe(1);
  for (const column of ["objector_name", "statement", "contact_sealed", "answer"])
    expect(await attempt(school, `select ${column} from shice.objection`), column).toBe("denied");
});

test("an opinion on another district's case is not written either", async () => {
  const text = `insert into shice.opinion (campaign_id, application_id, stage, conclusion, reasons, given_by, given_at)
    values ($1, $2, 'preliminary', 'fail', '{ethics-breached}', $3, $4)`;
  const scope: Scope = { kind: "authority", id: wanzhou.authority.id };
  expect(await attempt(scope, text, [campaign.id, theirs[0], wanzhou.reviewer.accountId, at])).toBe("denied");
});

const everyScope: readonly Scope[] = scopeRoles.map((kind) =>
  kind === "applicant" || kind === "school" || kind === "authority" || kind === "review"
    ? (confined[kind]?.scope ?? { kind: "public" })
    : { kind },
);

describe.each(everyScope.map((scope) => [scope.kind, scope] as const))(
  "no scope rewrites the record: %s",
  (_kind, scope) => {
    test.each([
      "application_history",
      "audit_entry",
      "sticker_movement",
      "seal",
      "decision",
      "public_notice_entry",
      "assisted_save",
      "silence_note",
    ])("%s", async (table) => {
      const { rows } = await owner.query(
        `select column_name from information_schema.columns where table_schema = 'shice' and table_name = $1 order by ordinal_position limit 1`,
        [table],
      );
      const column = rows[0].column_name;
      expect(await attempt(scope, `update shice.${table} set ${column} = ${column}`)).toBe("denied");
      expect(await attempt(scope, `delete from shice.${table}`)).toBe("denied");
      expect(await attempt(scope, `truncate shice.${table} cascade`)).toBe("denied");
    });

    test("nor deletes an application, an opinion, a person or an objection", async () => {
      for (const table of [
        "application",
        "opinion",
        "person",
        "objection",
        "decision_entry",
        "marking",
        "archive_item",
      ])
        expect(await attempt(scope, `delete from shice.${table}`), table).toBe("denied");
    });

    test("nor goes round row security by a partition's own name", async () => {
      const suffix = campaign.id.replaceAll("-", "");
      for (const table of [`application_${suffix}`, `application_history_${suffix}`]) {
        expect(await attempt(scope, `select 1 from shice.${table}`)).toBe("denied");
        expect(await attempt(scope, `update shice.${table} set campaign_id = campaign_id`)).toBe("denied");
      }
    });

    test("nor moves stickers but by the one function, nor through it those of another place", async () => {
      for (const table of ["sticker_holding", "sticker_balance"])
        expect(await attempt(scope, `update shice.${table} set organisation_id = $1`, [ourPlace.authority])).toBe(
          "denied",
        );
      if (scope.kind === "all") return; // the commission's own office acts for every place
      const move = `select shice.move_stickers($1, '[101,111)', $2, $3, $4, null, null, null, $5, $6, '见证人', '破损', null, $7)`;
      const two = [wanzhou.custodian.accountId, wanzhou.handler.accountId, at];
      for (const kind of ["issue", "return", "scrap", "print", "use", "recall"])
        expect(await attempt(scope, move, [series, kind, theirPlace.authority, ourPlace.authority, ...two]), kind).toBe(
          "denied",
        );
      expect(await attempt(scope, move, [series, "receive", null, theirPlace.authority, ...two])).toBe("denied");
    });

    test("nor gains anything by putting off its role", async () => {
      const reading = database.inScope(scope, async (tx) => {
        await tx.executeQuery(CompiledQuery.raw("reset role"));
        await tx.executeQuery(CompiledQuery.raw("select 1 from shice.organisation"));
      });
      await expect(reading).rejects.toMatchObject({ code: "42501", message: "permission denied for schema shice" });
    });
  },
);

test.each(["applicant", "school", "authority", "review"])(
  "the role %s without a scope's id sees no case",
  async (kind) => {
    const client = new pg.Client({ ...superuser, user: "shice_login", password: loginPassword });
    await client.connect();
    try {
      await client.query(`set role shice_${kind}`);
      for (const id of [undefined, ""]) {
        if (id !== undefined) await client.query("select set_config('shice.scope_id', $1, false)", [id]);
        for (const table of ["application", "application_history", "person", "roster_entry"]) {
          const { rows } = await client.query(`select 1 from shice.${table}`);
          expect([table, rows.length]).toEqual([table, 0]);
        }
      }
    } finally {
      await client.end();
    }
  },
);

test("the auditor reads acts, and no secrets", async () => {
  const auditor: Scope = { kind: "auditor" };
  expect(await attempt(auditor, "select * from shice.application_history")).toBeGreaterThan(0);
  expect(await attempt(auditor, "select name, id_number_index from shice.person")).toBeGreaterThan(0);
  for (const [table, column] of [
    ["person", "id_number_sealed"],
    ["person", "*"],
    ["account", "email_sealed"],
    ["account", "mobile_sealed"],
    ["account", "sign_in_name"],
    ["account_mail", "mail_sealed"],
    ["invitation", "token_hash"],
    ["invitation", "email_sealed"],
    ["sample", "seed_sealed"],
    ["idempotency_key", "response"],
  ]) {
    expect([table, column, await attempt(auditor, `select ${column} from shice.${table}`)]).toEqual([
      table,
      column,
      "denied",
    ]);
  }
  expect(await attempt(auditor, 'select id from auth."user"')).toBe("denied");
  const { rows } = await owner.query(
    "select tablename from pg_tables where schemaname = 'shice' and tablename <> 'audit_entry'",
  );
  for (const { tablename } of rows) {
    for (const right of ["insert", "update", "delete", "truncate"])
      expect([tablename, right, await has("shice_auditor", tablename, right)]).toEqual([tablename, right, false]);
  }
});

async function has(role: string, table: string, right: string): Promise<boolean> {
  return (
    (await oneValue("select has_table_privilege($1, format('shice.%I', $2::text), $3)", [role, table, right])) ===
    "true"
  );
}

/** An act at the one door by a person, while the database lets through every row. */
function actUnconfined(person: Staff, name: Parameters<typeof transition>[1], applicationId: string) {
  const { session, requestId } = offices.as(person);
  const actor = session?.actor;
  if (actor === undefined || actor === null) throw new Error("nobody acts");
  return underPlanInForce(services, campaign.key, (inForce) =>
    database.inScope(
      { kind: "all" },
      (tx) =>
        transition(
          {
            tx,
            campaign: inForce,
            actor,
            now: services.clock.now(),
            secrets: db.secrets,
            services,
            requestId,
          } as Parameters<typeof transition>[0],
          name,
          [{ applicationId }],
        ),
      { actorId: person.accountId },
    ),
  );
}

test.each([
  ["unconfirm", wanzhou.clerk],
  ["decide", wanzhou.reviewer],
  ["reopen-preliminary", wanzhou.lead],
  ["open-inquiry", wanzhou.lead],
  ["mark", wanzhou.handler],
] as const)("the rules alone refuse %s on another's case", async (name, person) => {
  const state = await oneValue("select state from shice.application where id = $1", [theirs[0]]);
  const outcomes = await actUnconfined(person, name, theirs[0] ?? "");
  expect(outcomes).toMatchObject([{ ok: false, refusal: { code: "case.out-of-scope" } }]);
  expect(await oneValue("select state from shice.application where id = $1", [theirs[0]])).toBe(state);
});

// What the tables refuse even to their owner. An index of a partition is named by PostgreSQL, after its columns.
const person = ourPlace.person;
test.each<[string, string, string, readonly unknown[]]>([
  [
    "a notice closed before its last day is over",
    "notice_never_closes_early",
    "update shice.public_notice set closed_at = ends_at - interval '1 microsecond', closed_by = published_by where authority_id = $1",
    [yuzhong.authority.id],
  ],
  [
    "one person as custodian and handler",
    "custodian_and_handler_are_two",
    `select shice.move_stickers($1, '[1,2)', 'scrap', $2, $2, null, null, null, $3, $3, '见证人', '破损', null, $4)`,
    [series, wanzhou.authority.id, wanzhou.custodian.accountId, at],
  ],
  [
    "stock-taking by one person",
    "counted_by_two",
    "update shice.sticker_count set handler_id = custodian_id where series_id = $1",
    [series],
  ],
  [
    "a second live application of one teacher",
    "_campaign_id_person_id_",
    `insert into shice.application (campaign_id, number, person_id, name, state, plan_version, created_at, changed_at, state_since)
     values ($1, 'T-second', $2, '张一明', 'draft', 1, $3, $3, $3)`,
    [campaign.id, person, at],
  ],
  [
    "one certificate on two live applications",
    "_campaign_id_certificate_",
    "update shice.application set certificate_number_index = 'same' where id = any($1)",
    [ours],
  ],
  [
    "a serial in two places",
    "sticker_in_one_place",
    `select shice.move_stickers($1, '[150,151)', 'receive', null, $2, null, null, null, $3, $4, null, null, '2号', $5)`,
    [series, wanzhou.authority.id, wanzhou.custodian.accountId, wanzhou.handler.accountId, at],
  ],
  [
    "stickers issued that are not there",
    "sticker_is_where_it_is_taken",
    `select shice.move_stickers($1, '[100,102)', 'scrap', $2, $2, null, null, null, $3, $4, '见证人', '破损', null, $5)`,
    [series, wanzhou.authority.id, wanzhou.custodian.accountId, wanzhou.handler.accountId, at],
  ],
  [
    "books that differ from the shelves",
    "sticker_books_match_shelves",
    "update shice.sticker_balance set in_hand = in_hand - 1, scrapped = scrapped + 1 where organisation_id = $1",
    [wanzhou.authority.id],
  ],
  [
    "a report under one person's two signatures",
    "report_under_two_signatures",
    "update shice.report set reported_by = prepared_by where authority_id = $1",
    [wanzhou.authority.id],
  ],
  [
    "an opinion without a reason",
    "opinion_has_a_reason",
    "update shice.opinion set reasons = '{}' where application_id = $1",
    [ours[0]],
  ],
  [
    "a case concluded without a decision",
    "concluded_has_a_conclusion",
    "update shice.application set state = 'concluded' where id = $1",
    [ours[0]],
  ],
  [
    "an act of nobody",
    "only_the_system_has_no_account",
    "update shice.application_history set account_id = null where application_id = $1",
    [ours[0]],
  ],
])("the store refuses %s", async (_what, constraint, text, values) => {
  await expect(owner.query(text, [...values])).rejects.toMatchObject({
    code: expect.stringMatching(/^23/),
    constraint: expect.stringContaining(constraint),
  });
});

test("a teacher whose application was withdrawn may have another", async () => {
  const client = await owner.connect();
  try {
    await client.query("begin");
    await client.query("update shice.application set state = 'withdrawn' where person_id = $1", [person]);
    const { rowCount } = await client.query(
      `insert into shice.application (campaign_id, number, person_id, name, state, plan_version, created_at, changed_at, state_since)
       values ($1, 'T-third', $2, '张一明', 'draft', 1, $3, $3, $3)`,
      [campaign.id, person, at],
    );
    expect(rowCount).toBe(1);
  } finally {
    await client.query("rollback");
    client.release();
  }
});

test("which key was broken is known within a scope too, where PostgreSQL does not tell the columns", async () => {
  const brokenBy = async (scope: Scope, text: string, values: readonly unknown[]) => {
    const error = await attempt(scope, text, values).catch((refused: unknown) => refused);
    expect(error).toMatchObject({ code: "23505", detail: undefined });
    return brokenKeyOf(error);
  };
  const insert = `insert into shice.application (campaign_id, number, person_id, name, state, plan_version, created_at, changed_at, state_since)
    values ($1, 'T-fourth', $2, '张一明', 'draft', 1, $3, $3, $3)`;
  const applicant: Scope = { kind: "applicant", id: person };
  expect(await brokenBy(applicant, insert, [campaign.id, person, at])).toBe("campaign_id, person_id");
  const update = "update shice.application set certificate_number_index = 'same' where id = any($1)";
  const authority: Scope = { kind: "authority", id: wanzhou.authority.id };
  expect(await brokenBy(authority, update, [ours])).toBe("campaign_id, certificate_number_index");
});
