import { connect, type Socket } from "node:net";
import Fastify from "fastify";
import { afterAll, expect, test } from "vitest";
import { openBodyPlaces } from "./body-places.ts";
import { RefusalError } from "./refusal-error.ts";

const places = openBodyPlaces({ places: 2, mostWaiting: 1, mostOfOne: 3 });
let arrived = 0;
const app = Fastify();
app.addHook("onRequest", async (request, reply) => {
  arrived += 1;
  await places.take(reply, String(request.headers["x-caller"]));
});
app.setErrorHandler((error, _request, reply) => {
  if (error instanceof RefusalError) reply.code(503).send(error.refusal.code);
  else reply.code(400).send("malformed");
});
app.post("/", async () => "read");
const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
const sockets: Socket[] = [];
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await app.close();
});

/** Begins a request and keeps its body back; `answer` is what comes, `end` sends the body. */
function begin(caller: string) {
  const socket = connect(Number(port), "127.0.0.1");
  sockets.push(socket);
  socket.write(
    `POST / HTTP/1.1\r\nhost: x\r\nx-caller: ${caller}\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n`,
  );
  const answer = new Promise<string>((resolve) => {
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes.toString();
    });
    socket.on("close", () => resolve(text));
  });
  return { answer, end: () => socket.write("{}"), leave: () => socket.destroy() };
}

test("places are taken before a body is read, waited for, and given back by an answer or by leaving", async () => {
  const [one, two] = [begin("甲"), begin("甲")];
  // Whoever waits is not refused: the place that becomes free is its own.
  const waiting = begin("甲");
  await expect.poll(() => arrived).toBe(3);
  const refused = await Promise.all([begin("甲").answer, begin("乙").answer]);
  for (const answer of refused) {
    expect(answer).toContain("503");
    expect(answer).toContain("server.busy");
  }
  waiting.end();
  one.end();
  expect(await one.answer).toContain("200");
  expect(await waiting.answer).toContain("200");
  two.leave();
  const [three, four] = [begin("乙"), begin("丙")];
  three.end();
  four.end();
  for (const { answer } of [three, four]) expect(await answer).toContain("200");
});
