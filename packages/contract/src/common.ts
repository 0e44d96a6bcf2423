import { z } from "zod";
import { ReasonCode, State } from "./terms.ts";

export const Uuid = z.uuid();
/** An instant, ISO 8601 in UTC: 2017-11-03T15:59:59.999Z. At most nanoseconds, the precision of the clocks. */
export const Instant = z.iso.datetime({ offset: true }).regex(/^[^.]+(\.\d{1,9}(Z|[+-].*))?$/);
/** A day, 2017-11-03. */
export const Day = z.iso.date();

/** One page of a list. `after` is the `next` cursor of the previous page; there are no offsets. */
export const PageQuery = z.object({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type PageQuery = z.infer<typeof PageQuery>;

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** The campaign's key in the path. */
export const InCampaign = z.object({ campaign: z.string().max(60) });
export const OfApplication = InCampaign.extend({ application: Uuid });

/** A Chinese sentence with its stable code, saying why something was refused. */
export const RefusalText = z.object({
  code: z.string(),
  sentence: z.string(),
  field: z.string().optional(),
  figures: z.record(z.string(), z.unknown()).optional(),
});

/** The effect of a spreadsheet row on the stored data. */
export const sheetOutcomes = ["new", "changed", "unchanged", "wrong"] as const;
export const SheetOutcome = z.enum(sheetOutcomes);
export type SheetOutcome = z.infer<typeof SheetOutcome>;
/** Changes and faults of a row: the value found, the sentence, and the right form. */
export const SheetFinding = z.object({
  changes: z.array(z.object({ title: z.string(), from: z.string(), to: z.string() })),
  troubles: z.array(
    z.object({ title: z.string(), code: z.string(), found: z.string(), sentence: z.string(), right: z.string() }),
  ),
});
export type SheetFinding = z.infer<typeof SheetFinding>;

/** The outcome of one row of a bulk act. */
const RowOutcome = z.object({
  application: Uuid,
  ok: z.boolean(),
  state: State.optional(),
  version: z.int().optional(),
  refusal: RefusalText.optional(),
});
export const BulkOutcome = z.object({
  done: z.int(),
  refused: z.int(),
  rows: z.array(RowOutcome),
});
export type BulkOutcome = z.infer<typeof BulkOutcome>;

/** The answer of an act on one application. */
export const ActOutcome = z.object({
  application: Uuid,
  state: State,
  version: z.int(),
});
export type ActOutcome = z.infer<typeof ActOutcome>;

/** The version of the case that the user saw. An act on another version is refused with the last act. */
export const Version = z.int().min(1).optional();
/** Free text by a person, kept in the history. */
export const Reason = z.string().trim().min(2, "请写明理由").max(500);
/** Codes of the plan's reasons. */
export const ReasonCodes = z.array(ReasonCode).min(1, "请至少选择一项事由").max(20);
export const Applications = z.array(Uuid).min(1).max(5000);
