import type { Refusal } from "@shice/rules/refusal.ts";
import type { ModuleRefusal } from "./module-refusal.ts";
import type { PlatformRefusal } from "./platform-refusal.ts";
import { lifecycleSentences } from "./sentences/lifecycle.zh.ts";
import { moduleSentences } from "./sentences/modules.zh.ts";
import { opinionSentences } from "./sentences/opinion.zh.ts";
import { platformSentences } from "./sentences/platform.zh.ts";
import { stickerSentences } from "./sentences/stickers.zh.ts";
import { type ByCode, type Wordings, wordedBy } from "./wording.ts";

/** Everything that can be refused, by stable code. */
export type AnyRefusal = Refusal | ModuleRefusal | PlatformRefusal;
export type RefusalCode = AnyRefusal["code"];

/** One Chinese sentence for each code: a code without one does not compile. */
const sentences: Wordings<ByCode<AnyRefusal>> = {
  ...lifecycleSentences,
  ...opinionSentences,
  ...stickerSentences,
  ...moduleSentences,
  ...platformSentences,
};

/** What a refusal says to the user. */
export function sentenceOf(refusal: AnyRefusal): string {
  return wordedBy(sentences, refusal.code, refusal);
}

/** Whether a text is the code of a refusal that this program knows. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(sentences, code);
}
