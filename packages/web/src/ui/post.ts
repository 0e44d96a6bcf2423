import { readText, removeText, writeText } from "./browser-storage.ts";

const key = "shice-post";

/** The post under which this tab acts: kept by tab, so that two tabs can work under two posts. */
export function currentPost(): string | undefined {
  return readText("tab", key) ?? readText("browser", key);
}

/** Chooses a post for this tab, and for tabs to come. */
export function choosePost(post: string): void {
  writeText("tab", key, post);
  writeText("browser", key, post);
}

export function forgetPost(): void {
  removeText("tab", key);
  removeText("browser", key);
}
