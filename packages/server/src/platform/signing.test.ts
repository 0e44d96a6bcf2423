import { verify as verifyBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createSigning, isSignedBy, signatureAlgorithms } from "./signing.ts";

const secret = "an invented secret of sufficient length 0123456789";
const text = Buffer.from("终审名单 2017 第1号");

test.each(signatureAlgorithms)("a list signed with %s is verified by the public key alone", (algorithm) => {
  const signing = createSigning(secret, algorithm);
  const signature = signing.sign(text);
  expect(isSignedBy(signing.publicKeyPem, algorithm, text, signature)).toBe(true);
  expect(signing.verify(text, signature)).toBe(true);
  expect(signing.verify(Buffer.from("终审名单 2017 第2号"), signature)).toBe(false);
  const other = createSigning(`${secret}!`, algorithm);
  expect(isSignedBy(other.publicKeyPem, algorithm, text, signature)).toBe(false);
});

test.each(signatureAlgorithms)("the same secret always gives the same %s key", (algorithm) => {
  expect(createSigning(secret, algorithm).publicKeyPem).toBe(createSigning(secret, algorithm).publicKeyPem);
  expect(createSigning(secret, algorithm).keyId).toMatch(/^[0-9a-f]{16}$/);
});

test("Ed25519 is the default, deterministic, and plain RFC 8032 to any other program", () => {
  const signing = createSigning(secret);
  expect(signing.algorithm).toBe("ed25519");
  expect(signing.sign(text).equals(signing.sign(text))).toBe(true);
  expect(signing.sign(text)).toHaveLength(64);
  expect(verifyBytes(null, text, signing.publicKeyPem, signing.sign(text))).toBe(true);
});
