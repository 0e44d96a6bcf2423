import { findProblem } from "@shice/contract/client.ts";
import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import { beforeAll, expect, test } from "vitest";
import { solvedProof } from "../testing/proof.ts";
import { openServed, type Served } from "../testing/served.ts";
import { addressLimits } from "./auth.ts";

let served: Served;
beforeAll(async () => {
  served = await openServed({ limited: true });
});

test("one address signs in so often a minute and is then told when to try again; another is not held up", async () => {
  const { max, window } = addressLimits["/sign-in/email"];
  const attempt = (number: number, address: string) =>
    served
      .client({ address })
      .accounts.signIn({ identifier: `nobody${number}@example.invalid`, password: "wrong password 1" })
      .catch((error: unknown) => findProblem(error));
  const answers = [];
  for (let number = 0; number < max; number += 10) {
    answers.push(...(await Promise.all(Array.from({ length: 10 }, (_, at) => attempt(number + at, "198.51.100.7")))));
  }
  expect(answers.map((problem) => problem && "code" in problem && problem.code)).toEqual(
    Array(max).fill("account.sign-in-failed"),
  );
  const refused = await attempt(max, "198.51.100.7");
  expect(refused).toMatchObject({ status: 429, code: "request.rate-limited" });
  const seconds = Number(refused && "figures" in refused ? refused.figures?.["retryAfterSeconds"] : undefined);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(window);
  expect(refused).toMatchObject({ title: `操作过于频繁，请${seconds}秒后再试。` });
  expect(await attempt(max, "198.51.100.8")).toMatchObject({ code: "account.sign-in-failed" });

  // What was refused by address alone did not count against the person.
  const { rows } = await served.db.owner.query("select attempts from shice.sign_in_attempt where name_index = $1", [
    served.db.secrets.blindIndex(`nobody${max}@example.invalid`, "account.email"),
  ]);
  expect(rows).toEqual([{ attempts: 1 }]);
});

test("a class registers from one computer ctx, each with a proof of the address in the mail", async () => {
  const bornOn = Temporal.PlainDate.from("1985-11-20");
  const { max } = addressLimits["/sign-up/email"];
  const register = async (number: number) => {
    const client = served.client({ address: "198.51.100.20" });
    return client.accounts.register({
      proof: await solvedProof(client),
      idNumber: composeIdNumber({ area: "500103", bornOn, sequence: number, sex: "female" }),
      name: "向阳花",
      mobile: `137${String(number).padStart(8, "0")}`,
      email: `class${number}@example.invalid`,
      password: `ctx number ${number}`,
      privacyNotice: "privacy-1",
    });
  };
  for (let number = 0; number < max; number += 6) {
    await Promise.all(Array.from({ length: Math.min(6, max - number) }, (_, at) => register(number + at)));
  }
  const proofs = served.mailer.sent.filter(({ subject }) => subject === "师册：验证电子邮箱");
  expect(new Set(proofs.map(({ to }) => to)).size).toBe(max);
  await expect(register(max)).rejects.toMatchObject({ status: 429 });
});

test("outside training nobody registers, or has mails sent, without the answer to a challenge; each answer is taken once", async () => {
  const client = served.client({ address: "198.51.100.30" });
  const email = "nobody@example.invalid";
  const codeOfAsking = (proof?: string) =>
    client.accounts.askPasswordReset({ email, ...(proof === undefined ? {} : { proof }) }).then(
      () => "done",
      (error: unknown) => findProblem(error)?.code,
    );
  expect(await codeOfAsking()).toBe("account.proof-missing");
  expect(await codeOfAsking("made up")).toBe("account.proof-wrong");
  const proof = await solvedProof(client);
  const altered = JSON.parse(Buffer.from(proof, "base64").toString("utf8"));
  altered.challenge.parameters.keyPrefix = "0";
  expect(await codeOfAsking(Buffer.from(JSON.stringify(altered)).toString("base64"))).toBe("account.proof-wrong");
  altered.challenge.parameters.keyPrefix = "00";
  altered.solution.counter += 1;
  expect(await codeOfAsking(Buffer.from(JSON.stringify(altered)).toString("base64"))).toBe("account.proof-wrong");
  expect(await codeOfAsking(proof)).toBe("done");
  expect(await codeOfAsking(proof)).toBe("account.proof-wrong");
});
