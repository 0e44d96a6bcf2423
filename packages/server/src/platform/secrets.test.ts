import fc from "fast-check";
import { expect, test } from "vitest";
import { openSecrets, SealError } from "./secrets.ts";

const secret = "a secret for tests, long enough for it";

for (const cipher of ["aes-256-gcm", "sm4-gcm"] as const) {
  const secrets = openSecrets({ secret, cipher });

  test(`${cipher}: what was sealed opens, and no two seals look alike`, () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const sealed = secrets.encrypt(text, "person.id-number");
        expect(secrets.decrypt(sealed, "person.id-number")).toBe(text);
        expect(secrets.encrypt(text, "person.id-number")).not.toEqual(sealed);
      }),
    );
  });

  test(`${cipher}: one changed bit anywhere, another purpose or another secret does not open`, () => {
    const sealed = secrets.encrypt("11010519491231002X", "person.id-number");
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => secrets.decrypt(altered, "person.id-number")).toThrow(SealError);
    }
    expect(() => secrets.decrypt(sealed, "account.email")).toThrow(SealError);
    expect(() => secrets.decrypt(sealed.subarray(0, 20), "person.id-number")).toThrow(SealError);
    const others = openSecrets({ secret: `${secret}!`, cipher });
    expect(() => others.decrypt(sealed, "person.id-number")).toThrow(SealError);
  });
}

test("a field whose version was changed to the other cipher's does not open", () => {
  const secrets = openSecrets({ secret, cipher: "aes-256-gcm" });
  const sealed = secrets.encrypt("张三", "person.name");
  sealed[0] = 2;
  expect(() => secrets.decrypt(sealed, "person.name")).toThrow(SealError);
  expect(() => secrets.decrypt(Buffer.alloc(0), "person.name")).toThrow(SealError);
});

test("keys for different uses have nothing in common, and are the same at the next start", () => {
  const secrets = openSecrets({ secret, cipher: "aes-256-gcm" });
  expect(secrets.deriveKey("a")).toHaveLength(32);
  expect(secrets.deriveKey("a")).not.toEqual(secrets.deriveKey("b"));
  expect(openSecrets({ secret, cipher: "sm4-gcm" }).deriveKey("a")).toEqual(secrets.deriveKey("a"));
});

test("a field sealed under one cipher still opens after the configuration changed to the other", () => {
  const sealed = openSecrets({ secret, cipher: "aes-256-gcm" }).encrypt("张三", "person.id-number");
  expect(openSecrets({ secret, cipher: "sm4-gcm" }).decrypt(sealed, "person.id-number")).toBe("张三");
});

test("a blind index is the same for the same text and purpose only, whichever cipher is configured", () => {
  const secrets = openSecrets({ secret, cipher: "aes-256-gcm" });
  const index = secrets.blindIndex("11010519491231002X", "person.id-number");
  expect(secrets.blindIndex("11010519491231002X", "person.id-number")).toEqual(index);
  expect(openSecrets({ secret, cipher: "sm4-gcm" }).blindIndex("11010519491231002X", "person.id-number")).toEqual(
    index,
  );
  expect(secrets.blindIndex("11010519491231002X", "account.email")).not.toEqual(index);
  expect(
    openSecrets({ secret: `${secret}!`, cipher: "aes-256-gcm" }).blindIndex("11010519491231002X", "person.id-number"),
  ).not.toEqual(index);
});
