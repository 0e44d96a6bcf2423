import { readText, writeText } from "./browser-storage.ts";

const signerKey = "shice-signer";

/** Who signed the school's sheets last, so that the name is typed once a day. */
export function lastSigner(): string {
  return readText("browser", signerKey) ?? "";
}

export function rememberSigner(name: string): void {
  if (name.trim() !== "") writeText("browser", signerKey, name.trim());
}
