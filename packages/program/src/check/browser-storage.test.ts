import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isForTests } from "./sources.ts";

const folder = fileURLToPath(new URL("../../../web/src/", import.meta.url));

test("one file of the web application uses the browser's storage: it goes on where the browser refuses", () => {
  const found = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => /\.tsx?$/.test(path) && !isForTests(`/${path}`))
    .filter((path) => /\b(local|session)Storage\b/.test(readFileSync(`${folder}${path}`, "utf8")));
  expect(found).toEqual(["ui/browser-storage.ts"]);
});
