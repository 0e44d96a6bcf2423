import type { Client } from "@shice/contract/client.ts";
import type { TransitionName } from "@shice/rules/lifecycle/transition-names.ts";

/** One entry of an act's dialogue: its kind, the name it is sent under, the text beside it. */
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

/** The entered values by name; only the act that asked for them reads them. */
export type Entered = Readonly<Record<string, unknown>>;

export interface ActTarget {
  campaign: string;
  application: string;
  version: number;
}

interface SendContext {
  context: { idempotencyKey: string };
}

/** One act on one case: what its dialogue asks and what it sends. Its title stands in the lifecycle. */
export interface ActSpec {
  /** The consequence of the act, said before the button is pressed. */
  tells: string;
  fields: readonly ActField[];
  /** An act that takes something from somebody. */
  grave?: true;
  send: (client: Client, target: ActTarget, entered: Entered, context: SendContext) => Promise<unknown>;
}

/** The acts of one module, by transition. */
export type ActSpecs = Partial<Record<TransitionName, ActSpec>>;

export interface BulkOutcome {
  rows: { application: string; ok: boolean; refusal?: { code: string; sentence: string } | undefined }[];
}

export interface RefusedRow {
  application: string;
  refusal: { code: string; sentence: string };
}

/** One act on many cases. Where one paper results (manifest, notice, decision), all cases go in one call. */
export interface BulkActSpec {
  /** Its title stands in this row of the lifecycle. */
  transition: TransitionName;
  tells: string;
  fields: readonly ActField[];
  /** All rows belong on one list, which one call makes. */
  oneList: boolean;
  grave?: true;
  /** Which of the cases would be refused as things stand entered, and why: they are named and left out beforehand. */
  check?: (
    client: Client,
    campaign: string,
    applications: string[],
    entered: Entered,
  ) => Promise<readonly RefusedRow[]>;
  send: (
    client: Client,
    campaign: string,
    applications: string[],
    entered: Entered,
    context: SendContext,
  ) => Promise<BulkOutcome>;
}
