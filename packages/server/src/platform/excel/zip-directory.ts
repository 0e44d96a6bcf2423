/** An entry as the directory at the end of a zip declares it; only the places are to be trusted, after a check. */
export interface DeclaredEntry {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  /** Sizes and checksum stand behind the packed bytes, so that the directory may hold zeros. */
  hasDescriptor: boolean;
  crc: number;
  packedSize: number;
  size: number;
  /** Where the entry's local header begins. */
  offset: number;
}

const endRecord = 0x06054b50;
const centralHeader = 0x02014b50;
const zip64Locator = 0x07064b50;
const zip64EndRecord = 0x06064b50;
const none = 0xffffffff;

/** The entries in a zip's directory, ZIP64 included; undefined where the file is cut off or no zip. */
export function listEntries(bytes: Uint8Array): DeclaredEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = findDirectory(view);
  if (directory === undefined) return undefined;
  let at = directory.offset;
  const entries: DeclaredEntry[] = [];
  for (let number = 0; number < directory.count; number++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== centralHeader) return undefined;
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > view.byteLength) return undefined;
    const large = readLargeSizes(view, at, at + 46 + nameLength, extraLength);
    if (large === undefined) return undefined;
    entries.push({
      name: Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString("utf8"),
      method: view.getUint16(at + 10, true),
      hasDescriptor: (view.getUint16(at + 8, true) & 8) !== 0,
      crc: view.getUint32(at + 16, true),
      ...large,
    });
    at = next;
  }
  return entries;
}

function findDirectory(view: DataView): { count: number; offset: number } | undefined {
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  const offset = view.getUint32(end + 16, true);
  if (count !== 0xffff && offset !== none) return { count, offset };
  const locator = end - 20;
  if (locator < 0 || view.getUint32(locator, true) !== zip64Locator) return undefined;
  const record = readLarge(view, locator + 8);
  if (record === undefined || record + 56 > view.byteLength || view.getUint32(record, true) !== zip64EndRecord) {
    return undefined;
  }
  const largeCount = readLarge(view, record + 32);
  const largeOffset = readLarge(view, record + 48);
  return largeCount === undefined || largeOffset === undefined ? undefined : { count: largeCount, offset: largeOffset };
}

/** The record that ends a zip lies in its last 64 KB, behind which only a comment may stand. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === endRecord) return at;
  }
  return undefined;
}

/** Sizes and place of an entry; those that do not fit into four bytes stand in its ZIP64 field, in this order. */
function readLargeSizes(view: DataView, header: number, extra: number, extraLength: number) {
  let size: number | undefined = view.getUint32(header + 24, true);
  let packedSize: number | undefined = view.getUint32(header + 20, true);
  let offset: number | undefined = view.getUint32(header + 42, true);
  if (size === none || packedSize === none || offset === none) {
    let at = findZip64Field(view, extra, extra + extraLength);
    if (at === undefined) return undefined;
    const take = () => {
      const value = readLarge(view, at ?? view.byteLength);
      at = (at ?? 0) + 8;
      return value;
    };
    if (size === none) size = take();
    if (packedSize === none) packedSize = take();
    if (offset === none) offset = take();
  }
  if (size === undefined || packedSize === undefined || offset === undefined) return undefined;
  return { size, packedSize, offset };
}

function findZip64Field(view: DataView, from: number, to: number): number | undefined {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return at + 4;
  }
  return undefined;
}

function readLarge(view: DataView, at: number): number | undefined {
  if (at + 8 > view.byteLength) return undefined;
  const value = view.getBigUint64(at, true);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
}
