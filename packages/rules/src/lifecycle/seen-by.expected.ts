import type { StaffRole } from "./role.ts";
import { type Phase, phases, type State, statesIn } from "./state.ts";

/**
 * The phases in which a role finds cases in its queues; none if the role works on no cases. The district and its
 * schools see a case to its end, the centre from the hand-over on, the commission the cases that it decides or has
 * decided.
 */
const phasesSeenBy = {
  "school-clerk": phases,
  "district-reviewer": phases,
  "district-lead": phases,
  "sticker-custodian": [],
  "sticker-handler": ["concluded", "archived"],
  "centre-reviewer": ["with-district", "noticed", "with-centre", "with-commission", "concluded", "archived"],
  "campaign-manager": phases,
  "commission-approver": ["with-commission", "concluded", "archived", "revoked"],
  "account-administrator": [],
  "security-administrator": [],
  auditor: phases,
} as const satisfies Record<StaffRole, readonly Phase[]>;

/** The states that must appear in one of the role's queues. */
export function statesSeenBy(role: StaffRole): readonly State[] {
  return statesIn<Phase>(...phasesSeenBy[role]);
}
