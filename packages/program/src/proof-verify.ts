import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { titleOf } from "@shice/rules/keys.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { ProofText, withoutBreaks } from "@shice/server/case/proof.ts";
import { isSignedBy } from "@shice/server/platform/signing.ts";

/**
 * `shice proof verify CODE --key FILE`: checks an electronic proof only with the published key, without a server. Exit
 * status 0 if signed, 1 if not, 2 if the key cannot be read.
 */
export function proofVerify(code: string, keyFile: string): void {
  let publicKey: string;
  try {
    publicKey = readFileSync(keyFile, "utf8");
    createPublicKey(publicKey);
  } catch {
    process.stderr.write(`公钥文件 ${keyFile} 打不开，或不是公钥（PEM）。\n`);
    process.exitCode = 2;
    return;
  }
  const text = readSigned(code, publicKey);
  if (text === undefined) {
    process.stderr.write("核验不通过：内容或签名不对，不是用这把公钥对应的私钥签发的证明。\n");
    process.exitCode = 1;
    return;
  }
  const kind = titleOf(certificateTitles, text.certificateKind);
  process.stdout.write(
    [
      "核验通过：签名有效。",
      `  姓名　　　　${text.name}`,
      `  批次标识　　${text.campaign}`,
      `  申请编号　　${text.number}`,
      `  资格种类　　${kind}`,
      `  注册结论　　${conclusions.get(text.conclusion) ?? text.conclusion}`,
      `  决定　　　　${text.decision}，${fullDayText(text.decidedAt.slice(0, 10))}`,
      "离线核验只能证明出具时的结论；结论后来是否撤销，请联网查询。",
      "",
    ].join("\n"),
  );
}

/** Names of the usual conclusions; a plan's own conclusions are printed by their key. */
const conclusions = new Map([
  ["pass", "合格"],
  ["fail", "不合格"],
  ["defer", "暂缓注册"],
]);

function readSigned(code: string, publicKey: string): ProofText | undefined {
  const [text = "", signature = ""] = withoutBreaks(code.split("code=").at(-1) ?? "").split(".");
  const bytes = Buffer.from(text, "base64url");
  const algorithm = createPublicKey(publicKey).asymmetricKeyType === "ed25519" ? "ed25519" : "sm2";
  try {
    if (!isSignedBy(publicKey, algorithm, bytes, Buffer.from(signature, "base64url"))) return undefined;
    return ProofText.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}
