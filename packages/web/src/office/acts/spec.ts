import type { Client } from "@shice/contract/client.ts";

/** What a dialogue asks: the kind of entry, under which name it is sent, what is said beside it. */
export type ActField =
  | { kind: "reasons"; name: "reasons"; use: "return" | "send-back" | "decide" | "refuse" | "withdraw" }
  | { kind: "words"; name: string; label: string; required: boolean; help?: string; example?: string }
  | { kind: "line"; name: string; label: string; help?: string; example?: string }
  | { kind: "reply-by"; name: "replyBy" }
  | { kind: "conclusion"; name: "conclusion" }
  | { kind: "school"; name: "school"; label: string }
  | { kind: "sticker"; name: "sticker" }
  | { kind: "colleague"; name: string; label: string; role: "sticker-custodian" | "sticker-handler" }
  | { kind: "declared"; name: string; label: string }
  | { kind: "count"; name: string; label: string; help?: string; first: number }
  | { kind: "choice"; name: string; label: string; options: readonly { value: string; label: string }[] };

/** What was entered, by name; read by the act that asked for it. */
export type Entered = Readonly<Record<string, unknown>>;

export interface ActTarget {
  campaign: string;
  application: string;
  version: number;
}

/** One act on one case: what it asks and what it sends. Where nothing is asked, a sentence to agree to. */
export interface ActSpec {
  /** What pressing the button brings about, said before it is pressed. */
  tells: string;
  fields: readonly ActField[];
  /** An act that takes something from somebody. */
  grave?: true;
  send: (
    client: Client,
    target: ActTarget,
    entered: Entered,
    context: { context: { idempotencyKey: string } },
  ) => Promise<unknown>;
}

const textOf = (entered: Entered, name: string) => {
  const value = entered[name];
  return typeof value === "string" ? value.trim() : "";
};

/** A text that must be there; the form has seen to it. */
export function wordsOf(entered: Entered, name: string): string {
  return textOf(entered, name);
}

/** A text that may be left out: then nothing is sent. */
export function maybe<Name extends string>(entered: Entered, name: Name): { [Key in Name]?: string } {
  const text = textOf(entered, name);
  return (text === "" ? {} : { [name]: text }) as { [Key in Name]?: string };
}

export function codesOf(entered: Entered, name: string): string[] {
  const value = entered[name];
  return Array.isArray(value) ? value.map(String) : [];
}
