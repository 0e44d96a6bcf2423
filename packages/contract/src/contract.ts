import type { ContractRouterClient } from "@orpc/contract";
import { accountsContract } from "./accounts.ts";
import { applicantContract } from "./applicant.ts";
import { archiveContract } from "./archive.ts";
import { assistanceContract } from "./assistance.ts";
import { auditContract } from "./audit.ts";
import { campaignsContract } from "./campaigns.ts";
import { casesContract } from "./cases.ts";
import { confirmationContract } from "./confirmation.ts";
import { conversationContract } from "./conversation.ts";
import { decisionContract } from "./decision.ts";
import { documentsContract } from "./documents.ts";
import { jobsContract } from "./jobs.ts";
import { markingContract } from "./marking.ts";
import { messagesContract } from "./messages.ts";
import { noticeContract } from "./notice.ts";
import { organisationsContract } from "./organisations.ts";
import { preliminaryContract } from "./preliminary.ts";
import { reportContract } from "./report.ts";
import { returnsContract } from "./returns.ts";
import { reviewContract } from "./review.ts";
import { rosterContract } from "./roster.ts";
import { trainingContract } from "./training.ts";

/** The whole HTTP API by module, in the order of the notice. */
export const contract = {
  accounts: accountsContract,
  campaigns: campaignsContract,
  organisations: organisationsContract,
  roster: rosterContract,
  applicant: applicantContract,
  assistance: assistanceContract,
  documents: documentsContract,
  cases: casesContract,
  confirmation: confirmationContract,
  preliminary: preliminaryContract,
  returns: returnsContract,
  notice: noticeContract,
  report: reportContract,
  review: reviewContract,
  decision: decisionContract,
  marking: markingContract,
  archive: archiveContract,
  messages: messagesContract,
  conversation: conversationContract,
  audit: auditContract,
  jobs: jobsContract,
  training: trainingContract,
};
export type Contract = typeof contract;
/** The API for callers in the same process. */
export type DirectClient = ContractRouterClient<Contract>;
