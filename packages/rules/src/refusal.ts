import type { OpinionRefusal } from "./conclusions/opinion.ts";
import type { LifecycleRefusal } from "./lifecycle/refusal.ts";
import type { StickerRefusal } from "./stickers/refusal.ts";

/** Everything a rule can refuse, by stable code; the sentences are the contract's. */
export type Refusal = LifecycleRefusal | OpinionRefusal | StickerRefusal;
