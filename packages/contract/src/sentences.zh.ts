import type { Refusal } from "@shice/rules/refusal.ts";
import type { ModuleRefusal } from "./module-refusal.ts";
import type { PlatformRefusal } from "./platform-refusal.ts";
import { lifecycleSentences } from "./sentences/lifecycle.zh.ts";
import { moduleSentences } from "./sentences/modules.zh.ts";
import { opinionSentences } from "./sentences/opinion.zh.ts";
import { platformSentences } from "./sentences/platform.zh.ts";
import { stickerSentences } from "./sentences/stickers.zh.ts";
import { type ByCode, type Wordings, wordedBy } from "./wording.ts";

/** All refusals, by stable code. */
export type AnyRefusal = Refusal | ModuleRefusal | PlatformRefusal;
export type RefusalCode = AnyRefusal["code"];

/** One Chinese sentence for each code; a code without one does not compile. */
const sentences: Wordings<ByCode<AnyRefusal>> = {
  ...lifecycleSentences,
  ...opinionSentences,
  ...stickerSentences,
  ...moduleSentences,
  ...platformSentences,
};

/** The sentence of a refusal. */
export function sentenceOf(refusal: AnyRefusal): string {
  return wordedBy(sentences, refusal.code, refusal);
}

/** Whether a text is a refusal code of this program. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(sentences, code);
}
