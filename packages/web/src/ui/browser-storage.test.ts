import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { readText, readValue, removeText, writeText } from "./browser-storage.ts";
import { choosePost, currentPost, forgetPost } from "./post.ts";
import { lastSigner, rememberSigner } from "./signer.ts";
import { forbidStorage, stubStorage } from "./testing.ts";

const key = "shice-test";
beforeEach(() => void stubStorage());
afterEach(() => {
  removeText("browser", key);
  forgetPost();
  vi.unstubAllGlobals();
});

test("a text is kept in the browser or in the tab, and is gone once removed", () => {
  const { browser, tab } = stubStorage();
  writeText("browser", key, "甲");
  expect([readText("browser", key), readText("tab", key)]).toEqual(["甲", undefined]);
  expect([browser.getItem(key), tab.getItem(key)]).toEqual(["甲", null]);
  removeText("browser", key);
  expect(readText("browser", key)).toBeUndefined();
});

test("where all storage is forbidden, the page keeps what it wrote", () => {
  forbidStorage();
  expect(readText("browser", key)).toBeUndefined();
  writeText("browser", key, "甲");
  expect(readText("browser", key)).toBe("甲");
  removeText("browser", key);
  expect(readText("browser", key)).toBeUndefined();
});

test("where the space has run out, the newest text counts, and is stored as soon as there is space", () => {
  const { browser } = stubStorage();
  writeText("browser", key, "甲");
  browser.isFull = true;
  writeText("browser", key, "乙");
  expect([readText("browser", key), browser.getItem(key)]).toEqual(["乙", "甲"]);
  browser.isFull = false;
  writeText("browser", key, "丙");
  expect([readText("browser", key), browser.getItem(key)]).toEqual(["丙", "丙"]);
});

test("a stored text that is no JSON or does not fit is none", () => {
  stubStorage();
  const read = () => readValue("browser", key, z.array(z.int()));
  expect(read()).toBeUndefined();
  for (const text of ["", "[1", '["a"]', "null"]) {
    writeText("browser", key, text);
    expect(read(), text).toBeUndefined();
  }
  writeText("browser", key, "[1,2]");
  expect(read()).toEqual([1, 2]);
});

test("post and signer are chosen where storage is forbidden too; else a tab has its own post before the browser's", () => {
  forbidStorage();
  expect(currentPost()).toBeUndefined();
  choosePost("one");
  rememberSigner("王校长");
  expect([currentPost(), lastSigner()]).toEqual(["one", "王校长"]);
  forgetPost();
  expect(currentPost()).toBeUndefined();
  const { browser } = stubStorage();
  choosePost("one");
  browser.setItem("shice-post", "another tab's");
  expect(currentPost()).toBe("one");
});
