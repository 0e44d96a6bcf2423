import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { certificatePage } from "../../testing/certificate-page.ts";
import { openTextReader, type TextReader } from "./text-reader.ts";

function open(...setting: Parameters<typeof openTextReader>): TextReader {
  const reader = openTextReader(...setting);
  onTestFinished(reader.close);
  return reader;
}

test("the number on a telephone's picture of a certificate is read, through the words across it", async () => {
  const reader = open();
  const numbers = ["20125000142000123", "20165000331004567"];
  const texts = await Promise.all(numbers.map(async (number) => reader.read(await certificatePage(number))));
  for (const [at, number] of numbers.entries()) expect(texts[at]).toContain(number);
});

test("what is no picture, or takes too long, is not read, and the next page is", async () => {
  const blank = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#ffffff" } })
    .jpeg()
    .toBuffer();
  const reader = open();
  expect(await reader.read(Buffer.from("no picture"))).toBeUndefined();
  expect((await reader.read(blank))?.trim()).toBe("");
  expect(await open({ patience: 1 }).read(blank)).toBeUndefined();
});

test("what is cut off by the end of the program is not taken for a page that cannot be read", async () => {
  const reader = open();
  const reading = reader.read(await certificatePage("20125000142000123"));
  await Promise.all([expect(reading).rejects.toThrow("closed"), reader.close()]);
  await expect(reader.read(Buffer.alloc(0))).rejects.toThrow("closed");
});
