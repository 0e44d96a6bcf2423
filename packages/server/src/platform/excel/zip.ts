import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { type DeclaredEntry, listEntries } from "./zip-directory.ts";

interface UnpackedEntry {
  name: string;
  bytes: Uint8Array;
}

type UnpackRefusal = { code: "workbook.broken" } | { code: "workbook.too-large-inside"; most: number };

/** More entries than any workbook has; each costs time, however small it is. */
export const mostEntries = 10_000;

const localHeader = 0x04034b50;
/** The flag that names are UTF-8. */
const utf8Names = 0x0800;
/** 1980-01-01, the first day that a zip can name: the same entries make the same bytes. */
const firstDay = 0x21;

/**
 * Unpacks all entries of a zip, and stops as soon as they take more than `mostBytes` together: no declared size is
 * believed. An entry that is not what its directory declares makes the whole file broken.
 */
export function unpackZip(bytes: Uint8Array, mostBytes: number): UnpackedEntry[] | UnpackRefusal {
  const declared = listEntries(bytes);
  if (declared === undefined) return { code: "workbook.broken" };
  const tooLarge: UnpackRefusal = { code: "workbook.too-large-inside", most: Math.floor(mostBytes / 1024 / 1024) };
  if (declared.length > mostEntries) return tooLarge;
  const entries: UnpackedEntry[] = [];
  let left = mostBytes;
  for (const entry of declared) {
    const content = unpackEntry(bytes, entry, left);
    if (content === "too-large") return tooLarge;
    if (content === undefined) return { code: "workbook.broken" };
    left -= content.length;
    entries.push({ name: entry.name, bytes: content });
  }
  return entries;
}

function unpackEntry(bytes: Uint8Array, entry: DeclaredEntry, left: number): Uint8Array | "too-large" | undefined {
  const { offset, method, size, crc } = entry;
  if (offset + 30 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 30);
  if (view.getUint32(0, true) !== localHeader) return undefined;
  const begin = offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  // A writer that did not know the sizes beforehand may have left zeros in the directory too.
  const isUndeclared = entry.hasDescriptor && entry.packedSize === 0 && size === 0;
  const end = isUndeclared && method === 8 ? bytes.length : begin + entry.packedSize;
  if (begin > bytes.length || end > bytes.length) return undefined;
  const packed = bytes.subarray(begin, end);
  const content = contentOf(packed, entry, left);
  if (content === undefined || content === "too-large") return content;
  if (content.length > left) return "too-large";
  if (!isUndeclared && (content.length !== size || (crc !== 0 && crc32(content) !== crc))) return undefined;
  return content;
}

function contentOf(packed: Uint8Array, { method, size }: DeclaredEntry, left: number) {
  // A folder is an entry of nothing, whatever method it names.
  if (method === 0 || (packed.length === 0 && size === 0)) return packed;
  return method === 8 ? inflate(packed, size, left) : undefined;
}

function inflate(packed: Uint8Array, expected: number, left: number): Uint8Array | "too-large" | undefined {
  if (left === 0) return "too-large";
  try {
    const chunkSize = Math.min(1024 * 1024, Math.max(64 * 1024, expected));
    return inflateRawSync(packed, { maxOutputLength: left, chunkSize });
  } catch (error) {
    return error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE"
      ? "too-large"
      : undefined;
  }
}

/** A zip of the entries; where they are not deflated, whoever reads it has nothing to inflate. */
export function packZip(entries: readonly UnpackedEntry[], { isDeflated }: { isDeflated: boolean }): Buffer {
  const named = entries.map(({ name, bytes }) => ({
    name: Buffer.from(name),
    bytes: isDeflated ? deflateRawSync(bytes) : bytes,
    size: bytes.length,
    crc: crc32(bytes),
  }));
  const directoryAt = named.reduce((sum, { name, bytes }) => sum + 30 + name.length + bytes.length, 0);
  const directorySize = named.reduce((sum, { name }) => sum + 46 + name.length, 0);
  const packed = Buffer.alloc(directoryAt + directorySize + 22);
  let at = 0;
  let header = directoryAt;
  for (const { name, bytes, size, crc } of named) {
    packed.writeUInt32LE(localHeader, at);
    packed.writeUInt16LE(20, at + 4);
    packed.writeUInt16LE(utf8Names, at + 6);
    packed.writeUInt16LE(isDeflated ? 8 : 0, at + 8);
    packed.writeUInt16LE(firstDay, at + 12);
    packed.writeUInt32LE(crc, at + 14);
    packed.writeUInt32LE(bytes.length, at + 18);
    packed.writeUInt32LE(size, at + 22);
    packed.writeUInt16LE(name.length, at + 26);
    packed.set(name, at + 30);
    packed.set(bytes, at + 30 + name.length);
    packed.writeUInt32LE(0x02014b50, header);
    packed.writeUInt16LE(20, header + 4);
    packed.writeUInt16LE(20, header + 6);
    packed.writeUInt16LE(utf8Names, header + 8);
    packed.writeUInt16LE(isDeflated ? 8 : 0, header + 10);
    packed.writeUInt16LE(firstDay, header + 14);
    packed.writeUInt32LE(crc, header + 16);
    packed.writeUInt32LE(bytes.length, header + 20);
    packed.writeUInt32LE(size, header + 24);
    packed.writeUInt16LE(name.length, header + 28);
    packed.writeUInt32LE(at, header + 42);
    packed.set(name, header + 46);
    at += 30 + name.length + bytes.length;
    header += 46 + name.length;
  }
  packed.writeUInt32LE(0x06054b50, header);
  packed.writeUInt16LE(named.length, header + 8);
  packed.writeUInt16LE(named.length, header + 10);
  packed.writeUInt32LE(directorySize, header + 12);
  packed.writeUInt32LE(directoryAt, header + 16);
  return packed;
}
