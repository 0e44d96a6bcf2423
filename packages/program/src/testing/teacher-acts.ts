import { findProblem } from "@shice/contract/client.ts";
import { addPhoto } from "@shice/rehearsal/apply.ts";
import { check, supplySheets } from "@shice/rehearsal/school-desk.ts";
import type { Teacher } from "@shice/rehearsal/teachers.ts";
import { expect } from "vitest";
import type { ReferenceServer } from "./reference-server.ts";

/** A teacher with an application already begun. */
export type Applicant = Teacher & { application: string };
type Options = Parameters<ReferenceServer["teacher"]>[0];

/** The input of the submission. */
export const texts = { undertaking: "honesty-1", privacyNotice: "privacy-1" };

/** The problem of a refused call; fails the test if the call is accepted. */
export async function refusalOf(act: Promise<unknown> | undefined) {
  const problem = await act?.then(
    () => undefined,
    (error: unknown) => findProblem(error),
  );
  expect(problem).toBeDefined();
  return problem;
}

/** Acts of teachers and their schools, each leading to the state in which a test begins. */
export function actsOn({ world, teacher, at }: ReferenceServer) {
  const { campaign } = world;

  async function save({ client, application, form, index }: Applicant, changes: object = {}) {
    const own = await client.applicant.own({ campaign });
    if (own?.state === "draft" && own.form["photo"] === undefined) {
      await addPhoto(client, { campaign, application }, index);
    }
    return await client.applicant.saveDraft({ campaign, application, form: { ...form, ...changes } });
  }

  function submit({ client, application }: Applicant) {
    return client.applicant.submit({ campaign, application, ...texts });
  }

  async function submitted(options: Options = {}): Promise<Applicant> {
    const person = await teacher(options);
    await save(person);
    await submit(person);
    return person;
  }

  /** Submits and records every check that the school must make. */
  async function checked(options: Options = {}): Promise<Applicant> {
    const person = await submitted(options);
    await check(world, person);
    await supplySheets(world, person.school, [person]);
    return person;
  }

  async function confirmed(options: Options = {}): Promise<Applicant> {
    const person = await checked(options);
    await person.school.clerk.client.confirmation.confirm({ campaign, application: person.application });
    return person;
  }

  /** Submits and confirms in the windows of the notice, then hands over; the clock is then at 6 November, 9:00. */
  async function handedOver(options: Options = {}): Promise<Applicant> {
    const person = await confirmed(options);
    await at("2017-11-06T09:00");
    await person.school.clerk.client.confirmation.handOver({ campaign, applications: [person.application] });
    return person;
  }

  /** Leads to the conclusion by the offices' acts on the days of the notice; the clock is then at 23 November. */
  async function concluded(person: Applicant, conclusion: "pass" | "defer", number: string): Promise<void> {
    const applications = [person.application];
    const { district } = person;
    await at("2017-11-08T10:00");
    const { application } = person;
    await district.reviewer.client.preliminary.recordFacts({ campaign, application, ethics: "met", fit: true });
    const reasons = [conclusion === "pass" ? "conditions-met" : "training-short"];
    await district.reviewer.client.preliminary.decideMany({ campaign, applications, conclusion, reasons });
    await at("2017-11-10T09:00");
    const { notice } = await district.lead.client.notice.publish({ campaign, applications });
    await at("2017-11-20T09:00");
    await district.lead.client.notice.closeNotice({ campaign, notice: notice?.id ?? "" });
    const { id: report } = await district.reviewer.client.report.prepareReport({ campaign });
    await district.lead.client.report.report({ campaign, report });
    await at("2017-11-21T10:00");
    const centre = world.centres.find(({ id }) => id === district.reviewBody);
    await centre?.reviewer.client.review.approveMany({ campaign, applications });
    await at("2017-11-23T10:00");
    const { decision } = await world.commission.client.decision.conclude({ campaign, number, applications });
    expect(decision?.entries).toBe(1);
  }

  /** The clerk confirms having looked at these cases before they lapse. */
  async function acknowledge(...people: readonly Applicant[]): Promise<void> {
    for (const [school, own] of Map.groupBy(people, (person) => person.school)) {
      const applications = own.map(({ application }) => application);
      const { seen } = await school.clerk.client.roster.acknowledgeLapse({ campaign, applications });
      expect(seen).toBe(own.length);
    }
  }

  return { save, submit, submitted, checked, confirmed, handedOver, concluded, acknowledge };
}
