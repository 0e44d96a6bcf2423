import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { RefusalError } from "./refusal-error.ts";

/**
 * Serves the built web application from its folder: hashed files for a year, everything else that is no file of ours as
 * its one page, so that each view's address can be shared and reloaded. Addresses under /api and files that do not exist
 * are not found.
 */
export function serveWebFiles(app: FastifyInstance, folder: string): void {
  app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    // Made beside each file by the build.
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(folder, "assets"));
      reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  app.get("/*", (request, reply) => {
    const [path = "/"] = request.url.split("?");
    if (/^\/(api|assets)(\/|$)/.test(path) || /\.[a-z0-9]{2,8}$/i.test(path)) {
      throw new RefusalError({ code: "request.not-found" });
    }
    return reply.sendFile("index.html");
  });
}
