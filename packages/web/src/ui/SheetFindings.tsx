import type { SheetFinding } from "@shice/contract/common.ts";

/** What a row of a spreadsheet changes, or what is wrong with it and what would be right. */
export function SheetFindings({ finding: { troubles, changes } }: { finding: SheetFinding }) {
  return (
    <div className="sheet-findings">
      {troubles.map(({ title, code, found, sentence, right }) => (
        <div key={`${title}${code}`}>
          <strong>{title}</strong>
          {found === "" ? "" : `“${found}”`}：{sentence}
          {right}。
        </div>
      ))}
      {changes.map(({ title, from, to }) => (
        <div key={title}>
          <strong>{title}</strong>：{from === "" ? "（空）" : from} → {to === "" ? "（空）" : to}
        </div>
      ))}
    </div>
  );
}
