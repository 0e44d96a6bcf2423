import { mostEntries } from "./zip.ts";
import { listEntries } from "./zip-directory.ts";

/** What a file is by its first bytes and, for a zip, by its directory: nothing of it is unpacked yet. */
type FileKind = "xlsx" | "xlsb" | "ods" | "xls" | "encrypted" | "text";

export type SniffRefusal =
  | { code: "workbook.empty" }
  | { code: "workbook.broken" }
  | { code: "workbook.not-a-table" }
  | { code: "workbook.encrypted" }
  | { code: "workbook.web-page" }
  | { code: "workbook.too-large-inside"; most: number };

export interface Sniffed {
  kind: Exclude<FileKind, "encrypted">;
  /** It carries macros: they are never run, only what stands in the cells is read. */
  macros: boolean;
}

/**
 * Looks at a file before anything reads it. The sizes in a zip's directory are summed, so that a bomb that declares
 * itself costs nothing; whatever is declared, `unpackZip` counts once more. A password-protected workbook and an old
 * .xls bear the same first bytes and are told apart.
 */
export function sniff(bytes: Uint8Array, mostBytesInside: number): Sniffed | SniffRefusal {
  if (bytes.length === 0) return { code: "workbook.empty" };
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return sniffCompound(bytes);
  if (startsWith(bytes, [0x50, 0x4b])) return sniffZip(bytes, mostBytesInside);
  // Text has no zero bytes, unless it is UTF-16, which Excel writes as "Unicode text".
  const utf16 = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
  if (!utf16 && bytes.subarray(0, 4096).includes(0)) return { code: "workbook.not-a-table" };
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return { code: "workbook.not-a-table" };
  // What many management systems call .xls: a web page, or the XML of Excel 2003.
  if (/^(\uFEFF)?\s*<[!?a-z]/i.test(new TextDecoder().decode(bytes.subarray(0, 200))))
    return { code: "workbook.web-page" };
  return { kind: "text", macros: false };
}

/** A compound file: Excel 97-2003, or a newer workbook sealed with a password. */
function sniffCompound(bytes: Uint8Array): Sniffed | SniffRefusal {
  const directory = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (directory.includes(Buffer.from("EncryptedPackage", "utf16le"))) return { code: "workbook.encrypted" };
  const isBook =
    directory.includes(Buffer.from("Workbook", "utf16le")) || directory.includes(Buffer.from("Book\0", "utf16le"));
  return isBook
    ? { kind: "xls", macros: directory.includes(Buffer.from("_VBA_PROJECT", "utf16le")) }
    : { code: "workbook.not-a-table" };
}

function sniffZip(bytes: Uint8Array, mostBytesInside: number): Sniffed | SniffRefusal {
  const entries = listEntries(bytes);
  if (entries === undefined) return { code: "workbook.broken" };
  const inside = entries.reduce((sum, { size }) => sum + size, 0);
  if (inside > mostBytesInside || entries.length > mostEntries) {
    return { code: "workbook.too-large-inside", most: Math.floor(mostBytesInside / 1024 / 1024) };
  }
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  const macros = entries.some(({ name }) => name.toLowerCase().endsWith("vbaproject.bin"));
  if (names.has("xl/workbook.bin")) return { kind: "xlsb", macros };
  if (names.has("[content_types].xml") && [...names].some((name) => name.startsWith("xl/"))) {
    return { kind: "xlsx", macros };
  }
  return names.has("content.xml") ? { kind: "ods", macros } : { code: "workbook.not-a-table" };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}
