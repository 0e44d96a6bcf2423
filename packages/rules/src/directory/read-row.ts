import {
  type InstitutionKind,
  institutionKinds,
  institutionTitles,
  type Ownership,
  ownerships,
  ownershipTitles,
} from "../plan/institution.ts";
import type { Cell } from "../sheet/cell.ts";
import type { Header } from "../sheet/header.ts";
import { type CellTrouble, codedOf, SheetReading } from "../sheet/reading.ts";
import { type DirectoryColumnKey, pointTitles, yesNo } from "./columns.ts";

/** One school as read from a row. An empty cell gives no property and leaves the directory unchanged. */
export interface SchoolDraft {
  name: string;
  /** The key of the body; absent if no body has that name. */
  authority?: string;
  formerName?: string;
  kind?: InstitutionKind;
  ownership?: Ownership;
  industryRun?: boolean;
  confirmationPoint?: "school" | "authority";
  aliases?: string[];
  validFrom?: string;
}

/** A fault in one cell of a school row, by stable code, with the figures for its sentence. */
export type SchoolTrouble =
  | CellTrouble<DirectoryColumnKey>
  | ({ column: DirectoryColumnKey } & (
      | { code: "school.name-short" }
      | { code: "school.repeated"; first: number }
      | { code: "school.renamed-already"; now: string }
      | { code: "school.is-short-name"; of: string }
      | { code: "school.ended"; on: string; successors: readonly string[] }
      | { code: "school.elsewhere"; authority: string }
      | { code: "school.former-unknown"; former: string }
      | { code: "school.name-taken"; name: string }
      | { code: "school.founded-later"; today: string }
    ));

export interface NamedBody {
  id: string;
  name: string;
  /** Another name for it: that of its area. */
  also: readonly string[];
}

/** Normalises a school's name for comparison: without blanks, brackets of either width alike. */
export function schoolWordOf(name: string): string {
  return name.normalize("NFKC").replace(/\s/gu, "");
}

/** Reads one row below the heading: the school, and the faults in it. */
export function readSchoolRow(
  row: readonly Cell[],
  header: Header<DirectoryColumnKey>,
  { authorities, today }: { authorities: readonly NamedBody[]; today: string },
): { draft: SchoolDraft; troubles: SchoolTrouble[] } {
  const troubles: SchoolTrouble[] = [];
  const reading = new SchoolReading(row, header, troubles);
  const draft: SchoolDraft = { name: reading.schoolName("name") ?? "" };
  if (draft.name === "" && !reading.isNoted("name")) troubles.push({ column: "name", code: "cell.empty" });
  if ([...draft.name].length === 1) troubles.push({ column: "name", code: "school.name-short" });
  const authority = reading.body(authorities);
  if (authority !== undefined) draft.authority = authority;
  else if (!reading.isNoted("authority")) troubles.push({ column: "authority", code: "cell.empty" });
  const formerName = reading.schoolName("formerName");
  if (formerName !== undefined) draft.formerName = formerName;
  const kind = reading.code("kind", codedOf(institutionKinds, institutionTitles));
  if (kind !== undefined) draft.kind = kind;
  const ownership = reading.code("ownership", codedOf(ownerships, ownershipTitles));
  if (ownership !== undefined) draft.ownership = ownership;
  const industryRun = reading.code("industryRun", codedOf(["yes", "no"] as const, yesNo));
  if (industryRun !== undefined) draft.industryRun = industryRun === "yes";
  const point = reading.code("confirmationPoint", codedOf(["school", "authority"] as const, pointTitles));
  if (point !== undefined) draft.confirmationPoint = point;
  const aliases = reading.aliases();
  if (aliases.length > 0) draft.aliases = aliases.filter((alias) => alias !== draft.name);
  const validFrom = reading.day("validFrom", 1800);
  if (validFrom !== undefined && validFrom > today) {
    troubles.push({ column: "validFrom", code: "school.founded-later", today });
  } else if (validFrom !== undefined) draft.validFrom = validFrom;
  return { draft, troubles };
}

class SchoolReading extends SheetReading<DirectoryColumnKey> {
  constructor(row: readonly Cell[], header: Header<DirectoryColumnKey>, troubles: SchoolTrouble[]) {
    super(row, header, (trouble) => troubles.push(trouble));
  }

  /** A name with the kind of brackets used in school names. */
  schoolName(column: "name" | "formerName"): string | undefined {
    return this.text(column, 60)?.replaceAll("(", "（").replaceAll(")", "）");
  }

  body(authorities: readonly NamedBody[]): string | undefined {
    const text = this.sound("authority");
    if (text === undefined) return undefined;
    const word = schoolWordOf(text);
    const found = authorities.find(({ name, also }) => [name, ...also].some((known) => schoolWordOf(known) === word));
    if (found !== undefined) return found.id;
    const names = authorities.map(({ name }) => name);
    const nearest =
      authorities.find(({ name, also }) =>
        [name, ...also].some((known) => known.includes(word) || word.includes(known)),
      )?.name ?? null;
    this.note({ column: "authority", code: "cell.not-in-list", choices: names, nearest });
    return undefined;
  }

  aliases(): string[] {
    const text = this.text("aliases", 400) ?? "";
    const parts = text.split(/[、，,；;\n]+/u).map((part) => part.trim());
    return [...new Set(parts.filter((part) => part !== "" && [...part].length <= 60))];
  }
}
