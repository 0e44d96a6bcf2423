import { CompiledQuery } from "kysely";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { transitionOne } from "../case/transition.ts";
import type { Scope } from "../platform/database/database.ts";
import { scopeRoles } from "../platform/database/roles.ts";
import { actOutcomeOf } from "../request/run-act.ts";
import { withActContext } from "../testing/act-context.ts";
import { completeFacts } from "../testing/complete-form.ts";
import { submitted } from "../testing/handed-over.ts";
import { openOffices } from "../testing/offices.ts";
import { recalled, submittedAttested, withdrawn } from "../testing/teacher.ts";

// The third net alone, with contract and rules taken away: what a school may write of its teachers' forms.

const offices = await openOffices();
const { campaign, db, wanzhou, yuzhong } = offices;
const { database, owner } = db;
const at = "2017-10-09T02:00:00Z";
const [ours = "", taken = ""] = await submitted(offices, wanzhou, 2);
const [sent = ""] = await submitted(offices, wanzhou, 1, completeFacts());
const [theirs = ""] = await submitted(offices, yuzhong, 1);
// Drafts: one that its teacher fills in alone, one that the school has taken in hand, one of another school's.
offices.clock.set("2017-10-09T10:00");
await recalled(offices, [ours, taken, theirs, sent]);
for (const [district, applicationId] of [
  [wanzhou, taken],
  [wanzhou, sent],
  [yuzhong, theirs],
] as const) {
  await withActContext(offices, district.clerk, async (ctx) =>
    actOutcomeOf(await transitionOne(ctx, "assist", { applicationId, set: { assisted_at: at } })),
  );
}
await submittedAttested(offices, sent);

const school: Scope = { kind: "school", id: wanzhou.school.id };
const { accountId } = wanzhou.clerk;

/** How many rows a statement gives or changes; `denied` where the database refuses it outright. */
async function attempt(scope: Scope, text: string, values: readonly unknown[] = []): Promise<number | "denied"> {
  try {
    return await database.inScope(
      scope,
      async (tx) => {
        const { rows, numAffectedRows } = await tx.executeQuery(CompiledQuery.raw(text, [...values]));
        return /^\s*select/i.test(text) ? rows.length : Number(numAffectedRows);
      },
      { actorId: accountId },
    );
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === "42501") return "denied";
    throw error;
  }
}

describe("the form", () => {
  const write = (id: string, set: string) => attempt(school, `update shice.application set ${set} where id = $1`, [id]);

  test("is written of a draft that was taken in hand, of no other, and of none that was submitted", async () => {
    for (const column of [
      'form = \'{"subject": "数学"}\'',
      "form_sealed = 'x'",
      "subject = '数学'",
      "newly_hired = true",
    ]) {
      expect(await write(taken, column), column).toBe(1);
      expect(await write(ours, column), column).toBe("denied");
      expect(await write(sent, column), column).toBe("denied");
      expect(await write(theirs, column), column).toBe(0);
    }
  });

  test("is not opened by moving the case back into a draft, nor hurried on with the same statement", async () => {
    expect(await write(sent, "state = 'draft', form = '{}'")).toBe("denied");
    await expect(write(taken, "state = 'submitted'")).rejects.toMatchObject({
      constraint: "attested_before_it_counts",
    });
  });

  test("a draft is taken in hand for good, and the teacher alone attests", async () => {
    expect(await write(taken, "assisted_at = null")).toBe("denied");
    expect(await write(taken, "assisted_at = '2017-10-01'")).toBe("denied");
    expect(await write(taken, `attested_at = '${at}'`)).toBe("denied");
    expect(await write(sent, "assisted_at = null, attested_at = null")).toBe("denied");
    expect(await write(sent, "assisted_fields = '{}'")).toBe("denied");
    for (const column of ["person_id", "school_id", "authority_id", "name"]) {
      expect(await write(ours, `${column} = ${column}`), column).toBe("denied");
    }
    // What a school does with its cases besides goes on.
    expect(await write(sent, "certificate_version = 'old', version = version + 1")).toBe(1);
  });

  test("the owner of the form is held by none of this", async () => {
    const { rows } = await owner.query("select person_id from shice.application where id = $1", [sent]);
    const applicant: Scope = { kind: "applicant", id: rows[0].person_id };
    expect(await attempt(applicant, "update shice.application set form = '{}' where id = $1", [sent])).toBe(1);
    await owner.query("update shice.application set attested_at = $2 where id = $1", [sent, at]);
  });

  test("what the school filled in counts nowhere without the attestation, whoever writes it", async () => {
    const submit = owner.query("update shice.application set state = 'submitted' where id = $1", [taken]);
    await expect(submit).rejects.toMatchObject({ constraint: "attested_before_it_counts" });
  });

  test("an application is begun by the school as a draft of its own point", async () => {
    const insert = `insert into shice.application (campaign_id, number, person_id, name, state, plan_version, school_id,
        confirmation_point_id, authority_id, created_at, changed_at, state_since)
      select campaign_id, $1, person_id, name, $2, 1, $3, $3, authority_id, $4, $4, $4
      from shice.application where id = $5`;
    await withdrawn(offices, wanzhou.clerk, [ours]);
    const begin = (number: string, state: string, point: string) =>
      attempt(school, insert, [number, state, point, at, ours]);
    expect(await begin("S1", "submitted", wanzhou.school.id)).toBe("denied");
    expect(await begin("S2", "draft", yuzhong.school.id)).toBe("denied");
    expect(await begin("S3", "draft", wanzhou.school.id)).toBe(1);
  });
});

