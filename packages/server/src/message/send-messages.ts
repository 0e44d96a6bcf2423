import { type AnyTemplate, channelsOf } from "@shice/rules/lifecycle/message.ts";
import type { Role } from "@shice/rules/lifecycle/role.ts";
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

/** One message to one reader, or to everyone who holds a post. What bears the same key is sent once on each channel. */
type Message = {
  key: string;
  campaign?: string;
  application?: string | undefined;
  circular?: string;
  parameters?: Readonly<Record<string, string | number>>;
} & (
  | { account: string }
  /** The holders of a post; the account's id is added to the key. */
  | {
      organisation: string;
      role: Role;
      /** Skips whoever has not read an earlier message of this template with the same parameters. */
      unlessUnread?: true;
    }
  /** A teacher of the caller's own roster; `recipient` is the sealed number of one without an account. */
  | { entry: string; recipient?: string }
);

interface Sending {
  template: AnyTemplate;
  now: Temporal.Instant;
  /** Only for a template whose sender chooses whether it goes by short message. */
  bySms?: boolean;
}

/** What one message became on one channel; `fresh` is false where its key was sent before. */
export interface SentMessage {
  entry: string | null;
  channel: string;
  has_account: boolean;
  fresh: boolean;
}

/**
 * Rows of SentMessage as a from-item of a statement: the only place where messages are written. The channels are those
 * of the rules. The messages are a list, or a select whose columns are named as the fields of a Message.
 */
export function messagesSent(
  messages: readonly Message[] | RawBuilder<unknown>,
  { template, now, bySms = false }: Sending,
): RawBuilder<unknown> {
  const rows =
    "toOperationNode" in messages
      ? sql`(select coalesce(jsonb_agg(to_jsonb(m)), '[]') from (${messages}) m)`
      : sql`${JSON.stringify(messages)}::jsonb`;
  return sql`shice.send_messages(${template}::text, ${channelsOf(template, { bySms })}::text[], ${rows}, ${now}::timestamptz)`;
}

/** Sends messages, each once for its key; returns what became of each on each channel. */
export async function sendMessages(
  tx: Tx,
  messages: readonly Message[] | RawBuilder<unknown>,
  sending: Sending,
): Promise<SentMessage[]> {
  const { rows } = await sql<SentMessage>`
    select entry, channel, has_account, fresh from ${messagesSent(messages, sending)}`.execute(tx);
  return rows;
}

/** How many messages of these are new, on all channels. */
export function countFresh(sent: readonly SentMessage[]): number {
  return sent.filter(({ fresh }) => fresh).length;
}
