import fc from "fast-check";
import { expect, test } from "vitest";
import { splitForm } from "./form-parts.ts";

/** A form as the machine's own writer sends it. */
async function sent(form: FormData): Promise<{ body: Buffer; type: string }> {
  const request = new Request("http://localhost/", { method: "POST", body: form });
  return { body: Buffer.from(await request.arrayBuffer()), type: request.headers.get("content-type") ?? "" };
}

test("words and files come out as they went in", async () => {
  const form = new FormData();
  form.set("statement", "事实\r\n--和理由");
  form.append("pictures", new File([Buffer.from([0, 13, 10, 45, 45, 255])], '证"明.png'));
  const { body, type } = await sent(form);
  expect(splitForm(body, type, 2)?.map(({ name, fileName, bytes }) => [name, fileName, [...bytes]])).toEqual([
    ["statement", undefined, [...Buffer.from("事实\r\n--和理由")]],
    ["pictures", '证"明.png', [0, 13, 10, 45, 45, 255]],
  ]);
  expect(splitForm(body, type, 1)).toBeUndefined();
  expect(splitForm(body.subarray(0, -10), type, 2)).toBeUndefined();
  expect(splitForm(body, "multipart/form-data", 2)).toBeUndefined();
  // What browsers send where no file was chosen.
  const nothing = Buffer.from(
    '--x\r\nContent-Disposition: form-data; name="pictures"; filename=""\r\n\r\n\r\n--x--\r\n',
  );
  expect(splitForm(nothing, "multipart/form-data; boundary=x", 1)).toMatchObject([{ name: "pictures", fileName: "" }]);
});

test("whatever comes, nothing is thrown", () => {
  const piece = fc.constantFrom(
    "--x",
    "\r\n--x",
    "--",
    "\r\n",
    "\r\n\r\n",
    'content-disposition: form-data; name="a"',
    "é",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const parts = splitForm(Buffer.from(pieces.join("")), "multipart/form-data; boundary=x", 5);
      expect(parts === undefined || parts.length <= 5).toBe(true);
    }),
  );
});

test("a body of hundreds of thousands of parts is given up at the first too many", () => {
  const part = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n';
  const body = Buffer.from(part.repeat(392_156));
  const begun = performance.now();
  expect(splitForm(body, "multipart/form-data; boundary=x", 11)).toBeUndefined();
  expect(performance.now() - begun).toBeLessThan(1000);
});