describe("what hangs on it", () => {
  const file = `insert into shice.attachment (campaign_id, application_id, slot, sha256, size_bytes, media_type, file_name, uploaded_by, uploaded_at)
    values ($1, $2, 'photo', 'x', 1, 'image/jpeg', '照片', $3, $4)`;
  const add = (id: string) => attempt(school, file, [campaign.id, id, accountId, at]);

  test("files are added to and arranged in drafts taken in hand alone", async () => {
    expect(await add(taken)).toBe(1);
    for (const id of [sent, theirs]) expect(await add(id)).toBe("denied");
    await owner.query(file, [campaign.id, sent, accountId, at]);
    const retire = "update shice.attachment set replaced_at = $2 where application_id = $1";
    expect(await attempt(school, retire, [sent, at])).toBe(0);
    expect(await attempt(school, retire, [taken, at])).toBe(1);
    // To look at the files of what was submitted is the desk's work.
    expect(await attempt(school, "select id from shice.attachment where application_id = $1", [sent])).toBe(1);
  });

  test("a save is recorded under the own name, of drafts in hand, and never changed", async () => {
    const record = `insert into shice.assisted_save (campaign_id, application_id, account_id, clerk_name, organisation_id, at, fields)
      values ($1, $2, $3, '经办人', $4, $5, '{subject}')`;
    const by = (id: string, account: string) =>
      attempt(school, record, [campaign.id, id, account, wanzhou.school.id, at]);
    expect(await by(taken, accountId)).toBe(1);
    expect(await by(taken, wanzhou.reviewer.accountId)).toBe("denied");
    for (const id of [sent, theirs]) expect(await by(id, accountId)).toBe("denied");
    for (const kind of scopeRoles) {
      const scope: Scope =
        kind === "applicant" || kind === "school" || kind === "authority" || kind === "review"
          ? { kind, id: wanzhou.school.id }
          : { kind };
      expect(await attempt(scope, "update shice.assisted_save set fields = '{}'"), kind).toBe("denied");
      expect(await attempt(scope, "delete from shice.assisted_save"), kind).toBe("denied");
      if (kind !== "school") {
        expect(await attempt(scope, record, [campaign.id, taken, accountId, wanzhou.school.id, at]), kind).toBe(
          "denied",
        );
      }
    }
  });

  test("privacy notice, undertaking and attestation are given by no school", async () => {
    for (const kind of ["privacy-notice", "honesty", "attestation"]) {
      const give = `insert into shice.undertaking (campaign_id, application_id, kind, text_version, account_id, at) values ($1, $2, $3, '1', $4, $5)`;
      expect(await attempt(school, give, [campaign.id, taken, kind, accountId, at])).toBe("denied");
    }
  });
});

describe("the three ways beyond the own rows", () => {
  const entryOf = async (application: string): Promise<string> => {
    const { rows } = await owner.query(
      `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed, id_number_index, standing, source, entered_at)
       select a.campaign_id, a.school_id, a.confirmation_point_id, a.authority_id, '改名者', p.id_number_sealed, p.id_number_index, 'due', 'hand', $2
       from shice.application a join shice.person p on p.id = a.person_id where a.id = $1 returning id`,
      [application, at],
    );
    return rows[0].id;
  };

  test("lead to teachers of the own roster alone", async () => {
    const foreign = await entryOf(theirs);
    const own = await entryOf(taken);
    const find = (scope: Scope, entry: string) =>
      attempt(scope, "select * from shice.teacher_to_assist($1, null, null, $2)", [entry, at]);
    expect(await find(school, own)).toBe(1);
    expect(await find(school, foreign)).toBe(0);
    expect(
      await attempt(school, "select * from shice.take_up_draft($1, $2) as t(id) where id is not null", [foreign, at]),
    ).toBe(0);
    await attempt(school, "select shice.correct_unregistered_name($1)", [foreign]);
    // Registered, and so under a name that is nobody else's to change, though it stands on the own roster.
    await attempt(school, "select shice.correct_unregistered_name($1)", [own]);
    const { rows } = await owner.query("select name from shice.application where id = any($1)", [[theirs, taken]]);
    expect(rows.map(({ name }) => name)).not.toContain("改名者");
  });

  test("are open to schools alone", async () => {
    for (const kind of scopeRoles.filter((role) => role !== "school")) {
      const scope: Scope =
        kind === "applicant" || kind === "authority" || kind === "review" ? { kind, id: wanzhou.school.id } : { kind };
      for (const call of ["teacher_to_assist($1, null, null, $2)", "take_up_draft($1, $2)"]) {
        expect(await attempt(scope, `select shice.${call}`, [campaign.id, at]), kind).toBe("denied");
      }
      expect(await attempt(scope, "select shice.correct_unregistered_name($1)", [campaign.id]), kind).toBe("denied");
    }
  });
});
