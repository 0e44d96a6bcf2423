import { z } from "zod";

// Zod's faster way needs eval, which the pages' security policy forbids: said before any schema is made, and so before
// the application, whose modules make them, is read.
z.config({ jitless: true });
// Phones of some years ago know no Temporal, by which dates and windows are reckoned.
if (!("Temporal" in globalThis)) await import("temporal-polyfill/global");
await import("./show.tsx");
