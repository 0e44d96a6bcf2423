import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";
import { fill, messageTemplates, placeholders, type Template } from "./templates.zh.ts";

/** A message as its row has it, with the words that were in force when it was caused. */
export interface MessageWords {
  template: AnyTemplate;
  campaign: string | null;
  number: string | null;
  parameters: Record<string, unknown>;
  /** The office's own words for this kind of message. */
  own_title: string | null;
  own_text: string | null;
  own_short: string | null;
  /** Of a circular, with the office that sent it. */
  circular_title: string | null;
  circular_text: string | null;
  circular_from: string | null;
}

interface MessageText {
  title: string;
  text: string;
  /** For the telephone, signed. */
  short: string;
}

const signature = "【教师资格定期注册】";

/** Title, words and short words of a message. */
export function messageTextOf(message: MessageWords): MessageText {
  if (message.circular_title !== null && message.circular_text !== null) {
    const { circular_title: title, circular_text: text, circular_from: from } = message;
    return {
      title,
      text: from === null ? text : `${text}\n\n${from}`,
      short: `${signature}${title}。详情请登录查看。`,
    };
  }
  const words = templateOf(message);
  return filledText(words, valuesOf(message));
}

/** A template with its placeholders filled in. */
export function filledText(words: Template, values: Parameters<typeof fill>[1]): MessageText {
  return {
    title: words.title,
    text: fill(words.text, values),
    short: `${signature}${fill(words.short ?? words.text, values)}`,
  };
}

function templateOf({ template, own_title, own_text, own_short }: MessageWords): Template {
  if (own_title !== null && own_text !== null) {
    return { title: own_title, text: own_text, ...(own_short === null ? {} : { short: own_short }) };
  }
  return messageTemplates[template];
}

function valuesOf({ campaign, number, parameters }: MessageWords) {
  const given = placeholders.map((name) => [name, String(parameters[name] ?? "")] as const);
  return { ...Object.fromEntries(given), campaign: campaign ?? "", number: number ?? "" };
}
