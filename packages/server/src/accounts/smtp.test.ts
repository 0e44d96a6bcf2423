import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import { expect, test } from "vitest";
import { solvedProof } from "../testing/proof.ts";
import { openServed } from "../testing/served.ts";
import { smtpServer } from "../testing/smtp-server.ts";

test("N17: a real mail server receives the proof of an address, and its link proves it", async () => {
  const { url, taken } = await smtpServer();
  const served = await openServed({ limited: true, smtpUrl: url });
  const client = served.client();
  await client.accounts.register({
    idNumber: composeIdNumber({
      area: "500103",
      bornOn: Temporal.PlainDate.from("1984-06-07"),
      sequence: 7,
      sex: "male",
    }),
    name: "阿卜杜拉·买买提",
    mobile: "13900000007",
    email: "abdulla@example.invalid",
    password: "kaixue di yi ke 7",
    privacyNotice: "privacy-1",
    proof: await solvedProof(client),
  });
  await expect.poll(() => taken.length).toBe(1);
  const mail = quotedPrintable(taken[0] ?? "");
  expect(mail).toContain("To: abdulla@example.invalid");
  expect(mail).toContain("请在24小时内证明这个邮箱属于您");
  const [, token = ""] = /http:\/\/shice\.invalid\/verify-email\?token=(\S+)/.exec(mail) ?? [];
  expect((await client.accounts.me()).emailVerified).toBe(false);
  await client.accounts.verifyEmail({ token: decodeURIComponent(token) });
  expect((await client.accounts.me()).emailVerified).toBe(true);
});

/** A mail's words as its reader sees them (RFC 2045 §6.7). */
function quotedPrintable(text: string): string {
  const joined = text.replace(/=\n/g, "");
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, pair: string) => String.fromCharCode(Number.parseInt(pair, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
