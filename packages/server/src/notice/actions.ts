import { objectionActs } from "@shice/contract/notice.ts";
import type { AnyRefusal } from "@shice/contract/sentences.zh.ts";
import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import type { Actor } from "@shice/rules/lifecycle/role.ts";
import { actionViewOf } from "../case/action-view.ts";
import { type Case, loadCases } from "../case/facts.ts";
import { settingOf } from "../case/rule-setting.ts";
import type { ActContext } from "../request/run-act.ts";
import type { ObjectionRow } from "./objections.ts";
import type { NoticeRow } from "./queries.ts";

/** Why a notice cannot be closed yet (Notice §三(三): 不少于7天). */
export function closingRefusalOf(notice: Pick<NoticeRow, "ends_at">, now: Temporal.Instant): AnyRefusal | undefined {
  if (Temporal.Instant.compare(now, notice.ends_at) >= 0) return undefined;
  return { code: "notice.running", endsAt: notice.ends_at.toString() };
}

/** What this reader may do with a notice: its own authority's lead closes it, once it has run. */
export function noticeActionsOf(notice: NoticeRow, actor: Actor | null, now: Temporal.Instant) {
  const { by, title } = transitionOf("close-notice");
  if (actor === null || !by.includes(actor.role) || notice.closed_at !== null) return [];
  if (actor.scope.kind !== "authority" || actor.scope.id !== notice.authority_id) return [];
  return [actionViewOf("close-notice", title, closingRefusalOf(notice, now))];
}

/** Why nothing more can be done about an objection, as far as it depends on the objection alone. */
export function objectionRefusalOf(
  objection: ObjectionRow,
  { id, notice_id }: { id: string; notice_id: string | null },
): AnyRefusal | undefined {
  if (objection.application_id !== id || objection.notice_id !== notice_id) {
    return { code: "objection.of-another-case", field: "objection" };
  }
  if (objection.outcome === null) return undefined;
  return { code: "objection.decided-already", at: objection.decided_at?.toString() ?? "" };
}

/**
 * What this reader may do about each of these objections, by the rules that the acts themselves ask. The cases are read
 * in one query, whatever the length of the list.
 */
export async function readObjectionActions(ctx: ActContext, objections: readonly ObjectionRow[]) {
  const { tx, campaign, actor, now, secrets } = ctx;
  const acts = objectionActs.filter((name) => transitionOf(name).by.includes(actor.role));
  const ids = acts.length === 0 ? [] : [...new Set(objections.map((row) => row.application_id))];
  const cases =
    ids.length === 0
      ? new Map<string, Case>()
      : await loadCases(tx, campaign, ids, { lock: false, now, secrets, checkForm: false });
  return (objection: ObjectionRow) => {
    const found = cases.get(objection.application_id);
    if (found === undefined) return [];
    return acts.map((name) =>
      actionViewOf(
        name,
        transitionOf(name).title,
        objectionRefusalOf(objection, found.row) ?? refusalOf(name, found.facts, actor, {}, settingOf(ctx, found)),
      ),
    );
  };
}
