import { listenForEnd } from "../platform/end-request.ts";
import { findLauncher } from "../platform/launcher.ts";
import { openLog } from "../platform/log.ts";

/** A program that does nothing until it is asked to end; with `slow`, it then waits a second for a request to hurry. */
const say = (line: string) => process.stdout.write(`${line}\n`);
const ending = listenForEnd({ launcher: findLauncher(process.env), log: openLog("silent") });
const life = setInterval(() => say("alive"), 300);
say(`waiting ${process.pid} ${process.ppid}`);
await ending.first;
clearInterval(life);
say("ending");
if (process.argv[2] === "slow") {
  const slow = Promise.withResolvers<void>();
  setTimeout(slow.resolve, 1000);
  await Promise.race([slow.promise, ending.second]);
}
say(ending.status() === 0 ? "ended in order, status 0" : `hurried, status ${ending.status()}`);
process.exit(ending.status());
