import { expect, test } from "vitest";
import { Gate } from "./gate.ts";

function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, release: resolve };
}

test("who closes the gate waits for those inside, and those who come later wait for it", async () => {
  const gate = new Gate();
  const told: string[] = [];
  const [first, second] = [held(), held()];
  const inside = gate.pass(async () => {
    told.push("job begins");
    await first.promise;
    told.push("job ends");
  });
  const reset = gate.close(async () => {
    told.push("reset begins");
    await second.promise;
    told.push("reset ends");
  });
  const later = gate.pass(async () => told.push("later job"));
  first.release();
  await inside;
  second.release();
  await Promise.all([reset, later]);
  expect(told).toEqual(["job begins", "job ends", "reset begins", "reset ends", "later job"]);
});

test("jobs pass together, and two who close it come one after the other", async () => {
  const gate = new Gate();
  const both = held();
  const one = gate.pass(() => both.promise);
  await gate.pass(async () => both.release());
  await one;
  let alone = 0;
  const close = () =>
    gate.close(async () => {
      expect(++alone).toBe(1);
      await Promise.resolve();
      alone--;
    });
  await Promise.all([close(), close(), close()]);
});

test("what fails inside or alone is told to its caller, and the gate is open again", async () => {
  const gate = new Gate();
  const failing = gate.pass(() => Promise.reject(new Error("job")));
  const closing = gate.close(() => Promise.reject(new Error("reset")));
  await expect(failing).rejects.toThrow("job");
  await expect(closing).rejects.toThrow("reset");
  expect(await gate.pass(async () => "open")).toBe("open");
});
