import { unpackZip } from "../platform/excel/zip.ts";

/**
 * How each column of a workbook's first sheet takes what is typed into a cell that is empty yet, in the last row that a
 * sheet can have: the number format of the column, by the title in the heading. "@" is text.
 */
export function formatsOfEmptyCells(book: Uint8Array): Record<string, string> {
  const entries = unpackZip(book, 200 * 1024 * 1024);
  if ("code" in entries) throw new Error(entries.code);
  const textOf = (name: string) =>
    Buffer.from(entries.find((entry) => entry.name === name)?.bytes ?? Buffer.alloc(0)).toString();
  const sheet = textOf("xl/worksheets/sheet1.xml");
  const styles = textOf("xl/styles.xml");
  const shared = [...textOf("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) =>
    (item ?? "").replace(/<[^>]*>/g, ""),
  );
  const cellFormats = [
    ...(/<cellXfs.*?<\/cellXfs>/s.exec(styles)?.[0] ?? "").matchAll(/<xf [^>]*numFmtId="(\d+)"/g),
  ].map(([, id]) => id);
  const codes = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  );
  const columns = [...sheet.matchAll(/<col ([^>]*)>/g)].map(([, attributes]) => ({
    letter: letterOf(Number(/min="(\d+)"/.exec(attributes ?? "")?.[1])),
    format: cellFormats[Number(/style="(\d+)"/.exec(attributes ?? "")?.[1] ?? 0)] ?? "0",
  }));
  const headingRow = [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].find(
    ([, cells]) => (cells ?? "").split("<v>").length > 2,
  );
  return Object.fromEntries(
    columns.map(({ letter, format }) => {
      const index = new RegExp(`<c r="${letter}\\d+"[^>]*><v>(\\d+)</v>`).exec(headingRow?.[1] ?? "")?.[1];
      // 49 is text and 0 General without being named in the file.
      const code = codes.get(format) ?? (format === "49" ? "@" : format === "0" ? "General" : format);
      return [shared[Number(index)] ?? letter, code];
    }),
  );
}

function letterOf(number: number): string {
  const last = String.fromCharCode(65 + ((number - 1) % 26));
  return number <= 26 ? last : `${letterOf(Math.floor((number - 1) / 26))}${last}`;
}
