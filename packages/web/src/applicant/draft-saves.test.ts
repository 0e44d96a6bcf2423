import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forbidStorage, stubStorage } from "../ui/testing.ts";
import { afterFailure, isWorthSending, journalAfterSave, mergeSaved, settledState } from "./draft-saves.ts";
import { type Entries, startingEntries, withEntry, withHeldEntry } from "./entries.ts";
import { clearJournal, readJournal, writeJournal } from "./journal.ts";

const now = "2017-10-09T01:00:00Z";
const saved: ApplicationDraft = { address: "解放路1号", subject: "语文" };
const typed: Entries = { form: { ...saved, subject: "数学" }, held: {} };
const half = withHeldEntry(typed, saved, "graduatedOn", { typed: { year: "2008" }, sentence: "请写全年月日。" });
const nothingNew = withHeldEntry({ form: saved, held: {} }, saved, "graduatedOn", {
  typed: { year: "2008" },
  sentence: "请写全年月日。",
});
const answer = (status: number, code: string) => ({ type: "about:blank", title: "说明", status, code, request: "r" });

describe("what is sent", () => {
  test("a change is sent, also beside an entry that is no value yet; such an entry alone is not", () => {
    expect(isWorthSending(typed, saved)).toBe(true);
    expect(isWorthSending(half, saved)).toBe(true);
    expect(isWorthSending(nothingNew, saved)).toBe(false);
    // Without such an entry the server is asked: the save was ordered, and its findings are wanted.
    expect(isWorthSending({ form: saved, held: {} }, saved)).toBe(true);
  });

  test("after a save the line says when it was, or which entry it left out and why", () => {
    expect(settledState(typed, now)).toEqual({ kind: "saved", at: "09:00" });
    const left = settledState(half, now);
    expect(left).toMatchObject({ kind: "held", sentence: expect.stringContaining("没有保存：请写全年月日") });
  });

  test("after a save the browser keeps only what the server could not take", () => {
    expect(journalAfterSave(typed, { form: typed.form, version: 4 }, now)).toBeUndefined();
    expect(journalAfterSave(half, { form: half.form, version: 4 }, now)).toEqual({
      ...half,
      base: half.form,
      version: 4,
      at: Date.parse(now),
    });
  });
});

describe("a save that was not taken", () => {
  test("by a line that is down, a busy or faulty server, is tried again by itself", () => {
    const lost = { kind: "again", state: { kind: "kept", why: "暂时连不上服务器" } };
    expect(afterFailure(undefined)).toEqual(lost);
    for (const status of [429, 500, 502, 503]) {
      expect(afterFailure(answer(status, "platform.busy")), `${status}`).toEqual(lost);
    }
  });

  test("by a session that has ended, waits for the next sign-in", () => {
    expect(afterFailure(answer(401, "request.unauthenticated"))).toEqual({
      kind: "again",
      state: { kind: "kept", why: "登录已失效" },
    });
  });

  test("by a newer state, is brought together with it; another conflict is told and not tried again", () => {
    expect(afterFailure(answer(409, "case.changed"))).toEqual({ kind: "merge" });
    for (const [status, code] of [
      [409, "case.wrong-state"],
      [409, "application.draft-closed"],
      [403, "request.forbidden"],
      [404, "request.not-found"],
      [422, "form.malformed"],
    ] as const) {
      expect(afterFailure(answer(status, code)), code).toEqual({
        kind: "stop",
        state: { kind: "refused", sentence: "说明" },
      });
    }
  });
});

describe("a state saved elsewhere", () => {
  test("takes in what was typed here, and saving goes on", () => {
    const theirs = { ...saved, address: "人民路2号" };
    expect(mergeSaved(saved, half, theirs)).toEqual({
      entries: { form: { ...theirs, subject: "数学" }, held: half.held },
      clashes: [],
      state: undefined,
    });
  });

  test("that changed the same field otherwise waits for the teacher's choice; until then what was typed here stands", () => {
    const { entries, clashes, state } = mergeSaved(saved, typed, { ...saved, subject: "英语" });
    expect(entries.form.subject).toBe("数学");
    expect(clashes).toEqual([{ field: "subject", mine: "数学", theirs: "英语" }]);
    expect(state).toEqual({ kind: "kept", why: "别处有改动，请先选择" });
    // The choice of the other side is an entry like any other.
    expect(withEntry(entries, saved, "subject", "英语").form.subject).toBe("英语");
  });
});

describe("the journal", () => {
  beforeEach(() => void stubStorage());
  afterEach(() => {
    clearJournal("draft");
    vi.unstubAllGlobals();
  });

  test("brings back what did not reach the server, whether or not the browser stores it", () => {
    for (const stub of [stubStorage, forbidStorage]) {
      stub();
      expect(readJournal("draft")).toBeUndefined();
      writeJournal("draft", { ...half, base: saved, version: 3, at: Date.parse(now) });
      const kept = readJournal("draft");
      expect(startingEntries({ form: saved, version: 3 }, kept)).toEqual({ entries: half, dirty: true, clashes: [] });
      clearJournal("draft");
      expect(readJournal("draft")).toBeUndefined();
    }
  });

  test("of another shape is none; one of a state that the server never had neither", () => {
    stubStorage().browser.setItem("shice-draft-draft", '{"form":{}}');
    expect(readJournal("draft")).toBeUndefined();
    const later = { ...typed, base: saved, version: 9 };
    expect(startingEntries({ form: saved, version: 3 }, later)).toMatchObject({
      dirty: false,
      entries: { form: saved },
    });
  });
});
