import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lastSigner } from "../../ui/signer.ts";
import { forbidStorage, stubStorage } from "../../ui/testing.ts";
import {
  changeMaterial,
  checksOf,
  clearTicks,
  type DeskItem,
  isWhole,
  missingOf,
  noTick,
  readTicks,
  rememberSigners,
  savableOf,
  type Ticks,
  tickAll,
  ticksOf,
  toggleField,
  toggleMaterial,
  writeTicks,
} from "./ticks.ts";

const shown = { item: 1, name: "材料", originalSeen: true, copies: 1, copyStamped: true, check: null };
const certificate: DeskItem = { ...shown, key: "certificate", suppliedBy: "applicant" };
const proof: DeskItem = { ...shown, key: "proof", suppliedBy: "school", originalSeen: false, copies: 2 };
const ethics: DeskItem = { ...proof, key: "ethics" };
const checklist = [certificate, proof, ethics];
const none: Ticks = { materials: {}, certificate: {} };
const allFields = comparedFields.map((field) => `certificate:${field}`);

beforeEach(() => void stubStorage());
afterEach(() => {
  clearTicks("one");
  vi.unstubAllGlobals();
});

test("what the server holds is ticked; what nobody has looked at yet stands in no tick", () => {
  const check = { originalSeen: true, copyStamped: false, copies: 1, signer: null, remark: "原件磨损" };
  const held = ticksOf(
    [{ ...certificate, check }, proof],
    [
      { field: "name", agrees: true },
      { field: "certificateKind", agrees: false },
      { field: "certificateSubject", agrees: null },
    ],
    "old",
  );
  expect(held).toEqual({
    materials: { certificate: { ...check, signer: "" } },
    certificate: { name: true, certificateKind: false },
    version: "old",
  });
  expect(ticksOf([], [], null)).toEqual(none);
});

test("one key ticks all that a material asks, a second key nothing of it; its signer stays", () => {
  const ticked = toggleMaterial(none, proof, "王校长");
  expect(ticked.materials["proof"]).toEqual({ ...noTick, copies: 2, copyStamped: true, signer: "王校长" });
  expect(isWhole(proof, ticked.materials["proof"])).toBe(true);
  const off = toggleMaterial(ticked, proof, "李校长");
  expect(off.materials["proof"]).toEqual({ ...noTick, signer: "王校长" });
  expect(toggleMaterial(off, proof, "李校长").materials["proof"]?.signer).toBe("王校长");
  // What the teacher brings bears no signer.
  expect(toggleMaterial(none, certificate, "王校长").materials["certificate"]?.signer).toBe("");
});

test.each([
  ["the original", { originalSeen: false }],
  ["the stamp", { copyStamped: false }],
  ["a copy", { copies: 0 }],
])("a material without %s is not whole", (_what, part) => {
  const whole = tickAll(none, checklist, "王校长");
  expect(isWhole(certificate, whole.materials["certificate"])).toBe(true);
  expect(isWhole(certificate, changeMaterial(whole, checklist, certificate, part).materials["certificate"])).toBe(
    false,
  );
});

test("more copies than asked stay when the rest is ticked", () => {
  const some = changeMaterial(none, checklist, certificate, { copies: 3 });
  expect(toggleMaterial(some, certificate, "").materials["certificate"]?.copies).toBe(3);
});

test("a signer typed once stands on all the school's sheets with the same one before, on no other and on no teacher's", () => {
  const typed = changeMaterial(none, checklist, proof, { signer: "王校长" });
  expect([typed.materials["proof"]?.signer, typed.materials["ethics"]?.signer]).toEqual(["王校长", "王校长"]);
  expect(typed.materials["certificate"]).toBeUndefined();
  const apart = {
    ...none,
    materials: { proof: { ...noTick, signer: "王校长" }, ethics: { ...noTick, signer: "李书记" } },
  };
  const changed = changeMaterial(apart, checklist, proof, { signer: "陈校长" });
  expect([changed.materials["proof"]?.signer, changed.materials["ethics"]?.signer]).toEqual(["陈校长", "李书记"]);
  expect(changeMaterial(typed, checklist, proof, { remark: "见背面" }).materials["ethics"]?.remark).toBe("");
});

test("a field of the certificate agrees, then differs, then agrees", () => {
  const once = toggleField(none, "name");
  const twice = toggleField(once, "name");
  expect([once, twice, toggleField(twice, "name")].map(({ certificate: { name } }) => name)).toEqual([
    true,
    false,
    true,
  ]);
});

test("what is missing is named by material and field, until all of it is ticked", () => {
  expect(missingOf(none, checklist)).toEqual(["certificate", "proof", "ethics", ...allFields]);
  const all = tickAll(none, checklist, "王校长");
  expect(missingOf(all, checklist)).toEqual([]);
  expect(missingOf(toggleField(all, "name"), checklist)).toEqual(["certificate:name"]);
  // A sheet of the school's that nobody has signed is not whole.
  expect(missingOf(tickAll(none, checklist, ""), checklist)).toEqual(["proof", "ethics"]);
});

test("the call bears no empty signer or remark and no field that nobody compared", () => {
  const ticks = changeMaterial(toggleField(none, "name"), [proof], proof, { signer: " 王校长 ", remark: "  " });
  expect(checksOf(ticks)).toEqual({
    materials: [{ material: "proof", originalSeen: false, copyStamped: false, copies: 0, signer: "王校长" }],
    certificate: [{ field: "name", agrees: true }],
  });
  expect(checksOf({ ...none, version: "new" })).toEqual({ materials: [], certificate: [], certificateVersion: "new" });
});

test("half done, it is saved without the school's sheets that nobody has signed", () => {
  const ticks = toggleMaterial(toggleMaterial(toggleMaterial(none, certificate, ""), proof, ""), ethics, "王校长");
  const { materials } = savableOf(ticks, checklist);
  expect(materials.map(({ material }) => material)).toEqual(["certificate", "ethics"]);
});

test("ticks that were not sent are found again, also where the browser forbids storage; others are not", () => {
  const ticks = { ...tickAll(none, checklist, "王校长"), version: "old" as const };
  for (const stub of [stubStorage, forbidStorage]) {
    stub();
    expect(readTicks("one")).toBeUndefined();
    writeTicks("one", ticks);
    expect([readTicks("one"), readTicks("other")]).toEqual([ticks, undefined]);
    clearTicks("one");
    expect(readTicks("one")).toBeUndefined();
  }
});

test("ticks of another shape, as an older page left them, are none", () => {
  stubStorage().browser.setItem("shice-desk-one", '{"materials":{"proof":true}}');
  expect(readTicks("one")).toBeUndefined();
});

test("the last signer is remembered, and no empty one", () => {
  stubStorage();
  rememberSigners(changeMaterial(none, [proof], proof, { signer: "王校长" }));
  rememberSigners(changeMaterial(none, [proof], proof, { signer: " " }));
  expect(lastSigner()).toBe("王校长");
});
