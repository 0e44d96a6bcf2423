import {
  createHash,
  createPrivateKey,
  createPublicKey,
  getCurves,
  hkdfSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from "node:crypto";

/**
 * How a decision list is signed. `ed25519` is RFC 8032. `sm2` is SM2 (GB/T 32918) over SM3 with an empty distinguishing
 * identifier, as OpenSSL does where none is set: whoever checks it elsewhere must not put in the customary
 * 1234567812345678.
 */
export const signatureAlgorithms = ["ed25519", "sm2"] as const;
type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** The key that this installation signs with. */
interface Signing {
  algorithm: SignatureAlgorithm;
  sign(bytes: Uint8Array): Buffer;
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
  /** SPKI in PEM, to be handed out with a signed list so that it can be checked offline. */
  publicKeyPem: string;
  /** SHA-256 of the SPKI, the first 16 digits: what two people compare by telephone. */
  keyId: string;
}

/**
 * Derives the signing key from the installation's secret (HKDF-SHA-256, one label an algorithm), so that there is
 * no second key to keep and the same secret always gives the same public key.
 * @throws Error where SM2 is asked for and this OpenSSL does not have it
 */
export function createSigning(secret: string | Uint8Array, algorithm: SignatureAlgorithm = "ed25519"): Signing {
  const privateKey = algorithm === "ed25519" ? ed25519KeyOf(secret) : sm2KeyOf(secret);
  const publicKey = createPublicKey(privateKey);
  const digest = algorithm === "ed25519" ? null : "sm3";
  return {
    algorithm,
    sign: (bytes) => signBytes(digest, bytes, privateKey),
    verify: (bytes, signature) => verifyBytes(digest, bytes, publicKey, signature),
    publicKeyPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    keyId: createHash("sha256")
      .update(publicKey.export({ type: "spki", format: "der" }))
      .digest("hex")
      .slice(0, 16),
  };
}

const signings = new WeakMap<KeyDeriver, Map<SignatureAlgorithm, Signing>>();
interface KeyDeriver {
  deriveKey(use: string): Uint8Array;
}

/** The installation's signing key, made once for its secrets. */
export function signingOf(secrets: KeyDeriver, algorithm: SignatureAlgorithm = "ed25519"): Signing {
  const made = signings.get(secrets) ?? new Map<SignatureAlgorithm, Signing>();
  signings.set(secrets, made);
  const signing = made.get(algorithm) ?? createSigning(secrets.deriveKey("signing"), algorithm);
  made.set(algorithm, signing);
  return signing;
}

/** Checks a signature with a public key alone, as a reader without Shice's secret does. */
export function isSignedBy(
  publicKeyPem: string,
  algorithm: SignatureAlgorithm,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verifyBytes(algorithm === "ed25519" ? null : "sm3", bytes, createPublicKey(publicKeyPem), signature);
}

/** The name stored beside a signature, as one of the algorithms known here. */
export function signatureAlgorithmOf(name: string): SignatureAlgorithm {
  const algorithm = signatureAlgorithms.find((known) => known === name);
  if (algorithm === undefined) throw new Error(`unknown signature algorithm ${name}`);
  return algorithm;
}

function derive(secret: string | Uint8Array, label: string, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `shice signing ${label}`, length));
}

/** PKCS #8 around the 32 bytes of the seed (RFC 8410). */
function ed25519KeyOf(secret: string | Uint8Array): KeyObject {
  const header = Buffer.from("302e020100300506032b657004220420", "hex");
  const der = Buffer.concat([header, derive(secret, "ed25519", 32)]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

/** PKCS #8 around an ECPrivateKey (RFC 5915) of the curve 1.2.156.10197.1.301. */
function sm2KeyOf(secret: string | Uint8Array): KeyObject {
  if (!getCurves().includes("SM2")) throw new Error("this OpenSSL has no SM2; use SHICE_SIGNATURE=ed25519");
  // 48 bytes reduced to 1 … n-1: no value is measurably likelier than another (FIPS 186-5, A.2.1).
  const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
  const scalar = (BigInt(`0x${derive(secret, "sm2", 48).toString("hex")}`) % (n - 1n)) + 1n;
  const ecPrivateKey = der(0x30, [
    der(0x02, [Buffer.from([1])]),
    der(0x04, [Buffer.from(scalar.toString(16).padStart(64, "0"), "hex")]),
  ]);
  const algorithm = der(0x30, [
    Buffer.from("06072a8648ce3d0201", "hex"), // id-ecPublicKey
    Buffer.from("06082a811ccf5501822d", "hex"), // sm2
  ]);
  const pkcs8 = der(0x30, [der(0x02, [Buffer.from([0])]), algorithm, der(0x04, [ecPrivateKey])]);
  return createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
}

/** One DER element shorter than 128 bytes. */
function der(tag: number, parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}
