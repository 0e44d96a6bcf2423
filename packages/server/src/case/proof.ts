import { z } from "zod";
import type { Config } from "../platform/config.ts";
import type { Secrets } from "../platform/secrets.ts";
import { signingOf } from "../platform/signing.ts";
import { canonicalJson } from "./history.ts";

/** What the electronic proof of a conclusion says: nothing that is not on the decision's own list. */
export const ProofText = z.strictObject({
  format: z.literal(1),
  campaign: z.string(),
  /** The application's number. */
  number: z.string(),
  name: z.string(),
  certificateKind: z.string(),
  conclusion: z.string(),
  decision: z.string(),
  decidedAt: z.string(),
});
export type ProofText = z.infer<typeof ProofText>;

interface Signer {
  config: Config;
  secrets: Secrets;
}

/** Signs the text: `text.signature`, both in Base64url, short enough for a QR code and checkable without any server. */
export function proofOf({ config, secrets }: Signer, text: ProofText) {
  const signing = signingOf(secrets, config.signature);
  const bytes = Buffer.from(canonicalJson({ ...text }));
  const code = `${bytes.toString("base64url")}.${signing.sign(bytes).toString("base64url")}`;
  return {
    code,
    address: `${baseOf(config)}/verify?code=${code}`,
    algorithm: signing.algorithm,
    publicKey: signing.publicKeyPem,
    keyId: signing.keyId,
  };
}

/** What a proof says, if this installation signed it; undefined otherwise. */
export function readProof({ config, secrets }: Signer, code: string): ProofText | undefined {
  const [text = "", signature = ""] = withoutBreaks(code).split(".");
  const bytes = Buffer.from(text, "base64url");
  try {
    if (!signingOf(secrets, config.signature).verify(bytes, Buffer.from(signature, "base64url"))) return undefined;
    return ProofText.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}

/** As it was before a sheet or a mail broke it into lines. */
export function withoutBreaks(code: string): string {
  return code.replace(/[\s\u200B]/g, "");
}

/** The address under which this installation is reached, as far as it knows. */
export function baseOf({ publicUrl, port }: Config): string {
  return publicUrl?.replace(/\/$/, "") ?? `http://localhost:${port}`;
}
