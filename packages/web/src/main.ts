import { z } from "zod";

// Zod's faster way needs eval, which the pages' security policy forbids: said before any schema is made, and so before
// the application, whose modules make them, is read.
z.config({ jitless: true });
await import("./show.tsx");
