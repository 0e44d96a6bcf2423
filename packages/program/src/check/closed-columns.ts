import { templates } from "@shice/rules/lifecycle/message.ts";
import { roles, staffRoles } from "@shice/rules/lifecycle/role.ts";
import { states } from "@shice/rules/lifecycle/state.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import { certificateKinds, postKinds } from "@shice/rules/plan/institution.ts";
import { stages } from "@shice/rules/plan/stage.ts";
import type pg from "pg";

/** Columns that hold a word of the rules without a constraint that lists them: the program alone writes them. */
const columnsOfRules: Record<string, readonly string[]> = {
  "shice.application.certificate_kind": certificateKinds,
  "shice.application.post_kind": postKinds,
  "shice.application_history.transition": ["start", ...transitionNames],
  "shice.application_history.from_state": states,
  "shice.application_history.to_state": states,
  "shice.application_history.role": roles,
  "shice.circular.role": roles,
  "shice.conversation_entry.role": roles,
  "shice.invitation.role": staffRoles,
  "shice.message.template": templates,
  "shice.message_wording.template": templates,
  "shice.opinion.stage": stages,
  "shice.public_notice_entry.certificate_kind": certificateKinds,
  "shice.public_notice_entry.registration_kind": ["first", "periodic"],
  "shice.return_request.asked_at_stage": ["confirm", "preliminary"],
  "shice.return_request.answer_to": ["submitted", "sent-back"],
  "shice.saved_filter.role": roles,
};

interface ClosedColumn {
  column: string;
  nullable: boolean;
  defaulted: boolean;
  condition: string | null;
}

/**
 * The types of the columns that hold one of a list of texts, by `schema.table.column`: the list as a union of literals.
 * The list comes from the column's check constraint, or from the rules where there is none.
 */
export async function listClosedColumns(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<ClosedColumn>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as column, not a.attnotnull as nullable,
      a.atthasdef as defaulted, pg_get_constraintdef(k.oid) as condition
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'shice'
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
    where a.atttypid = 'text'::regtype and a.attnum > 0 and not a.attisdropped
    order by 1`);
  return Object.fromEntries(
    rows.flatMap((row) => {
      const texts = columnsOfRules[row.column] ?? listedTextsOf(row.condition ?? "");
      return texts === undefined ? [] : [[row.column, typeOf(texts, row)]];
    }),
  );
}

/** The texts of `CHECK ((column = ANY (ARRAY['a'::text, 'b'::text])))`; undefined for any other condition. */
function listedTextsOf(condition: string): string[] | undefined {
  const list = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(condition)?.[1];
  return list?.match(/'[^']*'/g)?.map((text) => text.slice(1, -1));
}

function typeOf(texts: readonly string[], { nullable, defaulted }: ClosedColumn): string {
  const union = [...texts.map((text) => JSON.stringify(text)), ...(nullable ? ["null"] : [])].join(" | ");
  return defaulted ? `Generated<${union}>` : union;
}
