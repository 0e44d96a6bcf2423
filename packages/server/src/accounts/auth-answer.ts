import { RefusalError } from "../platform/http/refusal-error.ts";
import { UnavailableError } from "../platform/http/unavailable-error.ts";

/**
 * Passes an answer of better-auth on that is about what was asked; too many calls are refused with the time to wait.
 * @throws RefusalError request.rate-limited
 * @throws UnavailableError when better-auth itself failed, as without its database: nothing is known about the password
 * or token then
 */
export function servedAnswer(response: Response): Response {
  if (response.status === 429) {
    const seconds = Number(response.headers.get("x-retry-after") ?? "60");
    throw new RefusalError({
      code: "request.rate-limited",
      retryAfterSeconds: Number.isFinite(seconds) ? seconds : 60,
    });
  }
  if (response.status >= 500) throw new UnavailableError("better-auth failed");
  return response;
}

/** The cookies of an answer as a browser would send them back. */
export function cookieHeaderOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
