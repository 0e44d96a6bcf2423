import type { FastifyInstance } from "fastify";

const pages = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** What concerns a page alone; a script or a style sheet is never one, and there are dozens of them on a slow line. */
const ofPage = {
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "geolocation=(), microphone=(), payment=()",
};

/** An answer of the API is data: nothing in it may run, load or be framed. */
const data = "default-src 'none'; frame-ancestors 'none'";

/** The readable API description runs one script file of ours and one inline script, by its nonce; it reaches no other host. */
function readable(nonce: string): string {
  return pages.replace(
    "default-src 'self'",
    `default-src 'self'; script-src 'self' 'nonce-${nonce}'; font-src 'self' data:; worker-src 'self' blob:`,
  );
}

/** What every answer tells the browser. `https`: the site is reached over TLS alone. */
export function securityHeadersOf(
  url: string,
  { docsNonce, https }: { docsNonce: string; https: boolean },
): Record<string, string> {
  const ofDocs = url === "/api/docs" || url.startsWith("/api/docs/") || url.startsWith("/api/docs?");
  const ofApi = url.startsWith("/api/") && !ofDocs;
  return {
    "content-security-policy": ofDocs ? readable(docsNonce) : ofApi ? data : pages,
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    ...(url.startsWith("/assets/") ? {} : ofPage),
    ...(ofApi ? { "cache-control": "no-store" } : {}),
    ...(https ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}

export function guardHeaders(app: FastifyInstance, options: { docsNonce: string; https: boolean }): void {
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers({ ...securityHeadersOf(request.url, options), "x-request-id": request.id });
    done();
  });
}
