import { isKeyOf } from "../keys.ts";

/** Blanks that a school's proof may have, filled in for each teacher. */
const proofBlanks = {
  姓名: "name",
  证件号码: "idNumber",
  学校: "school",
  学科: "subject",
  考核年度: "year",
  考核结果: "grade",
} as const;
type ProofBlank = (typeof proofBlanks)[keyof typeof proofBlanks];
type ProofValues = Readonly<Record<ProofBlank, string>>;

/** Space for writing by hand if a value is not known. */
export const handwritten = "＿＿＿＿＿＿";

const blank = /【([^】]*)】/gu;

/** Unknown blanks in a text, such as 【性别】. */
export function unknownBlanksOf(text: string): string[] {
  return [...text.matchAll(blank)].map((match) => match[1] ?? "").filter((word) => !isKeyOf(proofBlanks, word));
}

/** The text of one teacher's proof; a general text if the plan gives none. */
export function proofTextOf(text: string | undefined, material: string, values: ProofValues): string {
  const pattern =
    text ?? `兹证明我校教师【姓名】（证件号码：【证件号码】）的“${material}”所涉情况属实，由我校核实并负责。`;
  return pattern.replace(blank, (whole, word: string) => {
    if (!isKeyOf(proofBlanks, word)) return whole;
    const value = values[proofBlanks[word]];
    return value === "" ? handwritten : value;
  });
}
