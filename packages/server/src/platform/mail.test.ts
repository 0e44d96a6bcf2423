import { expect, test } from "vitest";
import { smtpServer } from "../testing/smtp-server.ts";
import { openMailer, recordingMailer } from "./mail.ts";

const { heard, url: smtpUrl } = await smtpServer();

test("a mail is handed to the server, from the configured sender, in Chinese", async () => {
  const mailer = openMailer({ smtpUrl });
  await mailer.send({ to: "li@example.com", subject: "您的申请已退回修改", text: "请于期限前修改后再次提交。" });
  mailer.close();
  expect(heard).toContain("MAIL FROM:<shice@example.gov.cn>");
  expect(heard).toContain("RCPT TO:<li@example.com>");
  const subject = heard.find((line) => line.startsWith("Subject:"));
  expect(subject).toMatch(/^Subject: =\?UTF-8\?/);
});

test("an address is one address: nothing smuggled in adds a recipient or a header", async () => {
  heard.length = 0;
  const mailer = openMailer({ smtpUrl });
  await mailer
    .send({ to: "a@example.com, b@example.com\r\nBcc: c@example.com", subject: "x\r\nBcc: d@example.com", text: "." })
    .catch(() => undefined);
  mailer.close();
  const recipients = heard.filter((line) => line.startsWith("RCPT TO"));
  expect(recipients.length).toBeLessThanOrEqual(1);
  expect(heard.filter((line) => /^Bcc:/i.test(line))).toEqual([]);
});

test("a mail that the server does not take is an error, for the job to try again", async () => {
  const mailer = openMailer({ smtpUrl });
  await expect(mailer.send({ to: "refused@example.com", subject: "x", text: "x" })).rejects.toThrow();
  mailer.close();
});

test("without a server mails are kept, not sent", async () => {
  const mailer = recordingMailer();
  await mailer.send({ to: "li@example.com", subject: "主题", text: "正文" });
  expect(mailer.sent).toEqual([{ to: "li@example.com", subject: "主题", text: "正文" }]);
});
