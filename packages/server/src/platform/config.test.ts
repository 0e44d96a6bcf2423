import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const secret = "0123456789abcdef0123456789abcdef";

function configOf(env: Record<string, string>) {
  const read = readConfig(env);
  if ("problems" in read) throw new Error(read.problems.join());
  return read.config;
}

function problemsOf(env: Record<string, string>): string[] {
  const read = readConfig(env);
  return "problems" in read ? read.problems : [];
}

test("an empty environment is an installation of one's own on this machine", () => {
  expect(configOf({})).toEqual({
    port: 3000,
    host: "127.0.0.1",
    databaseUrl: undefined,
    dataFolder: "data",
    demonstrationTeachers: 300,
    connections: 20,
    secret: undefined,
    training: false,
    trainingAsked: "auto",
    publicUrl: undefined,
    smtpUrl: undefined,
    cipher: "aes-256-gcm",
    signature: "ed25519",
    logLevel: "info",
  });
});

test("what is set is taken, trimmed, and cannot be changed afterwards", () => {
  const config = configOf({
    PORT: "8080",
    HOST: "0.0.0.0",
    DATABASE_URL: " postgres://shice:p@db.example:5432/shice ",
    SHICE_DATA: "/srv/shice",
    SHICE_SECRET: secret,
    SHICE_TRAINING: "on",
    SHICE_PUBLIC_URL: "https://shice.example.cn",
    SMTP_URL: "smtps://mail.example.cn",
    SHICE_CIPHER: "sm4-gcm",
    SHICE_SIGNATURE: "sm2",
    SHICE_LOG_LEVEL: "warn",
  });
  expect(config).toMatchObject({
    port: 8080,
    databaseUrl: "postgres://shice:p@db.example:5432/shice",
    training: true,
    cipher: "sm4-gcm",
    logLevel: "warn",
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test("a variable that is set to nothing counts as not set", () => {
  expect(configOf({ DATABASE_URL: "", SHICE_SECRET: " ", PORT: "" })).toEqual(configOf({}));
});

test.each([
  ["PORT", "99999"],
  ["PORT", "-1"],
  ["PORT", "80.5"],
  ["PORT", "0x50"],
  ["PORT", "http"],
  ["DATABASE_URL", "mysql://localhost/shice"],
  ["DATABASE_URL", "shice"],
  ["SHICE_SECRET", "short"],
  ["SHICE_TRAINING", "yes"],
  ["SHICE_PUBLIC_URL", "shice.example.cn"],
  ["SMTP_URL", "http://mail.example.cn"],
  ["SHICE_CIPHER", "des"],
  ["SHICE_SIGNATURE", "rsa"],
  ["SHICE_LOG_LEVEL", "loud"],
])("%s=%s is refused in a sentence that names it", (name, value) => {
  const problems = problemsOf({ SHICE_SECRET: secret, [name]: value });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(name);
  expect(problems[0]).toMatch(/。$/);
});

test("neither the secret nor a password of an address is repeated in a sentence", () => {
  const said = problemsOf({
    SHICE_SECRET: "tooshort",
    DATABASE_URL: "mysql://shice:hush@db/shice",
    SMTP_URL: "ftp://u:hush@mail",
  }).join("");
  expect(said).not.toMatch(/tooshort|hush/);
});

test("another database needs a secret of one's own: one made up here would be lost with this machine", () => {
  const problems = problemsOf({ DATABASE_URL: "postgres://db.example/shice" });
  expect(problems).toEqual([expect.stringContaining("SHICE_SECRET")]);
});

test("all that is wrong is said at once", () => {
  expect(problemsOf({ PORT: "x", SHICE_CIPHER: "x", SHICE_LOG_LEVEL: "x" })).toHaveLength(3);
});
