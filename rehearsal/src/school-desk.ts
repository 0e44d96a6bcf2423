import { setTimeout as sleep } from "node:timers/promises";
import { sendRoster } from "@shice/contract/send-roster.ts";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import { writeXlsx } from "hucre";
import { applicationOf } from "./apply.ts";
import { opensField, reasonFor } from "./reasons.ts";
import type { Teacher } from "./teachers.ts";
import { chunksOf } from "./together.ts";
import type { School, World } from "./world.ts";

/**
 * Imports the school's roster from a spreadsheet: checked, then written (Notice §三(一): 学校统一组织). Some schools write as
 * offices do: full-width digits, blanks, a small x, a sum at the end.
 */
export async function enterRoster(world: World, school: School, teachers: readonly Teacher[]): Promise<void> {
  const { client } = school.clerk;
  const { campaign } = world;
  const untidy = (text: string) =>
    school.id.charCodeAt(0) % 2 === 0
      ? text
      : ` ${text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).toLowerCase()}`;
  const rows = teachers.map(({ human, story }) => [
    human.name,
    untidy(human.idNumber),
    school.name,
    story === "on-probation" ? "试用期" : story === "not-on-post" ? "不在注册范围" : "",
    story === "on-probation"
      ? reasonText(world, "on-probation")
      : story === "not-on-post"
        ? reasonText(world, "out-of-scope")
        : "",
  ]);
  const bytes = await writeXlsx({
    sheets: [
      {
        name: "在职教师",
        rows: [
          [`${school.name}教师名册`],
          ["姓名", "身份证号码", "工作单位", "情形", "未申请原因"],
          ...rows,
          ["合计", `${rows.length}人`],
        ],
      },
    ],
  });
  const { id } = await sendRoster(client, { campaign, fileName: `${school.name}.xlsx` }, bytes);
  const checked = await worked(world, school, id, "checking");
  if (checked.state !== "checked" || checked.wrong > 0) {
    const [wrong] = (await client.roster.listImportRows({ campaign, import: id, outcome: "wrong", limit: 1 })).items;
    throw new Error(`the roster is refused: ${JSON.stringify(checked.problem ?? wrong)}`);
  }
  await client.roster.applyImport({ campaign, import: id });
  const { applied, state } = await worked(world, school, id, "applying");
  if (state !== "applied" || applied < rows.length) throw new Error(`of ${rows.length} rows ${applied} were written`);
}

/** Waits until the program has finished this step of an import. */
async function worked({ campaign }: World, { clerk }: School, id: string, at: "checking" | "applying") {
  for (let attempt = 1; ; attempt++) {
    const view = await clerk.client.roster.getImport({ campaign, import: id });
    if (view.state !== at) return view;
    if (attempt > 3000) throw new Error(`an import is still ${at}`);
    await sleep(Math.min(20 * attempt, 500));
  }
}

/** A reason of the plan for not applying: the one with this code, or the first suitable one. */
function reasonText({ plan }: World, code: string): string {
  const reasons = plan.reasons.filter(({ use }) => use.includes("not-applied"));
  return (reasons.find((reason) => reason.code === code) ?? reasons[0])?.text ?? "";
}

/** Checks originals, copies and certificate, and records it (Notice §三(二)1–7). */
export async function check(world: World, teacher: Teacher): Promise<void> {
  const { campaign, plan } = world;
  const { client } = teacher.school.clerk;
  const application = applicationOf(teacher);
  await client.confirmation.saveChecks({
    campaign,
    application,
    materials: checklistOf(plan, { newlyHired: teacher.form.newlyHired, registrationKind: "first" })
      .filter(({ suppliedBy }) => suppliedBy === "applicant")
      .map(({ key, copies }) => ({ material: key, originalSeen: true, copyStamped: true, copies })),
    certificate: comparedFields.map((field) => ({ field, agrees: true })),
  });
}

/** Records items 5, 6 and 7 for all together, signed by the head (Notice §三(二)). */
export async function supplySheets(world: World, school: School, teachers: readonly Teacher[]): Promise<void> {
  const materials = world.plan.materials.filter(({ variants }) =>
    variants.some(({ suppliedBy }) => suppliedBy === "school"),
  );
  for (const { key: material } of materials) {
    for (const some of chunksOf(teachers.map(applicationOf), 500)) {
      await school.clerk.client.confirmation.supplySheets({
        campaign: world.campaign,
        school: school.id,
        material,
        signer: "校长",
        applications: some,
      });
    }
  }
}

/** Returns an application for a fault that opens only the address fields. */
export async function giveBack(world: World, teacher: Teacher): Promise<void> {
  await teacher.school.clerk.client.confirmation.returnToApplicant({
    campaign: world.campaign,
    application: applicationOf(teacher),
    reasons: [reasonFor(world.plan, "return", "field:address")],
    text: "请核对通信地址。",
  });
}

/** The teacher changes the requested field and submits again; any other change would be refused. */
export async function answer(world: World, teacher: Teacher): Promise<void> {
  const { campaign, plan } = world;
  const application = applicationOf(teacher);
  if (opensField(plan, "address")) {
    teacher.form = { ...teacher.form, address: `${teacher.form.address}附1号` };
    await teacher.client.applicant.saveDraft({ campaign, application, form: teacher.form });
  }
  await teacher.client.applicant.resubmit({ campaign, application });
}
