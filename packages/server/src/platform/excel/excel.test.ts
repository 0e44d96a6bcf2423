import { describe, expect, test } from "vitest";
import { formatsOfEmptyCells } from "../../testing/empty-cells.ts";
import { readWorkbook } from "./reader.ts";
import { sniff } from "./sniff.ts";
import { writeWorkbook } from "./writer.ts";

describe("a workbook", () => {
  test("comes back as it was written: text stays text, numbers numbers", async () => {
    const bytes = await writeWorkbook([
      {
        name: "名册",
        lines: ["说明一行"],
        columns: [
          { title: "姓名", width: 12, required: true },
          { title: "证件号码", width: 22 },
          { title: "学时", width: 8, number: true },
          { title: "情形", width: 14, choices: ["应注册", "未到期"] },
        ],
        rows: [["=1+1", "110105194912310021", 360, "应注册"]],
        marked: [{ row: 0, column: 1 }],
        rowsWithChoices: 100,
      },
    ]);
    expect(sniff(bytes, 1024 * 1024)).toEqual({ kind: "xlsx", macros: false });
    const book = await readWorkbook(bytes);
    if ("code" in book) throw new Error(book.code);
    expect(book.hidden).toEqual(["字典"]);
    expect(book.sheets.map(({ name }) => name)).toEqual(["名册"]);
    expect(book.sheets[0]?.rows).toEqual([
      ["说明一行"],
      ["姓名", "证件号码", "学时", "情形"],
      ["=1+1", "110105194912310021", 360, "应注册"],
    ]);
  });

  test.each([[0], [3]])("takes what is typed into any empty cell as its column says, below %i rows", async (count) => {
    const bytes = await writeWorkbook([
      {
        name: "名册",
        lines: ["说明一行", "说明又一行"],
        columns: [
          ...Array.from({ length: 30 }, (_, at) => ({ title: `列${at}`, width: 12 })),
          { title: "学时", width: 8, number: true },
          { title: "情形", width: 14, choices: ["应注册", "未到期"] },
        ],
        rows: Array.from({ length: count }, () => Array.from({ length: 32 }, () => "")),
        marked: count === 0 ? [] : [{ row: count - 1, column: 1 }],
      },
      { name: "另一张", columns: [{ title: "号码", width: 8 }], rows: [["1"]] },
    ]);
    const formats = formatsOfEmptyCells(bytes);
    expect(Object.keys(formats)).toHaveLength(32);
    expect(formats["学时"]).toBe("General");
    expect(Object.entries(formats).filter(([title, format]) => title !== "学时" && format !== "@")).toEqual([]);
  });
});
