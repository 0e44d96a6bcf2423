import type { Refusal } from "@shice/rules/refusal.ts";
import type { PlatformRefusal } from "./platform-refusal.ts";
import type { RoomRefusal } from "./room-refusal.ts";

/** Everything that can be refused over the API: by the rules, by a room in its records, by the program itself. */
export type AnyRefusal = Refusal | RoomRefusal | PlatformRefusal;
export type RefusalCode = AnyRefusal["code"];
export type RefusalWith<Code extends RefusalCode> = Extract<AnyRefusal, { code: Code }>;
