import type { DeskChecks } from "@shice/contract/confirmation.ts";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import type { z } from "zod";
import type { Case } from "../case/facts.ts";
import { teacherStandingOf } from "../case/missing-checks.ts";
import { noteSight } from "../case/sight.ts";
import { transitionOne } from "../case/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { actOutcomeOf } from "../request/run-act.ts";
import { saveCertificateChecks, saveMaterials } from "./queries.ts";

/**
 * Records what was seen of one teacher's materials and certificate (Notice §三(二)1–7, §四(二)).
 * @throws RefusalError case.own, case.wrong-state, input.invalid, and those of set-version
 */
export async function recordChecks(ctx: ActContext, found: Case, checks: z.output<typeof DeskChecks>): Promise<void> {
  mustBeAtTheDesk(ctx, found);
  const checklist = checklistOf(ctx.campaign.plan, teacherStandingOf(found.row));
  const materials = checks.materials.flatMap((check) => {
    const item = checklist.find((candidate) => candidate.key === check.material);
    if (item === undefined) return [];
    const { remark = null, signer = null, ...seen } = check;
    return [{ ...seen, remark, signer, concerns: item.concerns, suppliedBy: item.suppliedBy }];
  });
  const unsigned = materials.some((check) => check.suppliedBy === "school" && check.signer === null);
  if (unsigned || materials.length < checks.materials.length) {
    const sentence = unsigned ? "由学校提供的证明，请填写签发人" : "清单中没有这项材料";
    throw new RefusalError({
      code: "input.invalid",
      fields: [{ path: "materials", code: unsigned ? "material.unsigned" : "material.unknown", sentence }],
    });
  }
  await saveMaterials(ctx, [found.id], materials);
  const fields = new Set<string>(comparedFields);
  await saveCertificateChecks(
    ctx,
    found.id,
    checks.certificate.filter((check) => fields.has(check.field)),
  );
  const { certificateVersion: version } = checks;
  const before = found.row.certificate_version;
  if (version !== undefined && version !== before) {
    actOutcomeOf(
      await transitionOne(ctx, "set-version", {
        applicationId: found.id,
        held: found,
        record: { version, before },
        set: { certificate_version: version },
      }),
    );
  }
  if (materials.length > 0 || checks.certificate.length > 0) await noteSight(ctx, [found.id], "checked");
}

/** Checks are recorded on submitted cases, and never on one's own. */
function mustBeAtTheDesk(ctx: ActContext, { facts }: Case): void {
  if (ctx.actor.personId !== null && ctx.actor.personId === facts.personId)
    throw new RefusalError({ code: "case.own" });
  if (facts.state !== "submitted") {
    const last = facts.last === null ? null : { ...facts.last, at: facts.last.at.toString() };
    throw new RefusalError({ code: "case.wrong-state", transition: "confirm", state: facts.state, last });
  }
}
