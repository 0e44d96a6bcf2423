import { expect, test } from "vitest";
import { JobPause } from "./job-pause.ts";

function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, release: resolve };
}

test("paused work waits for running jobs, and later jobs wait for it", async () => {
  const pause = new JobPause();
  const order: string[] = [];
  const [first, second] = [held(), held()];
  const job = pause.runJob(async () => {
    order.push("job begins");
    await first.promise;
    order.push("job ends");
  });
  const reset = pause.runPaused(async () => {
    order.push("reset begins");
    await second.promise;
    order.push("reset ends");
  });
  const later = pause.runJob(async () => order.push("later job"));
  first.release();
  await job;
  second.release();
  await Promise.all([reset, later]);
  expect(order).toEqual(["job begins", "job ends", "reset begins", "reset ends", "later job"]);
});

test("jobs run side by side, paused work one after the other", async () => {
  const pause = new JobPause();
  const both = held();
  const one = pause.runJob(() => both.promise);
  await pause.runJob(async () => both.release());
  await one;
  let alone = 0;
  const runAlone = () =>
    pause.runPaused(async () => {
      expect(++alone).toBe(1);
      await Promise.resolve();
      alone--;
    });
  await Promise.all([runAlone(), runAlone(), runAlone()]);
});

test("a failure reaches its caller and ends the pause", async () => {
  const pause = new JobPause();
  const failing = pause.runJob(() => Promise.reject(new Error("job")));
  const resetting = pause.runPaused(() => Promise.reject(new Error("reset")));
  await expect(failing).rejects.toThrow("job");
  await expect(resetting).rejects.toThrow("reset");
  expect(await pause.runJob(async () => "done")).toBe("done");
});
