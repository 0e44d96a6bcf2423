import type { NewToHandOver } from "@shice/contract/confirmation.ts";
import { refusalTextOf } from "@shice/contract/problem-of.ts";
import { endOfStage } from "@shice/rules/calendar/window.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { sql } from "kysely";
import { loadCases } from "../case/facts.ts";
import { settingOf } from "../case/rule-setting.ts";
import { stateText } from "../case/state-sql.ts";
import type { ActContext } from "../request/run-act.ts";

/** As many as go on one list. */
const most = 5000;

interface WaitingRow {
  id: string;
  sound: string;
  school: string | null;
  batch: NewToHandOver["batch"];
  copies: { material: string; copies: number }[] | null;
  asked: { text: string }[] | null;
}

/** What a school can hand over now, with the papers of each: chosen from, totalled and looked at before it is signed. */
export async function listToHandOver(ctx: ActContext, kind: "first" | "again") {
  const { tx, campaign, now, secrets, actor } = ctx;
  const { rows } = await sql<WaitingRow>`
    select a.id, coalesce(a.name_pinyin, a.name) as sound, o.name as school,
      (select jsonb_build_object('id', b.id, 'name', b.name) from shice.school_batch b
        join shice.roster_entry r on r.batch_id = b.id
        join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
        where r.campaign_id = a.campaign_id and p.id = a.person_id) as batch,
      (select jsonb_agg(jsonb_build_object('material', k.material, 'copies', k.copies)) from shice.material_check k
        where k.campaign_id = a.campaign_id and k.application_id = a.id) as copies,
      (select r.asked from shice.return_request r where r.campaign_id = a.campaign_id and r.application_id = a.id
        and r.asked_at_stage = 'preliminary' and r.answer_to = ${stateText("sent-back")} order by r.round desc limit 1) as asked
    from shice.application a left join shice.organisation o on o.id = a.school_id
    where a.campaign_id = ${campaign.id} and a.state = ${kind === "first" ? "confirmed" : "sent-back"}
    order by a.state_since, a.id limit ${most + 1}`.execute(tx);
  const shown = rows.slice(0, most);
  const ids = shown.map(({ id }) => id);
  const cases = await loadCases(tx, campaign, ids, { lock: false, now, secrets, checkForm: false });
  const act = kind === "first" ? "hand-over" : "hand-over-again";
  const items = shown.flatMap((row): NewToHandOver[] => {
    const found = cases.get(row.id);
    if (found === undefined) return [];
    const refusal = refusalOf(act, found.facts, actor, {}, settingOf(ctx, found));
    return [
      {
        application: row.id,
        number: found.row.number,
        name: found.row.name,
        sound: row.sound,
        school: row.school ?? "",
        batch: row.batch,
        certificateKind: found.row.certificate_kind,
        subject: found.row.subject,
        since: found.row.state_since.toString(),
        copies: row.copies ?? [],
        asked: kind === "again" ? (row.asked ?? []).map(({ text }) => text) : [],
        replyBy: kind === "again" ? (replyByOf(found.facts, found.calendar)?.toString() ?? null) : null,
        refusal: refusal === undefined ? null : refusalTextOf(refusal),
      },
    ];
  });
  return {
    items,
    more: rows.length > most,
    materials: campaign.plan.materials.map(({ key, item, variants }) => ({
      key,
      item,
      name: variants.map(({ name }) => name).join("／"),
    })),
    until: endOfStage(campaign.calendar, "preliminary")?.toString() ?? null,
  };
}
