import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import { applicationOf } from "./apply.ts";
import { opensField, reasonFor } from "./reasons.ts";
import type { Teacher } from "./teachers.ts";
import { chunksOf } from "./together.ts";
import type { School, World } from "./world.ts";

/** The school puts its teachers on the roster before the applications begin (Notice §三(一): 学校统一组织). */
export async function enterRoster(world: World, school: School, teachers: readonly Teacher[]): Promise<void> {
  const rows = teachers.map(({ human, story }) => ({
    ...{ school: school.id, name: human.name, idNumber: human.idNumber },
    standing:
      story === "on-probation"
        ? ("on-probation" as const)
        : story === "not-on-post"
          ? ("out-of-scope" as const)
          : ("due" as const),
  }));
  for (const some of chunksOf(rows, 500)) {
    const { wrong } = await school.clerk.client.roster.addRoster({
      campaign: world.campaign,
      rows: some,
      source: "hand",
    });
    if (wrong.length > 0) throw new Error(`the roster is refused: ${JSON.stringify(wrong[0])}`);
  }
}

/** Looks at originals, copies and certificate, and records it (Notice §三(二)1–7). */
export async function check(world: World, teacher: Teacher): Promise<void> {
  const { campaign, plan } = world;
  const { client } = teacher.school.clerk;
  const application = applicationOf(teacher);
  await client.confirmation.saveChecks({
    ...{ campaign, application },
    materials: checklistOf(plan, { newlyHired: teacher.form.newlyHired, registrationKind: "first" })
      .filter(({ suppliedBy }) => suppliedBy === "applicant")
      .map(({ key, copies }) => ({ material: key, originalSeen: true, copyStamped: true, copies })),
    certificate: comparedFields.map((field) => ({ field, agrees: true })),
  });
}

/** Items 5, 6 and 7 for all at once, signed by the head (Notice §三(二)). */
export async function supplySheets(world: World, school: School, teachers: readonly Teacher[]): Promise<void> {
  const materials = world.plan.materials.filter(({ variants }) =>
    variants.some(({ suppliedBy }) => suppliedBy === "school"),
  );
  for (const { key: material } of materials) {
    for (const some of chunksOf(teachers.map(applicationOf), 500)) {
      await school.clerk.client.confirmation.supplySheets({
        ...{ campaign: world.campaign, school: school.id, material, signer: "校长" },
        applications: some,
      });
    }
  }
}

/** Returns an application for its photo-like faults: opens the address data alone. */
export async function giveBack(world: World, teacher: Teacher): Promise<void> {
  await teacher.school.clerk.client.confirmation.returnToApplicant({
    ...{ campaign: world.campaign, application: applicationOf(teacher) },
    ...{ reasons: [reasonFor(world.plan, "return", "field:address")], text: "请核对通信地址。" },
  });
}

/** The teacher changes what was asked and sends it again; something else would be refused. */
export async function answer(world: World, teacher: Teacher): Promise<void> {
  const { campaign, plan } = world;
  const application = applicationOf(teacher);
  if (opensField(plan, "address")) {
    teacher.form = { ...teacher.form, address: `${teacher.form.address}附1号` };
    await teacher.client.applicant.saveDraft({ campaign, application, form: teacher.form });
  }
  await teacher.client.applicant.resubmit({ campaign, application });
}
