import { randomUUID } from "node:crypto";
import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import type { RequestContext } from "../request/context.ts";
import { rosterRoutes } from "../roster/routes.ts";
import { callRoute as call } from "./offices.ts";
import type { District, Offices } from "./offices-shape.ts";

let person = 0;

/** A number of somebody invented, each time another. */
export function someId(): string {
  person += 1;
  return composeIdNumber({
    area: "500101",
    bornOn: Temporal.PlainDate.from("1971-02-03").add({ days: person }),
    sequence: person % 500,
    sex: person % 2 === 0 ? "male" : "female",
  });
}

/** Puts people on a district's school's roster as its clerk would by hand; answers their entries by name. */
export async function onRoster(
  offices: Offices,
  { school, clerk }: District,
  people: readonly { name: string; idNumber?: string; mobile?: string; seen?: boolean }[],
): Promise<Record<string, string>> {
  const campaign = offices.campaign.key;
  const context = offices.as(clerk);
  const rows = people.map(({ name, idNumber = someId(), mobile }) => ({
    school: school.id,
    name,
    idNumber,
    facts: mobile === undefined ? {} : { mobile },
  }));
  const { wrong } = await call(rosterRoutes.addRoster, { campaign, source: "hand", rows }, { context });
  if (wrong.length > 0) throw new Error(`not put on the roster: ${JSON.stringify(wrong)}`);
  const entries: Record<string, string> = {};
  for (const { name, seen = false } of people) {
    const { rows: found } = await offices.db.owner.query(
      "select id from shice.roster_entry where name = $1 and school_id = $2 order by id desc limit 1",
      [name, school.id],
    );
    const id: string = found[0].id;
    entries[name] = id;
    // As if the district had sent it: nobody of the school has looked.
    if (!seen)
      await offices.db.owner.query("update shice.roster_entry set seen_by = null, seen_at = null where id = $1", [id]);
  }
  return entries;
}

/** Gives the person of a roster entry an account, with whatever reaches it. */
export async function withAccount(
  { db }: Offices,
  entry: string,
  { email, mobile }: { email?: string; mobile?: string },
): Promise<{ account: string; person: string }> {
  const { rows } = await db.owner.query(
    `insert into shice.person (name, document_kind, id_number_sealed, id_number_index, created_at)
     select name, document_kind, id_number_sealed, id_number_index, entered_at from shice.roster_entry where id = $1 returning id`,
    [entry],
  );
  const account = randomUUID();
  await db.owner.query(
    `insert into shice.account (id, kind, person_id, display_name, email_sealed, mobile_sealed, created_at)
     select $1, 'applicant', p.id, p.name, $3, $4, p.created_at from shice.person p where p.id = $2`,
    [
      account,
      rows[0].id,
      email === undefined ? null : db.secrets.encrypt(email, "account.email"),
      mobile === undefined ? null : db.secrets.encrypt(mobile, "account.mobile"),
    ],
  );
  return { account, person: rows[0].id };
}

/** A request by a teacher. */
export function asApplicant(
  offices: Offices,
  { account, person }: { account: string; person: string },
): RequestContext {
  const context = offices.as(null);
  return {
    ...context,
    session: {
      id: randomUUID(),
      token: "",
      accountId: account,
      kind: "applicant",
      personId: person,
      name: "教师",
      emailVerified: true,
      expiresAt: offices.clock.now().add({ hours: 1 }),
      posts: [],
      actor: {
        role: "applicant",
        accountId: account,
        personId: person,
        postId: null,
        organisationId: null,
        scope: { kind: "applicant", id: person },
      },
    },
  };
}
