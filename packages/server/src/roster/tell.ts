import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";
import { sql } from "kysely";
import { bytesText } from "../case/patch.ts";
import { openFacts, type StoredFacts } from "../form/roster-facts.ts";
import { type SentMessage, sendMessages } from "../message/send-messages.ts";
import type { ActContext } from "../request/run-act.ts";

/** One thing to be told to one teacher of the roster. */
interface Telling {
  entry: string;
  name: string;
  template: AnyTemplate;
  parameters: Readonly<Record<string, string>>;
  /** What bears the same key is told once. */
  key: string;
  /** The application that it is about, where there is one. */
  application?: string | undefined;
}

/** By which ways people were told, who had been told before, and whom nothing reaches. */
interface TellingOutcome {
  people: number;
  inbox: number;
  email: number;
  sms: number;
  smsToRoster: number;
  already: number;
  unreachable: string[];
}

const recipientPurpose = "message.recipient";

/**
 * Tells teachers of the own roster something by every way that reaches them: inbox, mail and short message where they have
 * an account, a short message to the number that the roster holds where they have none.
 */
export async function tellTeachers(ctx: ActContext, tellings: readonly Telling[]): Promise<TellingOutcome> {
  if (tellings.length === 0) {
    return { people: 0, inbox: 0, email: 0, sms: 0, smsToRoster: 0, already: 0, unreachable: [] };
  }
  const { tx, campaign, now, secrets } = ctx;
  const mobiles = await listMobiles(
    ctx,
    tellings.map(({ entry }) => entry),
  );
  const rows: SentMessage[] = [];
  for (const template of new Set(tellings.map((telling) => telling.template))) {
    const messages = tellings.flatMap(({ name: _, template: own, ...telling }) => {
      if (own !== template) return [];
      const mobile = mobiles.get(telling.entry);
      const recipient = mobile === undefined ? {} : { recipient: bytesText(secrets.encrypt(mobile, recipientPurpose)) };
      return [{ ...telling, ...recipient, campaign: campaign.id }];
    });
    rows.push(...(await sendMessages(tx, messages, { template, now })));
  }
  const reached = new Set(rows.map(({ entry }) => entry));
  const fresh = rows.filter((row) => row.fresh);
  const told = new Set(fresh.map(({ entry }) => entry));
  const by = (channel: string, hasAccount = true) =>
    fresh.filter((row) => row.channel === channel && row.has_account === hasAccount).length;
  return {
    people: told.size,
    inbox: by("inbox"),
    email: by("email"),
    sms: by("sms"),
    smsToRoster: by("sms", false),
    already: reached.size - told.size,
    unreachable: tellings.filter(({ entry }) => !reached.has(entry)).map(({ name }) => name),
  };
}

/** The mobile numbers that the roster holds of these people, by entry. */
async function listMobiles(
  { tx, campaign, secrets }: ActContext,
  entries: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<StoredFacts & { id: string }>`
    select id, facts, facts_sealed from shice.roster_entry
    where campaign_id = ${campaign.id} and id = any(${[...entries]}::uuid[])`.execute(tx);
  return new Map(
    rows.flatMap((row) => {
      const { mobile } = openFacts(row, secrets);
      return typeof mobile === "string" && mobile !== "" ? [[row.id, mobile] as const] : [];
    }),
  );
}
