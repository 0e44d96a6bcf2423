import type { RosterFilter, RosterSelection } from "@shice/contract/roster/filter.ts";
import { everConfirmedStates, withTeacherStates } from "@shice/rules/lifecycle/state.ts";
import { isExpectedToApply, standings } from "@shice/rules/roster/standing.ts";
import { isDue } from "@shice/rules/statistics/rows.ts";
import { type RawBuilder, sql } from "kysely";
import { stateList } from "../case/state-sql.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { type NameColumns, personNamed } from "../platform/name-search.ts";
import type { ActContext } from "../request/run-act.ts";
import { tailIndexOf, tailLength, typedTailOf } from "./id-number-tail.ts";

/** A roster row `r` with its school `o` and the newest application `a` of its person that the caller sees. */
export const rosterJoins = sql`
  from shice.roster_entry r
  join shice.organisation o on o.id = r.school_id
  left join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
  left join lateral (select x.campaign_id, x.id, x.state, x.submitted_at, x.reply_by, x.state_since, x.name_on_certificate from shice.application x
    where x.campaign_id = r.campaign_id and x.person_id = p.id order by x.created_at desc limit 1) a on true`;

/** Who has changed the name is found under the one on the certificate too, once it is entered. */
const rosterNames: NameColumns = {
  name: sql.ref("r.name"),
  pinyin: sql.ref("r.pinyin"),
  initials: sql.ref("r.initials"),
  onCertificate: sql.ref("a.name_on_certificate"),
};

/** Whether the school has gone through the person of row `r`: on the roster, or with the case `a`. */
export const isSeen = sql`(r.seen_at is not null or exists (select from shice.sight s
  where s.campaign_id = a.campaign_id and s.application_id = a.id and s.confirmation_point_id = r.confirmation_point_id
    and s.how <> 'district-noted'))`;

export const isApplied = sql`(a.submitted_at is not null)`;
/** Confirmed, and neither undone nor ended otherwise since. */
export const isConfirmed = sql`coalesce(a.state in ${stateList(everConfirmedStates)}, false)`;
export const isParked = sql`exists (select from shice.parking k where k.entry_id = r.id and k.released_at is null)`;
export const dueStandings: readonly string[] = standings.filter(isDue);
const expected: readonly string[] = standings.filter(isExpectedToApply);
/** Without an application though one is expected, or with one that the teacher has not finished. */
const isOwing = sql`(case when a.state is null then r.standing = any(${expected}::text[]) else a.state in ${stateList(withTeacherStates)} end)`;

/** The most people that one act takes by a filter: the roster of the largest office. */
const mostAtOnce = 20_000;

/** What a filter asks of `r` and `a`; what is not asked gives no condition. */
export async function conditionsOf(ctx: ActContext, filter: RosterFilter): Promise<RawBuilder<unknown>> {
  const { campaign } = ctx;
  const yesOrNo = (asked: "yes" | "no" | undefined, condition: RawBuilder<unknown>) =>
    asked === undefined ? [] : [asked === "yes" ? condition : sql`not ${condition}`];
  const { search } = filter;
  return sql.join(
    [
      sql`r.campaign_id = ${campaign.id}`,
      ...(filter.school === undefined ? [] : [sql`r.school_id = ${filter.school}`]),
      ...(filter.standing === undefined ? [] : [sql`r.standing = ${filter.standing}`]),
      ...yesOrNo(filter.due, sql`(r.standing = any(${dueStandings}::text[]))`),
      ...yesOrNo(filter.applied, isApplied),
      ...yesOrNo(filter.confirmed, isConfirmed),
      ...yesOrNo(filter.seen, isSeen),
      ...yesOrNo(filter.owing, isOwing),
      ...yesOrNo(filter.parked, isParked),
      ...(filter.batch === undefined
        ? []
        : [filter.batch === "none" ? sql`r.batch_id is null` : sql`r.batch_id = ${filter.batch}`]),
      ...(search === undefined || search === "" ? [] : [await searchOf(ctx, search)]),
    ],
    sql` and `,
  );
}

/** A name or part of it, its sound, its first letters, or the end of the ID number. */
async function searchOf(ctx: ActContext, text: string): Promise<RawBuilder<unknown>> {
  const tail = typedTailOf(text);
  if (tail !== undefined) return sql`r.id = any(${await findByTail(ctx, tail)}::uuid[])`;
  return personNamed(text, rosterNames);
}

/** Numbers are sealed: those with the same last four characters are opened and looked at. */
async function findByTail({ tx, campaign, secrets }: ActContext, tail: string): Promise<string[]> {
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select r.id, r.id_number_sealed as sealed from shice.roster_entry r
    where r.campaign_id = ${campaign.id} and r.id_number_tail = ${tailIndexOf(tail, secrets)}`.execute(tx);
  if (tail.length === tailLength) return rows.map(({ id }) => id);
  return rows.filter(({ sealed }) => secrets.decrypt(sealed, "person.id-number").endsWith(tail)).map(({ id }) => id);
}

/**
 * The entries that an act is for: those named, or all that a filter shows, as many as the user saw.
 * @throws RefusalError request.not-found, roster.count-changed
 */
export async function resolveSelection(
  ctx: ActContext,
  { entries, filter, count }: RosterSelection,
): Promise<string[]> {
  const { tx, campaign } = ctx;
  if (entries !== undefined) {
    const wanted = [...new Set(entries)];
    const { rows } = await sql<{ id: string }>`
      select id from shice.roster_entry where campaign_id = ${campaign.id} and id = any(${wanted}::uuid[])`.execute(tx);
    if (rows.length < wanted.length) throw new RefusalError({ code: "request.not-found" });
    return wanted;
  }
  const conditions = await conditionsOf(ctx, filter ?? {});
  const { rows } = await sql<{ id: string }>`
    select r.id ${rosterJoins} where ${conditions} order by r.id limit ${mostAtOnce}`.execute(tx);
  if (rows.length !== count) throw new RefusalError({ code: "roster.count-changed", count: rows.length });
  return rows.map(({ id }) => id);
}
