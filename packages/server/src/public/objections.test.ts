import { connect } from "node:net";
import { createRouterClient } from "@orpc/server";
import { afterAll, expect, test } from "vitest";
import { router } from "../app.ts";
import { openHttp } from "../platform/http/server.ts";
import { openLog } from "../platform/log.ts";
import { watchMemory } from "../testing/memory-watch.ts";
import { openOffices } from "../testing/offices.ts";
import { published } from "../testing/through.ts";
import { servePublicPages } from "./routes.ts";

const offices = await openOffices();
const notice = await published(offices, offices.wanzhou, await offices.handedOver(offices.wanzhou, 1));
const app = openHttp({
  router,
  contextOf: async () => offices.as(null),
  log: openLog("silent"),
  routes: (pages) =>
    servePublicPages(pages, {
      services: offices.services,
      apiOf: () => createRouterClient(router, { context: () => ({ ...offices.as(null), counted: true }) }),
      welcome: false,
    }),
});
const url = await app.listen({ host: "127.0.0.1", port: 0 });
afterAll(() => app.close());

const type = "multipart/form-data; boundary=x";
const part = Buffer.from('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n');
let addresses = 0;

interface Sending {
  path?: string;
  address?: string;
  /** What the headers promise. */
  bytes: number;
  /** What is sent of it. */
  body?: Buffer;
}

/** Sends a form as it comes, and answers with the status and the page as soon as there is one. */
function send({ path = `/notices/${notice}/object?position=1`, address, bytes, body }: Sending) {
  addresses += 1;
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\nx-forwarded-for: ${address ?? `198.51.100.${addresses}`}\r\n` +
      `content-type: ${type}\r\ncontent-length: ${bytes}\r\nconnection: close\r\n\r\n`,
  );
  if (body !== undefined) socket.write(body);
  return new Promise<{ status: number; text: string }>((resolve) => {
    let text = "";
    const answer = () => resolve({ status: Number(text.slice(9, 12)), text });
    socket.on("data", (piece) => {
      text += piece.toString();
      if (text.includes("</html>")) {
        answer();
        socket.destroy();
      }
    });
    socket.on("error", answer).on("close", answer);
  });
}

test("a form is refused before a byte of it has come: too large, about nothing, or one too many from an address", async () => {
  const megabytes = (count: number) => count * 1024 * 1024;
  expect(await send({ bytes: megabytes(24) })).toMatchObject({ status: 413 });
  const nowhere = `/notices/${notice.replace(/^..../, "0000")}/object?position=1`;
  expect(await send({ path: nowhere, bytes: megabytes(9) })).toMatchObject({ status: 404 });
  const beyond = `/notices/${notice}/object?position=99`;
  expect(await send({ path: beyond, bytes: megabytes(9) })).toMatchObject({ status: 404 });
  for (let time = 0; time < 30; time++) await send({ path: beyond, address: "203.0.113.7", bytes: megabytes(9) });
  expect(await send({ address: "203.0.113.7", bytes: megabytes(9) })).toMatchObject({ status: 429 });
});

test("many large forms at once: few are read, the others are told, and nobody else waits", async () => {
  const body = Buffer.concat(Array.from({ length: 190_000 }, () => part));
  const watch = watchMemory();
  const forms = Array.from({ length: 30 }, () => send({ bytes: body.length, body }));
  let longest = 0;
  for (let time = 0; time < 10; time++) {
    const begun = performance.now();
    expect((await fetch(`${url}/public.css`)).status).toBe(200);
    longest = Math.max(longest, performance.now() - begun);
  }
  const statuses = (await Promise.all(forms)).map(({ status, text }) => {
    if (status === 503) expect(text).toContain("现在同时上传的人较多");
    return status;
  });
  const held = watch.stop();
  process.stdout.write(
    `30 forms of ${Math.round(body.length / 1024 / 1024)} MB in ${190_000} parts at once: ` +
      `${statuses.filter((status) => status === 503).length} told to come again, another page in at most ${Math.round(longest)} ms, ` +
      `grown by ${held.grown} MB\n`,
  );
  expect(new Set(statuses)).toEqual(new Set([400, 503]));
  expect(held.grown).toBeLessThan(300);
  expect(longest).toBeLessThan(8000);
});
