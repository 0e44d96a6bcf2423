import type { Consequences } from "@shice/contract/organisations.ts";
import { isFinal, type State } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { stateText } from "../case/state-sql.ts";
import type { Tx } from "../platform/database/database.ts";
import { withTheSchool } from "./follow.ts";

interface HeldRow {
  key: string;
  title: string;
  state: State;
  asked_by_district: boolean;
  cases: number;
}

/** What lies with a school in the running campaigns, and who acts for it: read before anything is changed. */
export async function consequencesOf(tx: Tx, school: string, now: Temporal.Instant): Promise<Consequences> {
  const { rows: held } = await sql<HeldRow>`
    select c.key, c.title, a.state,
      a.state = ${stateText("sent-back")} or (a.state = ${stateText("returned")} and coalesce(a.answer_to, '') = ${stateText("sent-back")}) as asked_by_district, count(*)::int as cases
    from shice.campaign c join shice.application a on a.campaign_id = c.id and a.school_id = ${school}
    where c.closed_at is null group by 1, 2, 3, 4`.execute(tx);
  // An entry stays with a case that stays; of several of one person the last one counts.
  const { rows: entries } = await sql<{ key: string; title: string; asked_by_district: boolean; entries: number }>`
    select c.key, c.title, coalesce(a.state = ${stateText("sent-back")} or (a.state = ${stateText("returned")} and a.answer_to = ${stateText("sent-back")}), false) as asked_by_district,
      count(*)::int as entries
    from shice.campaign c join shice.roster_entry r on r.campaign_id = c.id and r.school_id = ${school}
    left join lateral (
      select x.* from shice.person p join shice.application x on x.person_id = p.id and x.campaign_id = r.campaign_id
      where p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
      order by x.created_at desc, x.id desc limit 1) a on true
    where c.closed_at is null and (a.id is null or a.school_id is distinct from r.school_id
      or a.state = any(${[...withTheSchool, "withdrawn"]}))
    group by 1, 2, 3`.execute(tx);
  const { rows: clerks } = await sql<{ name: string; since: Temporal.Instant }>`
    select a.display_name as name, p.valid_from as since
    from shice.post p join shice.account a on a.id = p.account_id
    where p.organisation_id = ${school} and p.valid_from <= ${now} and (p.valid_to is null or p.valid_to > ${now})
    order by p.valid_from, p.id`.execute(tx);

  const campaigns = new Map([...held, ...entries].map(({ key, title }) => [key, title]));
  return {
    campaigns: [...campaigns].toSorted().map(([key, title]) => {
      const here = held.filter((row) => row.key === key);
      const sum = (of: (row: HeldRow) => boolean) => here.filter(of).reduce((total, { cases }) => total + cases, 0);
      const inState = (state: State) => sum((row) => row.state === state && !row.asked_by_district);
      const listed = (asked: boolean) =>
        entries.find((row) => row.key === key && row.asked_by_district === asked)?.entries ?? 0;
      return {
        campaign: key,
        title,
        entries: listed(false),
        entriesSentBack: listed(true),
        draft: inState("draft"),
        submitted: inState("submitted"),
        returned: inState("returned"),
        confirmed: inState("confirmed"),
        sentBack: sum(({ asked_by_district }) => asked_by_district),
        beyond: sum(({ state }) => !isFinal(state) && !withTheSchool.some((own) => own === state)),
        ended: sum(({ state }) => isFinal(state)),
      };
    }),
    clerks: clerks.map(({ name, since }) => ({ name, since: since.toString() })),
  };
}
