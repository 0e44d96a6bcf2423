import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forbidStorage, stubStorage } from "../../ui/testing.ts";
import {
  addToOutbox,
  findNextToSend,
  listenToOutbox,
  type OutboxItem,
  outboxPlaceText,
  readOutbox,
  refuseInOutbox,
  removeFromOutbox,
  shownOutbox,
} from "./outbox-store.ts";

function waiting(name: string, changes: Partial<OutboxItem> = {}): OutboxItem {
  const ticks = { materials: {}, certificate: { name: true } };
  const [key, application] = [crypto.randomUUID(), crypto.randomUUID()];
  return { key, application, post: "clerk", campaign: "2017", name, version: 3, ticks, ...changes };
}
const names = () => readOutbox().map(({ name }) => name);

describe.each([
  ["kept by the browser", stubStorage, "存在本机"],
  [
    "kept by the page, where the browser forbids storage",
    forbidStorage,
    "只在本页（浏览器不允许存储，请不要关闭本页）",
  ],
])("%s", (_where, stub, place) => {
  beforeEach(() => void stub());
  afterEach(() => {
    for (const { key } of readOutbox()) removeFromOutbox(key);
    vi.unstubAllGlobals();
  });

  test("confirmations wait in their order until each is sent", () => {
    const [one, two] = [waiting("甲"), waiting("乙")];
    addToOutbox(one);
    addToOutbox(two);
    expect(readOutbox()).toEqual([one, two]);
    expect(outboxPlaceText()).toBe(place);
    expect(findNextToSend("clerk")).toEqual(one);
    removeFromOutbox(one.key);
    expect(findNextToSend("clerk")).toEqual(two);
    removeFromOutbox(two.key);
    expect([readOutbox(), findNextToSend("clerk")]).toEqual([[], undefined]);
  });

  test("a second confirmation of an application stands in the place of the first", () => {
    const first = waiting("甲");
    addToOutbox(first);
    addToOutbox(waiting("乙"));
    addToOutbox(waiting("甲之二", { application: first.application }));
    expect(names()).toEqual(["乙", "甲之二"]);
  });

  test("what the server refused stays with its sentence, is not sent again, and holds up nothing", () => {
    const [one, two] = [waiting("甲"), waiting("乙")];
    addToOutbox(one);
    addToOutbox(two);
    refuseInOutbox(one.key, "申请已变更");
    expect(readOutbox()).toEqual([{ ...one, refused: "申请已变更" }, two]);
    expect(findNextToSend("clerk")).toEqual(two);
  });

  test("a confirmation is sent only under the post under which it was done", () => {
    addToOutbox(waiting("甲", { post: "another" }));
    addToOutbox(waiting("乙"));
    expect([findNextToSend("clerk")?.name, findNextToSend("another")?.name]).toEqual(["乙", "甲"]);
    expect(findNextToSend("")).toBeUndefined();
  });

  test("who listens hears of each change, until it ends; between changes the list is the same object", () => {
    const heard: number[] = [];
    const end = listenToOutbox(() => heard.push(shownOutbox().length));
    const one = waiting("甲");
    addToOutbox(one);
    expect(shownOutbox()).toBe(shownOutbox());
    removeFromOutbox(one.key);
    end();
    addToOutbox(waiting("乙"));
    expect(heard).toEqual([1, 0]);
    expect(shownOutbox().map(({ name }) => name)).toEqual(["乙"]);
  });
});

test("a browser without space keeps what the desk did until there is space again", () => {
  const { browser } = stubStorage();
  const [one, two] = [waiting("甲"), waiting("乙")];
  addToOutbox(one);
  browser.isFull = true;
  addToOutbox(two);
  expect(names()).toEqual(["甲", "乙"]);
  browser.isFull = false;
  removeFromOutbox(one.key);
  expect(names()).toEqual(["乙"]);
  expect(browser.getItem("shice-desk-outbox")).toContain(two.key);
  removeFromOutbox(two.key);
  vi.unstubAllGlobals();
});

test("a stored list of another shape is none", () => {
  const { browser } = stubStorage();
  for (const text of ["{", "{}", '[{"key":"no key"}]']) {
    browser.setItem("shice-desk-outbox", text);
    expect(readOutbox(), text).toEqual([]);
  }
  vi.unstubAllGlobals();
});
