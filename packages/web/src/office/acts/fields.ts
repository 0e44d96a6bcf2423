import type { ActField, Entered } from "./act-spec.ts";
import { codesOf, findWords, wordsOf } from "./entered.ts";

/** The reason of an act, required in every act that undoes or refuses something. */
export function reasonField(label: string, help?: string): ActField {
  return { kind: "words", name: "reason", label, required: true, ...(help === undefined ? {} : { help }) };
}

/** What a return asks of the teacher or the school: reasons of the plan, words, and by when. */
export function returnFields(use: "return" | "send-back"): ActField[] {
  return [
    { kind: "reasons", name: "reasons", use },
    { kind: "words", name: "text", label: "补充说明", required: false, help: "写明错在哪里、怎样改。本人会看到。" },
    { kind: "reply-by", name: "replyBy" },
  ];
}

export function returnOf(entered: Entered) {
  return {
    reasons: codesOf(entered, "reasons"),
    text: findWords(entered, "text"),
    replyBy: findWords(entered, "replyBy"),
  };
}

/** The district's opinion: a conclusion and its grounds (Notice §三(三)). */
export const opinionFields: readonly ActField[] = [
  { kind: "conclusion", name: "conclusion" },
  { kind: "reasons", name: "reasons", use: "decide" },
  { kind: "words", name: "text", label: "补充说明", required: false },
];

export function opinionOf(entered: Entered) {
  return {
    conclusion: wordsOf(entered, "conclusion"),
    reasons: codesOf(entered, "reasons"),
    text: findWords(entered, "text"),
  };
}

/** The number of the decision that an act carries out. */
export const decisionNumberField: ActField = {
  kind: "line",
  name: "number",
  label: "决定文号",
  example: "渝教师发〔2017〕30号",
};
