import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { checkDocumentNumber, normaliseIdNumber, partsOfIdNumber } from "@shice/rules/identity/id-number.ts";

/** What the number says, while it is typed: born when, of which sex; or which part of it cannot be right. */
export function IdNumberParts({ documentKind, idNumber }: { documentKind: string; idNumber: string }) {
  const number = normaliseIdNumber(idNumber);
  if (number === "") return null;
  const isCard = documentKind === "id-card" || documentKind === "residence-permit";
  const parts = isCard ? partsOfIdNumber(number) : undefined;
  if (parts !== undefined) {
    const { year, month, day } = parts.bornOn;
    return (
      <p className="entry-known" role="status">
        号码无误：{year}年{month}月{day}日出生，{parts.sex === "male" ? "男" : "女"}。
      </p>
    );
  }
  if (isCard && number.length < 18) {
    return <p className="entry-known">已输入{number.length}位，共18位。</p>;
  }
  const [finding] = checkDocumentNumber(documentKind, number);
  if (finding === undefined) return null;
  return (
    <p className={finding.level === "blocks" ? "entry-error" : "entry-remark"} role="status">
      {checksSentenceOf(finding)}
    </p>
  );
}
