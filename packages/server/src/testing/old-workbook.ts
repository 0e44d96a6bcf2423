/** Where a sheet of an old workbook has a cell, and what stands in it. */
export interface OldCell {
  row: number;
  column: number;
  /** A text of its own, or the number of one in the table of shared texts. */
  value: string | { shared: number };
}

const sectorBytes = 512;
const endOfChain = 0xfffffffe;

/** An Excel 97-2003 workbook (.xls) of one sheet: a row without a cell is not named in it, as Excel writes it. */
export function writeOldWorkbook(cells: readonly OldCell[], shared: readonly string[] = []): Buffer {
  const version = [0x00, 0x06, 0x05, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  const sheetName = Buffer.from("名册", "utf16le");
  const head = [record(0x809, Buffer.from(version))];
  const shares = sharedTexts(shared);
  const bound = (place: number) => {
    const data = Buffer.alloc(8 + sheetName.length);
    data.writeUInt32LE(place, 0);
    data[6] = 2;
    data[7] = 1;
    data.set(sheetName, 8);
    return record(0x85, data);
  };
  const sheetAt = Buffer.concat([...head, bound(0), ...shares, record(0x0a, Buffer.alloc(0))]).length;
  const sheetVersion = Buffer.from(version);
  sheetVersion[2] = 0x10;
  const stream = Buffer.concat([
    ...head,
    bound(sheetAt),
    ...shares,
    record(0x0a, Buffer.alloc(0)),
    record(0x809, sheetVersion),
    ...cells.map(cellRecord),
    record(0x0a, Buffer.alloc(0)),
  ]);
  return compoundFile("Workbook", stream);
}

function record(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

/** The table of shared texts; one that is longer than a record goes on in the next. */
function sharedTexts(texts: readonly string[]): Buffer[] {
  if (texts.length === 0) return [];
  const count = Buffer.alloc(8);
  count.writeUInt32LE(texts.length, 0);
  count.writeUInt32LE(texts.length, 4);
  const records: Buffer[] = [];
  let id = 0xfc;
  let open = [count];
  const close = () => {
    records.push(record(id, Buffer.concat(open)));
    id = 0x3c;
  };
  for (const text of texts) {
    const head = Buffer.alloc(3);
    head.writeUInt16LE(text.length, 0);
    head[2] = 1;
    open.push(head);
    for (let from = 0; from < text.length; from += 4000) {
      if (from > 0) {
        close();
        open = [Buffer.from([1])];
      }
      open.push(Buffer.from(text.slice(from, from + 4000), "utf16le"));
    }
    close();
    open = [];
  }
  return records;
}

function cellRecord({ row, column, value }: OldCell): Buffer {
  const place = Buffer.alloc(6);
  place.writeUInt16LE(row, 0);
  place.writeUInt16LE(column, 2);
  if (typeof value !== "string") {
    const number = Buffer.alloc(4);
    number.writeUInt32LE(value.shared);
    return record(0xfd, Buffer.concat([place, number]));
  }
  const head = Buffer.alloc(3);
  head.writeUInt16LE(value.length, 0);
  head[2] = 1;
  return record(0x204, Buffer.concat([place, head, Buffer.from(value, "utf16le")]));
}

/** An OLE compound file with one stream in it. */
function compoundFile(name: string, content: Buffer): Buffer {
  const streamSectors = Math.max(8, Math.ceil(content.length / sectorBytes));
  const tableSectors = Math.ceil((streamSectors + 1) / (sectorBytes / 4 - 1));
  const header = Buffer.alloc(sectorBytes, 0);
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(tableSectors, 44);
  header.writeUInt32LE(tableSectors, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(endOfChain, 60);
  header.writeUInt32LE(endOfChain, 68);
  for (let at = 0; at < 109; at++) header.writeUInt32LE(at < tableSectors ? at : 0xffffffff, 76 + at * 4);
  const table = Buffer.alloc(tableSectors * sectorBytes, 0xff);
  const directoryAt = tableSectors;
  for (let at = 0; at < tableSectors; at++) table.writeUInt32LE(0xfffffffd, at * 4);
  table.writeUInt32LE(endOfChain, directoryAt * 4);
  for (let at = 0; at < streamSectors; at++) {
    const sector = directoryAt + 1 + at;
    table.writeUInt32LE(at + 1 < streamSectors ? sector + 1 : endOfChain, sector * 4);
  }
  const directory = Buffer.alloc(sectorBytes, 0);
  directoryEntry(directory, 0, { name: "Root Entry", type: 5, child: 1, start: endOfChain, size: 0 });
  const size = Math.max(4096, content.length);
  directoryEntry(directory, 1, { name, type: 2, child: 0xffffffff, start: directoryAt + 1, size });
  const body = Buffer.alloc(streamSectors * sectorBytes);
  body.set(content);
  return Buffer.concat([header, table, directory, body]);
}

function directoryEntry(
  directory: Buffer,
  number: number,
  entry: { name: string; type: number; child: number; start: number; size: number },
): void {
  const at = number * 128;
  directory.set(Buffer.from(entry.name, "utf16le"), at);
  directory.writeUInt16LE((entry.name.length + 1) * 2, at + 64);
  directory[at + 66] = entry.type;
  directory[at + 67] = 1;
  directory.writeUInt32LE(0xffffffff, at + 68);
  directory.writeUInt32LE(0xffffffff, at + 72);
  directory.writeUInt32LE(entry.child, at + 76);
  directory.writeUInt32LE(entry.start, at + 116);
  directory.writeUInt32LE(entry.size, at + 120);
}
