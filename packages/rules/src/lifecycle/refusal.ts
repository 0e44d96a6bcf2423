import type { WindowedStage } from "../plan/stage.ts";
import type { CaseFacts, Duty } from "./facts.ts";
import type { Role } from "./role.ts";
import type { State } from "./state.ts";

/** The last act on the case before the refused one. */
export interface LastAct {
  transition: string;
  role: string;
  at: string;
}

export function lastActOf({ last }: Pick<CaseFacts, "last">): LastAct | null {
  return last === null ? null : { transition: last.transition, role: last.role, at: last.at.toString() };
}

/** Why an act on an application is refused. Instants are ISO strings in UTC. */
export type LifecycleRefusal =
  | { code: "case.out-of-scope" }
  | {
      code: "case.wrong-state";
      transition: string;
      state: State;
      last: LastAct | null;
    }
  | {
      code: "case.changed";
      expected: number;
      version: number;
      last: LastAct | null;
    }
  | { code: "case.own" }
  | { code: "case.carried-over" }
  | { code: "campaign.closed"; closedAt: string }
  | { code: "role.not-yours"; role: Role; roles: readonly Role[] }
  | { code: "duty.acted-before"; duty: Duty; acted: Duty }
  | {
      code: "window.closed";
      stage: WindowedStage;
      why: "not-yet" | "nightly" | "closure" | "between" | "over" | "no-such-stage";
      opensAt: string | null;
    }
  | { code: "stage.over"; stage: WindowedStage; endedAt: string }
  | { code: "stage.running"; stage: WindowedStage; endsAt: string }
  | { code: "reply.over"; replyBy: string }
  | { code: "reply.running"; replyBy: string }
  | { code: "reply.too-late"; latest: string; field: "replyBy" }
  | { code: "form.incomplete"; findings: readonly string[] }
  | { code: "attestation.missing"; field: "attestation" }
  | { code: "checks.missing"; missing: readonly string[] }
  | { code: "lapse.unseen" }
  | { code: "notice.running"; endsAt: string }
  | { code: "objection.undecided"; count: number }
  | { code: "withdrawal.not-released" }
  | { code: "withdrawal.not-asked" }
  | { code: "withdrawal.asked-already" }
  | { code: "application.nothing-to-erase" }
  | { code: "appeal.missing" }
  | { code: "appeal.raised-already"; outcome: "open" | "dismissed" }
  | { code: "appeal.no-district" }
  | { code: "conclusion.signed-for-already" }
  | { code: "extension.missing" }
  | { code: "marking.other-kind"; expected: "sticker" | "annotation" | "none" }
  | { code: "marking.missing"; expected: "sticker" | "annotation" }
  | { code: "conclusion.unknown"; conclusion: string; field: "conclusion" };
