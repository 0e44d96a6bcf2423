import { z } from "zod";

// Zod's faster way needs eval, which the pages' security policy forbids: said before the first schema is made.
z.config({ jitless: true });
