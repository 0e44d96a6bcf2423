import { deflateRawSync } from "node:zlib";
import { type CellValue, writeOds, writeXlsx } from "hucre";
import { describe, expect, test } from "vitest";
import { listChildren, watchMemory } from "../../testing/memory-watch.ts";
import { type OldCell, writeOldWorkbook } from "../../testing/old-workbook.ts";
import { zipOf } from "../../testing/zip.ts";
import { readWorkbook, type SheetCells, type Workbook } from "./reader.ts";
import { packZip, unpackZip } from "./zip.ts";

async function bookOf(bytes: Uint8Array): Promise<Workbook> {
  const book = await readWorkbook(bytes);
  if ("code" in book) throw new Error(book.code);
  return book;
}

async function sheetOf(bytes: Uint8Array): Promise<SheetCells | undefined> {
  return (await bookOf(bytes)).sheets[0];
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  const book = await readWorkbook(bytes);
  return "code" in book ? book.code : "read";
}

/** Changes parts of a workbook as another program might have written them. */
function changed(book: Uint8Array, change: (name: string, text: string) => string, more: Record<string, string> = {}) {
  const entries = unpackZip(book, 10 * 1024 * 1024);
  if ("code" in entries) throw new Error(entries.code);
  const texts = entries.map(({ name, bytes }) => ({
    name,
    bytes: Buffer.from(change(name, Buffer.from(bytes).toString())),
  }));
  const added = Object.entries(more).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
  return packZip([...texts, ...added], { isDeflated: true });
}

describe("rows and cells that a file does not name", () => {
  const rows: (CellValue[] | undefined)[] = [
    undefined,
    ["姓名", null, "证件号码"],
    undefined,
    [null, null, "110105194912310021"],
    undefined,
    undefined,
    ["填表人：甲", " ", ""],
    [null, " "],
    undefined,
  ];
  const expected = [[], ["姓名", null, "证件号码"], [], [null, null, "110105194912310021"], [], [], ["填表人：甲"]];
  const cells = rows.flatMap((row, at) =>
    (row ?? []).flatMap((value, column): OldCell[] => (typeof value === "string" ? [{ row: at, column, value }] : [])),
  );
  const whole = rows.map((row) => row ?? []);

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    [".xls", () => writeOldWorkbook(cells)],
    [".xlsx", () => writeXlsx({ sheets: [{ name: "名册", rows: whole }] })],
    [".ods", () => writeOds({ sheets: [{ name: "名册", rows: whole }] })],
    [".csv", () => Buffer.from(whole.map((row) => row.map((cell) => cell ?? "").join(",")).join("\n"))],
  ])("are empty ones in %s", async (_kind, make) => {
    const sheet = await sheetOf(await make());
    // What stood in a text file as nothing is an empty text.
    const read = sheet?.rows.map((row) => row.map((cell) => (cell === "" ? null : cell)));
    expect(read).toEqual(expected);
    expect(sheet?.rows.every((row) => Array.isArray(row) && !row.includes(undefined as never))).toBe(true);
  });
});

describe("books that another program would read", () => {
  const plain = () => writeXlsx({ sheets: [{ name: "名册", rows: [["姓名"], ["张三"]] }] });

  test("a chart on a sheet of its own is passed over", async () => {
    const book = changed(
      await plain(),
      (name, text) => {
        if (name === "xl/workbook.xml") {
          return text.replace("</sheets>", '<sheet name="图表" sheetId="9" r:id="rId99"/></sheets>');
        }
        return name === "xl/_rels/workbook.xml.rels"
          ? text.replace(
              "</Relationships>",
              '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>',
            )
          : text;
      },
      { "xl/chartsheets/sheet1.xml": "<chartsheet/>" },
    );
    expect((await bookOf(book)).sheets).toEqual([{ name: "名册", rows: [["姓名"], ["张三"]] }]);
  });

  test("a blank in the last row of the sheet is nothing", async () => {
    const stray = changed(await plain(), (name, text) =>
      name.startsWith("xl/worksheets/")
        ? text.replace("</sheetData>", '<row r="1048576"><c r="A1048576" t="str"><v> </v></c></row></sheetData>')
        : text,
    );
    expect((await sheetOf(stray))?.rows).toEqual([["姓名"], ["张三"]]);
  });

  test("what is no workbook of ours is named", async () => {
    const corner = changed(await plain(), (name, text) =>
      name.startsWith("xl/worksheets/")
        ? text.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
        : text,
    );
    expect(await codeOf(corner)).toBe("workbook.stray-cell");
    expect(await codeOf(Buffer.from("<html><table><tr><td>姓名</td></tr></table></html>"))).toBe("workbook.web-page");
    expect(await codeOf(Buffer.from('\uFEFF<?xml version="1.0"?><Workbook/>'))).toBe("workbook.web-page");
    const excel95 = writeOldWorkbook([{ row: 0, column: 0, value: "姓名" }]);
    excel95[excel95.indexOf(Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06])) + 5] = 5;
    expect(await codeOf(excel95)).toBe("workbook.too-old");
  });
});

