import { z } from "zod";

/** One field that was filled in wrongly; `path` is dotted: `contacts.0.name`, empty for the whole. */
const ProblemField = z.object({ path: z.string(), code: z.string(), sentence: z.string() });

/**
 * Why a request failed, as application/problem+json (RFC 9457). `code` is stable and `title` the sentence for the user;
 * `figures` are the refusal's own, `request` the number by which an administrator finds the request in the log.
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
