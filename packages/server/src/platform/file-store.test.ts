import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFileStore } from "./file-store.ts";
import { openSecrets, SealError } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "shice-files-"));
const store = openFileStore(folder, openSecrets({ secret: "a".repeat(32), cipher: "aes-256-gcm" }));
const id = "01a20da5-5c84-790d-a668-dea294c7c49e";

test("a file is read back as it was put, lies sealed on the disk, and is gone when removed", async () => {
  await store.put(id, Buffer.from("证书的照片"));
  expect((await store.find(id))?.toString()).toBe("证书的照片");
  const path = join(folder, "49e", id);
  expect(readFileSync(path).includes("证书的照片")).toBe(false);
  expect(readdirSync(join(folder, "49e"))).toEqual([id]);
  const bytes = readFileSync(path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(path, bytes);
  await expect(store.find(id)).rejects.toThrow(SealError);
  await store.remove(id);
  expect(await store.find(id)).toBeUndefined();
  await store.remove(id);
});

test("nothing but an attachment's id names a file", async () => {
  await expect(store.find("../../etc/passwd")).rejects.toThrow();
});
