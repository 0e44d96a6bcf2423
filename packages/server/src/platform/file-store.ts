import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Secrets } from "./secrets.ts";

const purpose = "file";

/** Files of applications on disk, each sealed, under its attachment's id. */
export interface FileStore {
  /** Resolves when the file would outlast a power cut. */
  put(id: string, bytes: Uint8Array): Promise<void>;
  /** Undefined where there is none. @throws SealError when what lies there was altered */
  find(id: string): Promise<Buffer | undefined>;
  remove(id: string): Promise<void>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Opens the store in a folder, made where it is missing with the first file. */
export function openFileStore(folder: string, secrets: Secrets): FileStore {
  const pathOf = (id: string) => {
    if (!uuid.test(id)) throw new Error("the name of a stored file is not a UUID");
    // The last digits of a UUIDv7 are random: 4,096 folders of much the same size.
    return join(folder, id.slice(-3), id);
  };
  return {
    async put(id, bytes) {
      const path = pathOf(id);
      await mkdir(dirname(path), { recursive: true });
      const beside = `${path}.part`;
      const file = await open(beside, "w", 0o600);
      try {
        await file.writeFile(secrets.encryptBytes(bytes, purpose));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
      const parent = await open(dirname(path));
      await parent.sync().finally(() => parent.close());
    },
    async find(id) {
      try {
        return secrets.decryptBytes(await readFile(pathOf(id)), purpose);
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}
