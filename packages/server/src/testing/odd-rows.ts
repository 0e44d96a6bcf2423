import type { CellValue } from "hucre";

const headings: CellValue[] = [
  "姓名",
  "证件号码",
  "学校全称",
  "注册机构",
  "类别",
  "名册情形",
  "原因",
  "成立日期",
  "学时",
];

/** Sheets under a heading that rosters and directories know, with whatever may stand in a cell and should not. */
export function oddRows(): CellValue[][][] {
  const odd: CellValue[] = [
    null,
    "",
    " ",
    "\u3000",
    "\0",
    "\uFFFF",
    "'",
    "=1/0",
    "#N/A",
    "#REF!",
    "𠮷".repeat(5000),
    "名".repeat(32_000),
    0,
    -1,
    1e300,
    -1e300,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    false,
    new Date(Number.NaN),
    new Date(8.64e15),
    new Date(-8.64e15),
    new Date("1900-01-00"),
    new Date("0000-01-01"),
    "9999-12-31",
    "99999999",
    "-000001-01-01",
    "\u202E123",
    "__proto__",
    "constructor",
    "合计",
    "填表人：",
  ];
  return [
    [headings, ...odd.map((value) => headings.map(() => value))],
    [
      headings,
      ...odd.map((value, at) => headings.map((_, column) => (column === at % headings.length ? value : "某"))),
    ],
    [odd, ...odd.map(() => odd)],
    [[null], [null, ...headings], [], [null], [null, null, "某"]],
    [],
  ];
}
