import { type Client, findProblem } from "@shice/contract/client.ts";
import { rightStandingOf } from "./people.ts";
import { inventPhoto } from "./photos.ts";
import type { Teacher } from "./teachers.ts";
import type { World } from "./world.ts";

const texts = { undertaking: "honesty-1", privacyNotice: "privacy-1" };
const attestation = "attestation-1";

/**
 * One teacher's application: registers the account, proves the address, fills in the form step by step, and submits.
 */
export async function apply(world: World, teacher: Teacher, onStarted?: (application: string) => void): Promise<void> {
  const { campaign } = world;
  const { client } = teacher;
  if (teacher.story === "assisted") return await applyAssisted(world, teacher, onStarted);
  await register(world, teacher);
  const started = await client.applicant.start({ campaign });
  teacher.application = started.id;
  teacher.number = started.number;
  const application = started.id;
  onStarted?.(application);
  await client.applicant.saveDraft({ campaign, application, form: firstHalf(teacher) });
  await client.applicant.saveDraft({ campaign, application, form: teacher.form });
  await addPhoto(client, { campaign, application }, teacher.index);

  switch (teacher.story) {
    case "borrowed-in":
      // Refused at a school where the plan does not let seconded teachers register (Notice §三(一): the borrowing one).
      await mustBeRefused(() => submit(world, teacher), "form.incomplete");
      teacher.form = { ...teacher.form, seconded: rightStandingOf(world.plan), schoolId: teacher.school.id };
      await client.applicant.saveDraft({ campaign, application, form: teacher.form });
      await submit(world, teacher);
      return;
    case "on-probation":
    case "not-on-post":
      await mustBeRefused(() => submit(world, teacher), "form.incomplete");
      await client.applicant.discard({ campaign, application });
      return;
    case "late":
      // Leaves a draft. Its outcome is checked after the window has closed.
      return;
    case "odd-number": {
      const { certificateNumberAttested: _, ...unattested } = teacher.form;
      await client.applicant.saveDraft({ campaign, application, form: unattested });
      await mustBeRefused(() => submit(world, teacher), "form.incomplete");
      await client.applicant.saveDraft({ campaign, application, form: teacher.form });
      await submit(world, teacher);
      return;
    }
    default:
      await submit(world, teacher);
  }
}

async function register(world: World, teacher: Teacher): Promise<void> {
  const { client, human } = teacher;
  await client.accounts.register({
    idNumber: human.idNumber,
    name: human.name,
    mobile: human.mobile,
    email: human.email,
    password: human.password,
    privacyNotice: texts.privacyNotice,
  });
  await verifyEmail(world, teacher);
}

/**
 * The school fills in for a teacher without an account (Notice §三(一): 学校统一组织), except for what only the teacher may
 * give. Returns the application.
 */
export async function fillInFor(world: World, teacher: Teacher): Promise<string> {
  const { campaign } = world;
  const { assistance } = teacher.school.clerk.client;
  const { name, idNumber } = teacher.human;
  const { application } = await assistance.start({ campaign, person: { school: teacher.school.id, name, idNumber } });
  await assistance.saveForm({ campaign, application, form: firstHalf(teacher) });
  await assistance.saveForm({ campaign, application, form: teacher.form });
  const content = inventPhoto(teacher.index);
  await assistance.addAttachment({ campaign, application, slot: "photo", fileName: "照片.png", content });
  return application;
}

/** The teacher registers, checks the school's entries, corrects one, attests and submits. */
async function applyAssisted(world: World, teacher: Teacher, onStarted?: (application: string) => void): Promise<void> {
  const { campaign } = world;
  const { client } = teacher;
  const application = await fillInFor(world, teacher);
  teacher.application = application;
  onStarted?.(application);
  await register(world, teacher);
  await mustBeRefused(() => submit(world, teacher), "attestation.missing");
  teacher.form = { ...teacher.form, address: `${teacher.form.address}附2号` };
  const own = await client.applicant.saveDraft({ campaign, application, form: teacher.form });
  teacher.number = own.number;
  if (own.assistance === null || own.assistance.fields.includes("address")) {
    throw new Error(`teacher ${teacher.index}: what the teacher changed is still the school's`);
  }
  await client.applicant.submit({ campaign, application, ...texts, version: own.version, attestation });
}

/** Uploads an invented portrait (Notice §三(一): 按照要求上传照片). */
export async function addPhoto(
  client: Client,
  target: { campaign: string; application: string },
  index: number,
): Promise<void> {
  await client.applicant.addAttachment({ ...target, slot: "photo", fileName: "照片.png", content: inventPhoto(index) });
}

/** Submits. Every 25th teacher repeats the call with the same key, which must act once. */
export async function submit(world: World, teacher: Teacher): Promise<void> {
  const input = { campaign: world.campaign, application: applicationOf(teacher), ...texts };
  const context = { idempotencyKey: `submit-${teacher.index}-${teacher.form.seconded}` };
  await teacher.client.applicant.submit(input, { context });
  if (teacher.index % 25 === 0) await teacher.client.applicant.submit(input, { context });
}

export function applicationOf(teacher: Teacher): string {
  if (teacher.application === undefined) throw new Error(`teacher ${teacher.index} has no application`);
  return teacher.application;
}

/** Calls an act that must be refused with this code. Any other answer is a fault of the system. */
export async function mustBeRefused(act: () => Promise<unknown>, code: string): Promise<void> {
  try {
    await act();
  } catch (error) {
    const problem = findProblem(error);
    if (problem?.code === code) return;
    throw new Error(`refused with ${problem?.code ?? String(error)} instead of ${code}`);
  }
  throw new Error(`accepted instead of refused with ${code}`);
}

async function verifyEmail(world: World, { index, human, client }: Teacher): Promise<void> {
  // Every tenth teacher proves the address at once; it is needed only for a forgotten password.
  if (index % 10 !== 0) return;
  const mails = await world.anyone.training.listMails({ to: human.email });
  const token = mails
    .map(({ text }) => /^[\w-]+\.[\w-]+\.[\w-]+$/m.exec(text)?.[0])
    .find((found) => found !== undefined);
  if (token === undefined && world.mailsMayBeLost) return;
  if (token === undefined) throw new Error("no mail with the proof of the address arrived");
  await client.accounts.verifyEmail({ token });
}

function firstHalf({ form }: Teacher) {
  const { certificateNumber, certificateKind, postKind, subject, schoolId } = form;
  return { certificateNumber, certificateKind, postKind, subject, schoolId };
}
