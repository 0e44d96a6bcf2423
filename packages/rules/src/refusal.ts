import type { LifecycleRefusal } from "./lifecycle/refusal.ts";

/** Everything a rule can refuse, by stable code; the sentences are the contract's. */
export type Refusal = LifecycleRefusal;
