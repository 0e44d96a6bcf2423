import { endText } from "@shice/contract/sentences/moment.ts";
import type { Tx } from "../platform/database/database.ts";
import { sendMessages } from "./send-messages.ts";

/** Informs the leads of the district of an objection to their list, with the day by which it must be answered. */
export async function notifyLeads(
  tx: Tx,
  {
    objection,
    campaign,
    application,
    authority,
    answerBy,
    now,
  }: {
    objection: string;
    campaign: string;
    application: string;
    authority: string;
    answerBy: Temporal.Instant;
    now: Temporal.Instant;
  },
): Promise<void> {
  const parameters = { end: endText(answerBy.toString()) };
  const message = {
    organisation: authority,
    role: "district-lead",
    key: objection,
    campaign,
    application,
    parameters,
  } as const;
  await sendMessages(tx, [message], { template: "objection-raised", now });
}

/** Informs the leads of the district of an appeal against a lapse or a refusal. */
export async function notifyLeadsOfAppeal(
  tx: Tx,
  appeal: { id: string; campaign: string; application: string; authority: string },
  now: Temporal.Instant,
): Promise<void> {
  const { id: key, campaign, application, authority: organisation } = appeal;
  const message = { organisation, role: "district-lead", key, campaign, application } as const;
  await sendMessages(tx, [message], { template: "appeal-raised", now });
}
