import { z } from "zod";
import { RefusalText } from "./common.ts";

/**
 * Something that may be done to what is listed: allowed, or with the refusal that a call would bring. The server makes
 * it by the rules that the act itself asks, so that no page decides anew.
 */
export function actionOf<const Names extends readonly string[]>(names: Names) {
  return z.object({ name: z.enum(names), title: z.string(), allowed: z.boolean(), refusal: RefusalText.optional() });
}
