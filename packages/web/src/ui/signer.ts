const signerKey = "shice-signer";

/** Who signed the school's sheets last, so that the name is typed once a day. */
export function lastSigner(): string {
  return localStorage.getItem(signerKey) ?? "";
}

export function rememberSigner(name: string): void {
  if (name.trim() !== "") localStorage.setItem(signerKey, name.trim());
}
