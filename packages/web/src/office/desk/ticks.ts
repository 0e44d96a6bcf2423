import { type ComparedField, comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { listIncomplete } from "@shice/rules/materials/checklist.ts";
import { z } from "zod";
import { readValue, removeText, writeText } from "../../ui/browser-storage.ts";
import { rememberSigner } from "../../ui/signer.ts";

/** What was ticked at the desk for one teacher, before it is sent. */
export const Ticks = z.object({
  materials: z.record(
    z.string(),
    z.object({
      originalSeen: z.boolean(),
      copyStamped: z.boolean(),
      copies: z.int(),
      signer: z.string(),
      remark: z.string(),
    }),
  ),
  certificate: z.partialRecord(z.enum(comparedFields), z.boolean()),
  version: z.enum(["old", "new"]).optional(),
});
export type Ticks = z.infer<typeof Ticks>;
export type MaterialTick = Ticks["materials"][string];

/** A line of the checklist as the case gives it, with what the server holds of it. */
export interface DeskItem {
  key: string;
  item: number;
  name: string;
  suppliedBy: "applicant" | "school";
  originalSeen: boolean;
  copies: number;
  copyStamped: boolean;
  check: {
    originalSeen: boolean;
    copyStamped: boolean;
    copies: number;
    signer: string | null;
    remark: string | null;
  } | null;
}

export const noTick: MaterialTick = {
  originalSeen: false,
  copyStamped: false,
  copies: 0,
  signer: "",
  remark: "",
};

/** What the server holds already. */
export function ticksOf(
  checklist: readonly DeskItem[],
  certificateChecks: readonly { field: ComparedField; agrees: boolean | null }[],
  version: "old" | "new" | null,
): Ticks {
  return {
    materials: Object.fromEntries(
      checklist.flatMap(({ key, check }) =>
        check === null ? [] : [[key, { ...check, signer: check.signer ?? "", remark: check.remark ?? "" }]],
      ),
    ),
    certificate: Object.fromEntries(
      certificateChecks.flatMap(({ field, agrees }) => (agrees === null ? [] : [[field, agrees]])),
    ),
    ...(version === null ? {} : { version }),
  };
}

/** Whether everything that this material asks has been ticked. */
export function isWhole(item: DeskItem, tick: MaterialTick | undefined): boolean {
  if (tick === undefined) return false;
  // The plan's own rule judges it; what it needs of an item beyond these words does not touch completeness.
  const rule = { ...item, concerns: "everyone" as const, onePerPerson: true, source: "" };
  return listIncomplete([rule], [{ ...tick, material: item.key, suppliedBy: item.suppliedBy }]).length === 0;
}

/** Everything that a material asks, ticked; its signer kept or the last one taken. */
function wholeTick(item: DeskItem, before: MaterialTick | undefined, lastSigner: string): MaterialTick {
  const signer = item.suppliedBy === "school" ? before?.signer || lastSigner : "";
  return {
    originalSeen: item.originalSeen,
    copyStamped: item.copyStamped,
    copies: Math.max(item.copies, before?.copies ?? 0),
    signer,
    remark: before?.remark ?? "",
  };
}

/** One key for a material: all of it, or nothing of it. */
export function toggleMaterial(ticks: Ticks, item: DeskItem, lastSigner: string): Ticks {
  const before = ticks.materials[item.key];
  const after = isWhole(item, before)
    ? { ...noTick, signer: before?.signer ?? "" }
    : wholeTick(item, before, lastSigner);
  return { ...ticks, materials: { ...ticks.materials, [item.key]: after } };
}

/** Changes a part of one material; the school's proofs bear one signature, unless somebody writes another. */
export function changeMaterial(
  ticks: Ticks,
  checklist: readonly DeskItem[],
  item: DeskItem,
  part: Partial<MaterialTick>,
): Ticks {
  const tickOf = (key: string) => ticks.materials[key] ?? noTick;
  const materials = { ...ticks.materials, [item.key]: { ...tickOf(item.key), ...part } };
  if (part.signer !== undefined) {
    const before = tickOf(item.key).signer;
    for (const other of checklist) {
      if (other.suppliedBy !== "school" || other.key === item.key || tickOf(other.key).signer !== before) continue;
      materials[other.key] = { ...tickOf(other.key), signer: part.signer };
    }
  }
  return { ...ticks, materials };
}

/** One key for a field of the certificate: agrees, then differs, then agrees. */
export function toggleField(ticks: Ticks, field: ComparedField): Ticks {
  return { ...ticks, certificate: { ...ticks.certificate, [field]: ticks.certificate[field] !== true } };
}

/** Everything is there and agrees: then a person changes what does not. */
export function tickAll(ticks: Ticks, checklist: readonly DeskItem[], lastSigner: string): Ticks {
  return {
    ...ticks,
    materials: Object.fromEntries(
      checklist.map((item) => [item.key, wholeTick(item, ticks.materials[item.key], lastSigner)]),
    ),
    certificate: Object.fromEntries(comparedFields.map((field) => [field, true])),
  };
}

/** What is still to be done before the desk may confirm: materials by key, fields as `certificate:field`. */
export function missingOf(ticks: Ticks, checklist: readonly DeskItem[]): string[] {
  return [
    ...checklist.filter((item) => !isWhole(item, ticks.materials[item.key])).map(({ key }) => key),
    ...comparedFields.filter((field) => ticks.certificate[field] !== true).map((field) => `certificate:${field}`),
  ];
}

/** As the API takes it. */
export function checksOf(ticks: Ticks) {
  return {
    materials: Object.entries(ticks.materials).flatMap(([material, { signer, remark, ...tick }]) => [
      {
        material,
        ...tick,
        ...(signer.trim() === "" ? {} : { signer: signer.trim() }),
        ...(remark.trim() === "" ? {} : { remark: remark.trim() }),
      },
    ]),
    certificate: comparedFields.flatMap((field) => {
      const agrees = ticks.certificate[field];
      return agrees === undefined ? [] : [{ field, agrees }];
    }),
    ...(ticks.version === undefined ? {} : { certificateVersion: ticks.version }),
  };
}

/** The checks without those of the school's own sheets that nobody has signed yet: they can be kept half done. */
export function savableOf(ticks: Ticks, checklist: readonly DeskItem[]) {
  const unsigned = new Set(
    checklist
      .filter(({ key, suppliedBy }) => suppliedBy === "school" && (ticks.materials[key]?.signer ?? "").trim() === "")
      .map(({ key }) => key),
  );
  const checks = checksOf(ticks);
  return { ...checks, materials: checks.materials.filter(({ material }) => !unsigned.has(material)) };
}

const keyOf = (application: string) => `shice-desk-${application}`;

/** Ticks that have not reached the server, kept in the browser. */
export function readTicks(application: string): Ticks | undefined {
  return readValue("browser", keyOf(application), Ticks);
}

export function writeTicks(application: string, ticks: Ticks): void {
  writeText("browser", keyOf(application), JSON.stringify(ticks));
}

export function clearTicks(application: string): void {
  removeText("browser", keyOf(application));
}

export function rememberSigners({ materials }: Ticks): void {
  for (const { signer } of Object.values(materials)) rememberSigner(signer);
}
