import { applicantRoutes } from "../applicant/routes.ts";
import { confirmationRoutes } from "../confirmation/routes.ts";
import type { RequestContext } from "../request/context.ts";
import { callRoute as call } from "./offices.ts";
import type { Offices, Staff } from "./offices-shape.ts";
import { asApplicant } from "./roster.ts";

/** What a teacher signs with the submission. */
const texts = { undertaking: "honesty-1", privacyNotice: "privacy-1" };

/** A request by the teacher of an application. */
async function asTeacherOf(offices: Offices, application: string): Promise<RequestContext> {
  const { rows } = await offices.db.owner.query(
    `select c.id as account, c.person_id as person from shice.application a
     join shice.account c on c.person_id = a.person_id and c.kind = 'applicant' where a.id = $1`,
    [application],
  );
  if (rows.length !== 1) throw new Error(`application ${application} has ${rows.length} accounts`);
  return asApplicant(offices, rows[0]);
}

/** From `submitted` back to `draft`, by the teachers, who wish to change something. */
export async function recalled(offices: Offices, applications: readonly string[]): Promise<void> {
  for (const application of applications) {
    const context = await asTeacherOf(offices, application);
    await call(applicantRoutes.recall, { campaign: offices.campaign.key, application }, { context });
  }
}

/** From `draft` to `submitted`, by the teacher, who attests what the school has filled in; needs `completeFacts`. */
export async function submittedAttested(offices: Offices, application: string): Promise<void> {
  const context = await asTeacherOf(offices, application);
  const campaign = offices.campaign.key;
  const { version } = (await call(applicantRoutes.own, { campaign }, { context })) ?? {};
  await call(
    applicantRoutes.submit,
    { campaign, application, ...texts, attestation: "attestation-1", version },
    { context },
  );
}

/** From `returned` back to `submitted`, by the teacher, who changes nothing; needs `completeFacts`. */
export async function resubmitted(offices: Offices, application: string): Promise<void> {
  const context = await asTeacherOf(offices, application);
  await call(applicantRoutes.resubmit, { campaign: offices.campaign.key, application }, { context });
}

/** A draft that names no school yet, by the teacher of an application that was withdrawn. */
export async function startedAnew(offices: Offices, application: string): Promise<string> {
  const context = await asTeacherOf(offices, application);
  const { id } = await call(applicantRoutes.start, { campaign: offices.campaign.key }, { context });
  return id;
}

/** To `withdrawn`, by the clerk of the school, for teachers who have left it. */
export async function withdrawn(offices: Offices, clerk: Staff, applications: readonly string[]): Promise<void> {
  for (const application of applications) {
    await call(
      confirmationRoutes.withdrawForTeacher,
      { campaign: offices.campaign.key, application, reasons: ["left"], reason: "已离职" },
      { context: offices.as(clerk) },
    );
  }
}

const withdrawable = ["draft", "submitted", "returned", "confirmed", "sent-back"];

/** Withdraws everything that these clerks' schools may still withdraw, so that a test begins with none. */
export async function withdrawAll(offices: Offices, clerks: readonly Staff[]): Promise<void> {
  for (const clerk of clerks) {
    const { rows } = await offices.db.owner.query(
      "select id from shice.application where confirmation_point_id = $1 and state = any($2)",
      [clerk.organisation.id, withdrawable],
    );
    await withdrawn(
      offices,
      clerk,
      rows.map(({ id }) => id),
    );
  }
}
