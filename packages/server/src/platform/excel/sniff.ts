/** What a file is by its first bytes and, for a zip, by its directory: nothing of it is unpacked yet. */
export type FileKind = "xlsx" | "xlsb" | "ods" | "xls" | "encrypted" | "text";

export type SniffRefusal =
  | { code: "workbook.empty" }
  | { code: "workbook.broken" }
  | { code: "workbook.not-a-table" }
  | { code: "workbook.encrypted" }
  | { code: "workbook.too-large-inside"; megabytes: number };

export interface Sniffed {
  kind: Exclude<FileKind, "encrypted">;
  /** It carries macros: they are never run, only what stands in the cells is read. */
  macros: boolean;
}

/** The most that a workbook may hold when unpacked: 100,000 rows of 30 columns take some 60 MB. */
const largestInside = 200 * 1024 * 1024;
const mostEntries = 10_000;

/**
 * Looks at a file before anything reads it. The sizes in a zip's directory are summed, so that a bomb is refused
 * before it goes off; a password-protected workbook and an old .xls bear the same first bytes and are told apart.
 */
export function sniff(bytes: Uint8Array): Sniffed | SniffRefusal {
  if (bytes.length === 0) return { code: "workbook.empty" };
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return sniffCompound(bytes);
  if (startsWith(bytes, [0x50, 0x4b])) return sniffZip(bytes);
  // Text has no zero bytes, unless it is UTF-16, which Excel writes as "Unicode text".
  const utf16 = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
  if (!utf16 && bytes.subarray(0, 4096).includes(0)) return { code: "workbook.not-a-table" };
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return { code: "workbook.not-a-table" };
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

function sniffZip(bytes: Uint8Array): Sniffed | SniffRefusal {
  const entries = listEntries(bytes);
  if (entries === undefined) return { code: "workbook.broken" };
  const inside = entries.reduce((sum, { size }) => sum + size, 0);
  if (inside > largestInside || entries.length > mostEntries) {
    return { code: "workbook.too-large-inside", megabytes: Math.round(inside / 1024 / 1024) };
  }
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  const macros = entries.some(({ name }) => name.toLowerCase().endsWith("vbaproject.bin"));
  if (names.has("xl/workbook.bin")) return { kind: "xlsb", macros };
  if (names.has("[content_types].xml") && [...names].some((name) => name.startsWith("xl/"))) {
    return { kind: "xlsx", macros };
  }
  return names.has("content.xml") ? { kind: "ods", macros } : { code: "workbook.not-a-table" };
}

/** Names and unpacked sizes in a zip's directory; undefined where the file is cut off or no zip. */
function listEntries(bytes: Uint8Array): { name: string; size: number }[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: { name: string; size: number }[] = [];
  for (let number = 0; number < count; number++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const size = view.getUint32(at + 24, true);
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    if (name === undefined || extra === undefined || comment === undefined) return undefined;
    entries.push({ name: Buffer.from(bytes.subarray(at + 46, at + 46 + name)).toString("utf8"), size });
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** The record that ends a zip lies in its last 64 KB, behind which only a comment may stand. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  return undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}
