import type { FastifyInstance } from "fastify";

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** What every answer says to the browser; the readable API description alone needs inline scripts of its own. */
export function guardHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    const docs = request.url.startsWith("/api/docs");
    reply.headers({
      "content-security-policy": docs
        ? policy.replace(
            "default-src 'self'",
            "default-src 'self'; script-src 'self' 'unsafe-inline'; font-src 'self' data:",
          )
        : policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "geolocation=(), microphone=(), payment=()",
      "x-request-id": request.id,
    });
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
    done();
  });
}
