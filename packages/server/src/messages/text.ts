import { fill, messageTemplates, type Template } from "./templates.zh.ts";

/** A message as its row has it. */
export interface MessageWords {
  template: string;
  campaign: string | null;
  number: string | null;
  parameters: Record<string, unknown>;
}

/** Title, words and short words of a message; a template that is no longer known is shown by its name. */
export function messageTextOf(message: MessageWords): { title: string; text: string; short: string } {
  const known: Template | undefined = Object.entries(messageTemplates).find(([name]) => name === message.template)?.[1];
  if (known === undefined) return { title: message.template, text: message.template, short: message.template };
  const { days, end } = message.parameters;
  const values = {
    campaign: message.campaign ?? "",
    number: message.number ?? "",
    days: String(days ?? ""),
    end: String(end ?? ""),
  };
  return {
    title: known.title,
    text: fill(known.text, values),
    short: `【教师资格定期注册】${fill(known.short ?? known.text, values)}`,
  };
}
