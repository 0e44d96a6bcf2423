import { z } from "zod";
import { RefusalText } from "./common.ts";

/**
 * An act on a listed item: allowed, or with the refusal that the call would give. The server computes it by the act's
 * own rules, so that no page decides again.
 */
export function actionOf<const Names extends readonly string[]>(names: Names) {
  return z.object({ name: z.enum(names), title: z.string(), allowed: z.boolean(), refusal: RefusalText.optional() });
}
