import type { CertificateKind, PostKind } from "../plan/institution.ts";
import type { Plan } from "../plan/plan.ts";

/** Whether a certificate of this kind is valid for this post, by the plan (教师资格条例第五条). */
export function postMatchOf(
  plan: Pick<Plan, "certificateByPost">,
  certificate: CertificateKind,
  post: PostKind,
): "yes" | "no" | "disputed" {
  return plan.certificateByPost[certificate]?.[post] ?? "disputed";
}
