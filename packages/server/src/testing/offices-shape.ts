import type { ApplicationForm } from "@shice/rules/form/form.ts";
import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import type { Clock } from "../platform/clock.ts";
import type { RequestContext, Services } from "../request/context.ts";
import type { TestDatabase } from "./test-database.ts";

/** A clock that a test sets, in Beijing time. */
export interface TestClock extends Clock {
  set(local: string): void;
}

/** What a test may say of the applications it needs. */
export interface ApplicationFacts {
  certificateIssuedOn: string;
  form: Record<string, unknown>;
  flags: string[];
  registrationKind: "first" | "periodic";
  /** The number of the teacher's document; without one it is no valid number. */
  idNumber: string;
  /** The whole form as the teacher would submit it, its sealed fields too; stands in the place of `form`. */
  complete: ApplicationForm;
}

export interface Organisation {
  id: string;
  name: string;
  kind: "commission" | "centre" | "authority" | "school";
}

export interface Staff {
  accountId: string;
  postId: string;
  name: string;
  role: StaffRole;
  organisation: Organisation;
}

/** One district with its school and all its people. */
export interface District {
  authority: Organisation;
  school: Organisation;
  clerk: Staff;
  reviewer: Staff;
  secondReviewer: Staff;
  lead: Staff;
  custodian: Staff;
  handler: Staff;
}

export interface Offices {
  db: TestDatabase;
  services: Services;
  clock: TestClock;
  plan: Plan;
  campaign: { id: string; key: string };
  wanzhou: District;
  yuzhong: District;
  centre: Organisation;
  centreReviewer: Staff;
  secondCentreReviewer: Staff;
  centreCustodian: Staff;
  centreHandler: Staff;
  manager: Staff;
  approver: Staff;
  auditor: Staff;
  /** A request by this person, or by nobody. */
  as(staff: Staff | null, options?: { idempotencyKey?: string }): RequestContext;
  /** Applications that a school has confirmed, at the time that the clock shows. */
  confirmed(district: District, count: number, facts?: Partial<ApplicationFacts>): Promise<string[]>;
  /** Applications that a school has confirmed and handed over, by real acts from `submitted` on. */
  handedOver(district: District, count: number, facts?: Partial<ApplicationFacts>): Promise<string[]>;
}
