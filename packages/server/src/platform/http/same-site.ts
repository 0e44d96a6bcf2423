import type { FastifyRequest } from "fastify";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a foreign page makes the browser send this request. Cookies go along with such requests in some browsers,
 * and a body-less POST needs no permission: so an act is accepted from our own pages and from programs alone.
 */
export function isFromForeignPage(request: FastifyRequest, publicUrl: string | undefined): boolean {
  if (reading.has(request.method)) return false;
  const site = request.headers["sec-fetch-site"];
  // Browsers say it themselves, but only over TLS or to localhost; in between Origin tells.
  if (typeof site === "string") return site === "cross-site" || site === "same-site";
  const { origin } = request.headers;
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const { host } = new URL(origin);
  return host !== request.host && (publicUrl === undefined || host !== new URL(publicUrl).host);
}
