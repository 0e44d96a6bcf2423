import type { Launcher } from "./launcher.ts";
import type { Log } from "./log.ts";

/** How often the launcher is looked for. */
const launcherPollMs = 500;
/** npm sends a Ctrl-C on to the program, which the terminal has sent it already. */
const repeatedByNpmMs = 500;

/** Requests to end this program. */
interface EndRequests {
  /** Ctrl-C, SIGTERM, a closed terminal, the end of the launcher, or a fault: stop in order. */
  first: Promise<void>;
  /** A second signal: do not wait for requests that are running. */
  second: Promise<void>;
  /** The exit status that follows from how the end was requested. */
  status(): number;
}

/**
 * Listens for requests to end: SIGINT, SIGTERM, SIGHUP, an uncaught error, and the end of the launcher. npm passes SIGINT
 * and SIGTERM on to its shell alone, which dies of them without telling the program; SIGHUP and SIGKILL it passes on to nobody.
 */
export function listenForEnd({ launcher, log }: { launcher: Launcher | undefined; log: Log }): EndRequests {
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  let status = 0;
  let requested = false;
  let settled = false;

  function request(): void {
    if (!requested) {
      requested = true;
      first.resolve();
      if (launcher === undefined) settled = true;
      else
        setTimeout(() => {
          settled = true;
        }, repeatedByNpmMs);
    } else if (settled) {
      if (status === 0) status = 130;
      second.resolve();
    }
  }
  // A terminal that was closed, or a reader that has ended, takes no more output; that is no fault.
  for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, request);
  process.on("uncaughtException", (error) => {
    log.error({ err: error }, "uncaught error");
    status = 70;
    request();
  });
  if (launcher !== undefined) {
    const poll = setInterval(() => {
      if (launcher.isAlive()) return;
      clearInterval(poll);
      if (!requested) request();
    }, launcherPollMs);
    poll.unref();
  }
  return { first: first.promise, second: second.promise, status: () => status };
}
