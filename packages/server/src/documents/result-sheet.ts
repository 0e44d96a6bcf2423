import { titleOf } from "@shice/rules/keys.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { baseOf, type ProofText, proofOf } from "../case/proof.ts";
import { qrCode } from "../platform/typesetting/codes.ts";
import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { ActContext } from "../request/run-act.ts";
import { dayText } from "./sheet-data.ts";

/** The signed conclusion on a sheet; `nextOpensOn` where a next registration is due. */
export function resultSheetOf({ campaign, services }: ActContext, text: ProofText): Sheet {
  const { plan } = campaign;
  const proof = proofOf(services, text);
  const decidedAt = Temporal.Instant.from(text.decidedAt);
  const decidedOn = decidedAt.toZonedDateTimeISO(plan.timeZone).toPlainDate();
  return {
    template: "result.typ",
    at: decidedAt,
    document: {
      number: text.number,
      algorithm: proof.algorithm === "ed25519" ? "Ed25519" : "SM2",
      "key-id": proof.keyId,
      code: proof.code,
      qr: qrCode(proof.address, "L"),
      facts: [
        ["姓名", text.name],
        ["注册批次", campaign.title],
        ["申请编号", text.number],
        ["教师资格种类", titleOf(certificateTitles, text.certificateKind)],
        ["注册结论", plan.conclusions.find(({ key }) => key === text.conclusion)?.name ?? text.conclusion],
        ["决定文号", text.decision],
        ["决定日期", dayText(decidedOn.toString())],
        ["决定机构", plan.bodies.final.name],
      ],
      words: [
        "本证明由系统依据终审决定出具并电子签名，内容以决定名单为准。",
        "扫描二维码可以查询结论现在是否有效；没有网络时，可用公布的公钥核验签名。",
        `公钥和核验方法公布在 ${baseOf(services.config)}/keys。`,
      ],
    },
  };
}
