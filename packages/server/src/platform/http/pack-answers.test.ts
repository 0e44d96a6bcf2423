import { gunzipSync } from "node:zlib";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { packAnswers } from "./pack-answers.ts";

const long = { text: "教师资格定期注册".repeat(200) };
const app = Fastify();
packAnswers(app);
app.get("/long", () => long);
app.get("/short", () => ({ text: "好" }));
const ask = (url: string, encoding?: string) =>
  app.inject({ url, headers: encoding === undefined ? {} : { "accept-encoding": encoding } });

test("a long answer comes packed to whoever can unpack it, and says that it depends on that", async () => {
  const answer = await ask("/long", "gzip, deflate, br");
  expect(answer.headers["content-encoding"]).toBe("gzip");
  expect(answer.headers["vary"]).toBe("accept-encoding");
  expect(answer.rawPayload.length).toBeLessThan(500);
  expect(JSON.parse(gunzipSync(answer.rawPayload).toString())).toEqual(long);
});

test("whoever cannot gets it as it is, and a short one stays as it is for all", async () => {
  const plain = await ask("/long");
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.json()).toEqual(long);
  const short = await ask("/short", "gzip");
  expect(short.headers["content-encoding"]).toBeUndefined();
  expect(short.json()).toEqual({ text: "好" });
});
