import { RefusalError } from "../platform/http/refusal-error.ts";

/** Lets one address pass so many times within a while; kept in this program's memory alone. */
interface Turnstile {
  /** @throws RefusalError request.rate-limited */
  pass(address: string, now: Temporal.Instant): void;
}

/** Beyond so many addresses the oldest are forgotten: a flood must not fill the memory. */
const mostAddresses = 10_000;

export function makeTurnstile({ most, within }: { most: number; within: Temporal.DurationLike }): Turnstile {
  const passed = new Map<string, Temporal.Instant[]>();
  return {
    pass(address, now) {
      const since = now.subtract(within);
      const recent = (passed.get(address) ?? []).filter((at) => Temporal.Instant.compare(at, since) > 0);
      const [first] = recent;
      if (recent.length >= most && first !== undefined) {
        const until = first.add(within);
        throw new RefusalError({
          code: "request.rate-limited",
          retryAfterSeconds: Math.max(1, Math.ceil(now.until(until).total("seconds"))),
        });
      }
      passed.delete(address);
      passed.set(address, [...recent, now]);
      const [oldest] = passed.keys();
      if (passed.size > mostAddresses && oldest !== undefined) passed.delete(oldest);
    },
  };
}
