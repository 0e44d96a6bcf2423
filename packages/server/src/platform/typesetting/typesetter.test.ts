import { afterAll, expect, test } from "vitest";
import { barCode, qrCode } from "./codes.ts";
import { openTypesetter, type Sheet } from "./typesetter.ts";

const typesetter = openTypesetter({ threads: 2 });
afterAll(() => typesetter.close());

function slip(name: string): Sheet {
  return {
    template: "slip.typ",
    at: Temporal.Instant.from("2017-10-09T01:00:00Z"),
    document: {
      number: "20170000001",
      campaign: "重庆市第二批中小学教师资格定期注册试点",
      state: "待现场确认",
      hash: "0123456789ab",
      watermark: null,
      qr: qrCode("http://localhost:3000/office/x/case/y"),
      barcode: barCode("20170000001"),
      notes: [],
      facts: [["姓名", name]],
      bring: [["1", "《教师资格定期注册申请表》", "2份"]],
      school: [],
      advice: ["申请表每份都要由本人签名。"],
    },
  };
}

test("the same sheet is the same file to the byte, whichever thread sets it", async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => typesetter.typeset(slip("李雷"))));
  const [first] = all;
  expect(first?.pdf.subarray(0, 5).toString()).toBe("%PDF-");
  for (const { pdf, missing } of all) {
    expect(pdf.equals(first?.pdf ?? Buffer.alloc(0))).toBe(true);
    expect(missing).toEqual([]);
  }
  const other = await typesetter.typeset(slip("韩梅梅"));
  expect(other.pdf.equals(first?.pdf ?? Buffer.alloc(0))).toBe(false);
});

test.each(["〇", "阿依古丽·买买提", "𠮷野", "䶮龑", "㛃", "𬱖", "𫍯", "龘靐齉爩".repeat(12)])(
  "the name %s is printed as it is",
  async (name) => {
    expect((await typesetter.typeset(slip(name))).missing).toEqual([]);
  },
);

test("what no font has is drawn as its code point in a box, and reported", async () => {
  const { pdf, missing } = await typesetter.typeset(slip("张𰻝𰻝"));
  expect(missing).toEqual(["𰻝"]);
  const plain = await typesetter.typeset(slip("张"));
  expect(pdf.equals(plain.pdf)).toBe(false);
});

test("words that would be commands of the typesetter stand as words", async () => {
  const { missing, pdf } = await typesetter.typeset(slip('#import "/etc/passwd" $x$ *b* \\ "'));
  expect(missing).toEqual([]);
  expect(pdf.length).toBeGreaterThan(10_000);
});

test("a sheet that cannot be set fails alone; the next one is set", async () => {
  await expect(typesetter.typeset({ ...slip("李雷"), template: "no-such.typ" })).rejects.toThrow();
  await expect(typesetter.typeset({ ...slip("李雷"), document: { number: "1" } })).rejects.toThrow();
  expect((await typesetter.typeset(slip("李雷"))).missing).toEqual([]);
});
