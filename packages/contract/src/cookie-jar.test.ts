import { expect, test } from "vitest";
import { makeCookieJar } from "./cookie-jar.ts";

function answer(...lines: string[]): Response {
  const headers = new Headers();
  for (const line of lines) headers.append("set-cookie", line);
  return new Response(null, { headers });
}

test("the server can set, replace and expire cookies", () => {
  const jar = makeCookieJar();
  expect(jar.header()).toBeUndefined();
  jar.keep(answer("s=a=b==; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", "t=1"));
  expect(jar.header()).toBe("s=a=b==; t=1");
  jar.keep(answer("t=2; Expires=Wed, 21 Oct 2099 07:28:00 GMT"));
  expect(jar.header()).toBe("s=a=b==; t=2");
  jar.keep(answer("s=; Max-Age=0; Path=/"));
  expect(jar.header()).toBe("t=2");
});
