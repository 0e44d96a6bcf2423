import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { httpSmsGateway, recordingSmsGateway } from "./sms.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A gateway that answers with a status and keeps what it was sent. */
async function gateway(status: number): Promise<{ url: string; got: string[] }> {
  const got: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      got.push(`${request.headers.authorization} ${body}`);
      response.writeHead(status).end("{}");
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

const sms = { mobile: "13800000000", text: "您的申请已确认。" };

test("a message is handed to the gateway with its token", async () => {
  const { url, got } = await gateway(202);
  await httpSmsGateway({ url, token: "t" }).send(sms);
  expect(got).toEqual([`Bearer t ${JSON.stringify(sms)}`]);
});

test.for([500, 429, 302])("a gateway that answers %i has not taken the message", async (status) => {
  const { url } = await gateway(status);
  const failure = await httpSmsGateway({ url, token: "t" })
    .send(sms)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(String(failure)).not.toContain(sms.mobile);
});

test("the recorder keeps what it was given", async () => {
  const recorder = recordingSmsGateway();
  await recorder.send(sms);
  expect(recorder.sent).toEqual([sms]);
});
