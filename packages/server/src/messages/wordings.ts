import { type AnyTemplate, type Channel, channelsOf } from "@shice/rules/lifecycle/message.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import {
  bracesOf,
  messageTemplates,
  placeholderMeanings,
  placeholdersFor,
  type Template,
  templateReaders,
} from "./templates.zh.ts";
import { filledText } from "./text.ts";

const channelTitles: Record<Channel, string> = { inbox: "站内", email: "邮件", sms: "短信" };
/** Two short messages hold so many characters. */
const longestShort = 134;
const sample = { campaign: "批次", number: "20170000001", days: "10", end: "2017年11月2日24:00", other: "20170000002" };

const names = Object.keys(messageTemplates).filter((name): name is AnyTemplate => name in messageTemplates);
/** All but circulars, whose words are written each time. */
const editable = names.filter((name) => name !== "circular");

interface WordingRow {
  template: string;
  version: number;
  title: string | null;
  text: string | null;
  short: string | null;
  entered_at: Temporal.Instant;
}

/** Every message that is sent by itself, with the words now in force. */
export async function listWordings(tx: Tx) {
  const rows = await listNewest(tx);
  return editable.map((template) => viewOf(template, rows.get(template)));
}

async function listNewest(tx: Tx): Promise<Map<string, WordingRow>> {
  const { rows } = await sql<WordingRow>`
    select distinct on (template) template, version, title, text, short, entered_at
    from shice.message_wording order by template, version desc`.execute(tx);
  return new Map(rows.map((row) => [row.template, row]));
}

/**
 * Puts an office's own words in the place of those that come with the program; null: back to those. Messages that were
 * caused before keep what they said.
 * @throws RefusalError wording.unknown, wording.placeholder, wording.too-long, wording.short-missing
 */
export async function setWording(
  tx: Tx,
  input: { template: string; words: Template | null },
  by: { account: string | null; now: Temporal.Instant },
) {
  const template = editable.find((name) => name === input.template);
  if (template === undefined) throw new RefusalError({ code: "wording.unknown", field: "template" });
  const words = input.words === null ? null : checked(template, input.words);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`wording ${template}`}, 0))`.execute(tx);
  await sql`
    insert into shice.message_wording (template, version, title, text, short, entered_by, entered_at)
    select ${template}, coalesce(max(version), 0) + 1, ${words?.title ?? null}::text, ${words?.text ?? null}::text,
      ${words?.short ?? null}::text, ${by.account}::uuid, ${by.now.toString()}::timestamptz
    from shice.message_wording where template = ${template}`.execute(tx);
  return viewOf(template, (await listNewest(tx)).get(template));
}

/** The words, if they speak of nothing that the message does not know and fit into two short messages. */
function checked(template: AnyTemplate, { title, text, short }: Template): Template {
  const known = placeholdersFor(template);
  const strange = [...bracesOf(title), ...bracesOf(text), ...bracesOf(short ?? "")].find(
    (name) => !known.some((placeholder) => placeholder === name),
  );
  if (strange !== undefined) {
    throw new RefusalError({ code: "wording.placeholder", placeholder: strange, known, field: "words" });
  }
  if (bracesOf(title).length > 0) {
    throw new RefusalError({
      code: "wording.placeholder",
      placeholder: bracesOf(title)[0] ?? "",
      known: [],
      field: "words",
    });
  }
  if (!channelsOf(template).includes("sms")) return { title, text };
  if (short === undefined) throw new RefusalError({ code: "wording.short-missing", field: "words" });
  if ([...filledText({ title, text, short }, sample).short].length > longestShort) {
    throw new RefusalError({ code: "wording.too-long", longest: longestShort, field: "words" });
  }
  return { title, text, short };
}

function viewOf(template: AnyTemplate, row: WordingRow | undefined) {
  const own = row !== undefined && row.title !== null && row.text !== null;
  const words: Template = own
    ? { title: row.title ?? "", text: row.text ?? "", ...(row.short === null ? {} : { short: row.short }) }
    : messageTemplates[template];
  const channels = channelsOf(template).map((channel) => channelTitles[channel]);
  return {
    template,
    about: `发给${templateReaders[template] ?? "教师"}，${channels.join("、")}`,
    title: words.title,
    text: words.text,
    ...(words.short === undefined ? {} : { short: words.short }),
    placeholders: placeholdersFor(template).map((name) => ({ name, meaning: placeholderMeanings[name] })),
    version: own ? row.version : 0,
    enteredAt: own ? row.entered_at.toString() : null,
  };
}
