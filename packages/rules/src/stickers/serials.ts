import type { SerialsRefusal } from "./refusal.ts";

/** Serial numbers from the first up to `until` (excluded), as the database stores them. */
export interface SerialRange {
  readonly from: bigint;
  readonly until: bigint;
}

/** A printed series: its prefix, and the number of digits. */
export interface StickerSeries {
  readonly prefix: string;
  readonly digits: number;
}

export function countOf({ from, until }: SerialRange): bigint {
  return until > from ? until - from : 0n;
}

/** The intersection of two ranges; undefined if it is empty. */
function intersectionOf(one: SerialRange, other: SerialRange): SerialRange | undefined {
  const from = one.from > other.from ? one.from : other.from;
  const until = one.until < other.until ? one.until : other.until;
  return from < until ? { from, until } : undefined;
}

/** A serial as printed on the sticker: prefix and all digits. */
export function serialText({ prefix, digits }: StickerSeries, serial: bigint): string {
  return prefix + serial.toString().padStart(digits, "0");
}

const betweenRanges = /[,、;,;\n]+/u;
/** The first serial, the separator that people write (any dash, a wave, 至, 到), then the last. */
const firstAndLast = /^(\d+)(?:[-\u2010-\u2015\u2212~\u223c\uff5e至到]+(.+))?$/u;

/**
 * Reads serials as people type them: both ends included, several ranges separated by commas, full-width digits, spaces,
 * any dash, 至 or 到, with or without prefix and leading zeros.
 */
export function parseSerials(
  text: string,
  series: StickerSeries,
): { ranges: SerialRange[]; refusal?: undefined } | { ranges?: undefined; refusal: SerialsRefusal } {
  const ranges: SerialRange[] = [];
  const prefix = normalized(series.prefix);
  for (const part of normalized(text).split(betweenRanges)) {
    if (part === "") continue;
    const range = parseRange(part, prefix, series);
    if ("code" in range) return { refusal: range };
    const twice = ranges.map((other) => intersectionOf(other, range)).find((common) => common !== undefined);
    if (twice !== undefined) {
      return { refusal: { code: "sticker.serial-twice", serial: serialText(series, twice.from), field: "serials" } };
    }
    ranges.push(range);
  }
  if (ranges.length === 0)
    return { refusal: { code: "sticker.serials-malformed", text: text.trim(), field: "serials" } };
  return { ranges: ranges.sort((one, other) => (one.from < other.from ? -1 : 1)) };
}

function parseRange(part: string, prefix: string, { digits }: StickerSeries): SerialRange | SerialsRefusal {
  const [, first, end] = firstAndLast.exec(withoutPrefix(part, prefix, digits)) ?? [];
  const last = end === undefined ? first : withoutPrefix(end, prefix, digits);
  if (first === undefined || last === undefined) return strange(part);
  if (!/^\d+$/.test(last)) return strange(end ?? part);
  // Too many digits mean a doubled or foreign number, even if the first ones are zeros.
  if (first.length > digits || last.length > digits)
    return { code: "sticker.serial-too-long", digits, field: "serials" };
  const range = { from: BigInt(first), until: BigInt(last) + 1n };
  return range.from < range.until ? range : { code: "sticker.range-reversed", field: "serials" };
}

/** A prefix of digits counts only if all digits of a serial follow it. */
function withoutPrefix(text: string, prefix: string, digits: number): string {
  if (prefix === "" || !text.startsWith(prefix)) return text;
  const rest = text.slice(prefix.length);
  const isPlain = /\d$/.test(prefix) && /^\d*/.exec(rest)?.[0].length !== digits;
  return isPlain ? text : rest;
}

/** Digits with another prefix belong to another series and are not a typing error. */
function strange(text: string): SerialsRefusal {
  const prefix = /^(\p{L}\D*)\d+$/u.exec(text)?.[1];
  return prefix === undefined ? malformed(text) : { code: "sticker.other-series", prefix, field: "serials" };
}

function malformed(part: string): SerialsRefusal {
  return { code: "sticker.serials-malformed", text: part, field: "serials" };
}

/** Normalises to half width and capitals, without spaces. */
function normalized(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^\S\n]+/gu, "")
    .toUpperCase();
}

/** Reads the serial of one certificate in the same forms: exactly one sticker (Notice §三(六)1). */
export function parseSerial(
  text: string,
  series: StickerSeries,
): { serial: bigint; refusal?: undefined } | { refusal: SerialsRefusal } {
  const read = parseSerials(text, series);
  if (read.refusal !== undefined) return { refusal: { ...read.refusal, field: "serial" } };
  const [range, another] = read.ranges;
  return range === undefined || another !== undefined || countOf(range) !== 1n
    ? { refusal: { code: "sticker.one-a-certificate", field: "serial" } }
    : { serial: range.from };
}
