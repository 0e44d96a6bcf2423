import type { CipherGCM, DecipherGCM } from "node:crypto";
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/**
 * Field encryption and blind indexes. A sealed field is `version | nonce(12) | tag(16) | text`; the version names
 * the cipher, so that fields sealed before a change of configuration are still read. The purpose ("person.id-number")
 * is bound to the text: a field copied into another column does not open.
 */
export interface Secrets {
  encrypt(text: string, purpose: string): Buffer;
  /** A file, sealed like a field. */
  encryptBytes(bytes: Uint8Array, purpose: string): Buffer;
  /** @throws SealError as `decrypt` */
  decryptBytes(bytes: Uint8Array, purpose: string): Buffer;
  /** @throws SealError when the bytes were altered, or sealed for another purpose or with another secret */
  decrypt(bytes: Uint8Array, purpose: string): string;
  /** The same text and purpose always give the same 32 bytes, and only the holder of the secret can make them. */
  blindIndex(text: string, purpose: string): Buffer;
  /**
   * A keyed code (HMAC-SHA-256) over the text, under a key of its own for each use: proves that a holder of the secret
   * wrote exactly this.
   */
  macOf(use: MacUse, text: string): Buffer;
  /** 32 bytes for a named use, such as a password of the database role or a signing key. */
  deriveKey(use: string): Buffer;
}

/** What keyed codes are made for; each has its own key, so that a code made for one proves nothing for another. */
type MacUse = "history" | "history head" | "column value" | "audit entry" | "audit head" | "seal" | "movement";

export class SealError extends Error {}

const ciphers = {
  1: { name: "aes-256-gcm", keyBytes: 32 },
  2: { name: "sm4-gcm", keyBytes: 16 },
} as const;
type CipherVersion = keyof typeof ciphers;
const nonceBytes = 12;
const tagBytes = 16;

export function openSecrets({ secret, cipher }: { secret: string; cipher: "aes-256-gcm" | "sm4-gcm" }): Secrets {
  const derive = (use: string, bytes: number) => Buffer.from(hkdfSync("sha256", secret, "shice", use, bytes));
  const keys: Record<CipherVersion, Buffer> = {
    1: derive("seal aes-256-gcm", ciphers[1].keyBytes),
    2: derive("seal sm4-gcm", ciphers[2].keyBytes),
  };
  const indexKey = derive("blind index", 32);
  const macKeys = new Map<MacUse, Buffer>();
  const current: CipherVersion = cipher === "sm4-gcm" ? 2 : 1;

  function encryptBytes(bytes: Uint8Array, purpose: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    // Node's typings do not know sm4-gcm as a GCM cipher; OpenSSL 3.5 does.
    const sealing = createCipheriv(ciphers[current].name, keys[current], nonce) as CipherGCM;
    sealing.setAAD(Buffer.from(purpose));
    const body = Buffer.concat([sealing.update(bytes), sealing.final()]);
    return Buffer.concat([Buffer.from([current]), nonce, sealing.getAuthTag(), body]);
  }

  function decryptBytes(bytes: Uint8Array, purpose: string): Buffer {
    const sealed = Buffer.from(bytes);
    const version = sealed[0];
    if (version !== 1 && version !== 2) throw new SealError("unknown key version");
    if (sealed.length < 1 + nonceBytes + tagBytes) throw new SealError("sealed field is cut");
    const opening = createDecipheriv(
      ciphers[version].name,
      keys[version],
      sealed.subarray(1, 1 + nonceBytes),
    ) as DecipherGCM;
    opening.setAAD(Buffer.from(purpose));
    opening.setAuthTag(sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
    try {
      return Buffer.concat([opening.update(sealed.subarray(1 + nonceBytes + tagBytes)), opening.final()]);
    } catch {
      throw new SealError("sealed field does not open");
    }
  }

  return {
    encryptBytes,
    decryptBytes,
    encrypt: (text, purpose) => encryptBytes(Buffer.from(text, "utf8"), purpose),
    decrypt: (bytes, purpose) => decryptBytes(bytes, purpose).toString("utf8"),
    blindIndex(text, purpose) {
      return createHmac("sha256", indexKey).update(purpose).update("\0").update(text).digest();
    },
    macOf(use, text) {
      const key = macKeys.get(use) ?? derive(`mac ${use}`, 32);
      macKeys.set(use, key);
      return createHmac("sha256", key).update(text).digest();
    },
    deriveKey(use) {
      return derive(`key ${use}`, 32);
    },
  };
}
