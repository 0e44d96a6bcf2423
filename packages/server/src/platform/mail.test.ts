import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openMailer, recordingMailer } from "./mail.ts";

/** As much of a mail server as takes one mail: RFC 5321's verbs, nothing remembered but what came. */
const heard: string[] = [];
const server = createServer((socket) => {
  let inText = false;
  socket.write("220 test\r\n");
  let rest = "";
  socket.on("data", (chunk) => {
    rest += chunk;
    for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      heard.push(line);
      if (inText) {
        if (line === ".") {
          inText = false;
          socket.write("250 taken\r\n");
        }
      } else if (line === "DATA") {
        inText = true;
        socket.write("354 go on\r\n");
      } else if (line === "QUIT") {
        socket.end("221 bye\r\n");
      } else if (line.includes("refused@")) {
        socket.write("550 no such mailbox\r\n");
      } else {
        socket.write("250 ok\r\n");
      }
    }
  });
  socket.on("error", () => undefined);
});
let smtpUrl: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  smtpUrl = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}/?from=shice@example.gov.cn`;
});
afterAll(() => server.close());

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
