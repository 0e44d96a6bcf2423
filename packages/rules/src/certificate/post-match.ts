import type { CertificateKind, PostKind } from "../plan/institution.ts";
import type { Plan } from "../plan/plan.ts";

/** Whether a certificate of this kind may teach on this post, as the plan says (教师资格条例第五条). */
export function postMatchOf(
  plan: Pick<Plan, "certificateByPost">,
  certificate: CertificateKind,
  post: PostKind,
): "yes" | "no" | "disputed" {
  return plan.certificateByPost[certificate]?.[post] ?? "disputed";
}
