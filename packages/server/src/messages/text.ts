import { messageTemplates } from "./templates.zh.ts";

/** Title and words of a message; a template that is no longer known is shown by its name. */
export function messageTextOf(message: { template: string; campaign: string | null; number: string | null }) {
  const known = Object.entries(messageTemplates).find(([name]) => name === message.template)?.[1];
  if (known === undefined) return { title: message.template, text: message.template };
  return { title: known.title, text: known.text({ campaign: message.campaign ?? "", number: message.number ?? "" }) };
}