describe("a file that would take more than it shows", () => {
  /** The most that the reading process may hold: what it writes to is bounded by the kernel. */
  const mostOfChild = 1536;

  test("inside a zip no declared size is believed", async () => {
    const content = Buffer.alloc(250 * 1024 * 1024, 32);
    const packed = deflateRawSync(content);
    const bomb = (claimed: number) =>
      zipOf(
        ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/a"].map(
          (name) => ({ name, content, packed, claimed }),
        ),
      );
    const nothingDeclared = bomb(0);
    expect(nothingDeclared.length).toBeLessThan(1.6 * 1024 * 1024);
    const watch = watchMemory();
    expect(await codeOf(nothingDeclared)).toBe("workbook.too-large-inside");
    expect(await codeOf(bomb(1000))).toBe("workbook.too-large-inside");
    const held = watch.stop();
    process.stdout.write(
      `bomb of ${Math.round(nothingDeclared.length / 1024)} KB with 1500 MB inside: this process grew by ${held.grown} MB, ` +
        `the reading process held at most ${held.child} MB\n`,
    );
    expect(held.grown).toBeLessThan(100);
    expect(held.child).toBeLessThan(700);
    const small = Buffer.from("<x/>");
    expect(await codeOf(zipOf([{ name: "xl/workbook.xml", content: small, claimed: 0 }]))).not.toBe("read");
    expect(unpackZip(zipOf([{ name: "a", content: small, claimed: 0 }]), 1000)).toEqual({ code: "workbook.broken" });
    expect(unpackZip(zipOf([{ name: "a", content: small, claimed: 5 }]), 1000)).toEqual({ code: "workbook.broken" });
    expect(unpackZip(zipOf([{ name: "a", content: small }]), 1000)).toEqual([{ name: "a", bytes: small }]);
    expect(unpackZip(zipOf([{ name: "a", content: small }]), 3)).toHaveProperty("code", "workbook.too-large-inside");
  });

  test("one text shown in every cell is counted in every cell", async () => {
    const text = "长".repeat(30_000);
    const cells = Array.from({ length: 20_000 }, (_, row) => ({ row, column: 0, value: { shared: 0 } }));
    const old = writeOldWorkbook(cells, [text]);
    const sheet = await writeXlsx({ sheets: [{ name: "名册", rows: cells.map(() => [text]) }] });
    const watch = watchMemory();
    expect(await codeOf(old)).toBe("workbook.too-much-text");
    expect(await codeOf(sheet)).toBe("workbook.too-much-text");
    const held = watch.stop();
    expect(held.grown).toBeLessThan(100);
    expect(held.child).toBeLessThan(mostOfChild);
  });

  test("a reading that takes too long is ended, and with it its process", async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => [`${row}`, `${row}甲`]);
    const long = await writeXlsx({ sheets: [{ name: "名册", rows }] });
    const before = new Set(listChildren());
    expect(await readWorkbook(long, { seconds: 0.01 })).toEqual({ code: "workbook.took-too-long", seconds: 0.01 });
    await expect.poll(() => listChildren().filter((id) => !before.has(id))).toEqual([]);
  });
});

test("two files are read at once; whoever finds too many waiting is told", async () => {
  const book = await writeXlsx({ sheets: [{ name: "名册", rows: [["姓名"], ["张三"]] }] });
  const first = [readWorkbook(book), readWorkbook(book), readWorkbook(book)];
  await expect(readWorkbook(book, { mostWaiting: 1 })).rejects.toMatchObject({ refusal: { code: "server.busy" } });
  const patient = readWorkbook(book, { mostWaiting: 2 });
  for (const read of await Promise.all([...first, patient])) expect(read).toHaveProperty("sheets");
  expect(await readWorkbook(book, { mostWaiting: 0 })).toHaveProperty("sheets");
});
