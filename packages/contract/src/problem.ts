import { z } from "zod";

/** A field with a fault; `path` is dotted: `contacts.0.name`, empty for the whole input. */
const ProblemField = z.object({ path: z.string(), code: z.string(), sentence: z.string() });

/**
 * The answer to a failed request, as application/problem+json (RFC 9457). `code` is stable, `title` is the sentence for
 * the user, `figures` are the refusal's, `request` is the number under which an administrator finds the request in the
 * log.
 */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    field: z.string().optional(),
    fields: z.array(ProblemField).optional(),
    figures: z.record(z.string(), z.unknown()).optional(),
    request: z.string(),
  })
  .meta({ description: "未能办理的原因（RFC 9457）。code 固定不变，供程序判断；title 是给用户看的一句话。" });
export type Problem = z.infer<typeof Problem>;
