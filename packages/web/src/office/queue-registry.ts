import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import { toArchive } from "./archive/queues.ts";
import {
  beforeArchiving,
  beforeMarking,
  beingFilled,
  beyondSchool,
  ended,
  endedOtherwise,
  everyCase,
  lapsedOrRefused,
  underWay,
  withSchool,
} from "./cases/queues.ts";
import { concluded, revoked, toConclude } from "./decision/queues.ts";
import { returnedToTeacher, toConfirm, withdrawalAsked } from "./desk/queues.ts";
import { sentBackToSchool, toHandOver } from "./hand-over/queues.ts";
import { marked, toAnnotate, toPaste } from "./marking/queues.ts";
import { inquiry, onNotice, onNoticeAndReported, toPublish } from "./notice/queues.ts";
import { decided, sentBack, toDecide, withReviewers } from "./preliminary/queues.ts";
import type { QueueView } from "./queues/queue-view.ts";
import { reported, toReport } from "./report/queues.ts";
import { returnedByReview, returnedToDistrict, reviewed, toReview, withDistrict } from "./review/queues.ts";

/** The queues of each role, in the order of the day's work. */
const queues: Record<StaffRole, readonly QueueView[]> = {
  "school-clerk": [
    toConfirm,
    sentBackToSchool,
    toHandOver,
    withdrawalAsked,
    returnedToTeacher,
    beingFilled,
    beyondSchool,
    ended,
  ],
  "district-reviewer": [
    toDecide,
    returnedByReview,
    decided,
    onNoticeAndReported,
    sentBack,
    toArchive,
    withSchool,
    beforeMarking,
    ended,
  ],
  "district-lead": [
    toPublish,
    inquiry,
    toReport,
    onNotice,
    withReviewers,
    reported,
    beforeArchiving,
    withSchool,
    ended,
  ],
  "sticker-custodian": [],
  "sticker-handler": [toPaste, toAnnotate, marked],
  "centre-reviewer": [toReview, returnedToDistrict, reviewed, withDistrict, concluded],
  "campaign-manager": [underWay, lapsedOrRefused, endedOtherwise],
  "commission-approver": [toConclude, concluded, revoked],
  "account-administrator": [],
  "security-administrator": [],
  auditor: [everyCase],
};

const queuesByRole: ReadonlyMap<string, readonly QueueView[]> = new Map(Object.entries(queues));

/** The queues of a role; none where the role works on no cases. */
export function queuesOf(role: string): readonly QueueView[] {
  return queuesByRole.get(role) ?? [];
}
