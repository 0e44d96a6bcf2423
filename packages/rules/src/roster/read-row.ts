import type { Finding } from "../finding.ts";
import { assessmentGrades, documentKinds } from "../form/lists.ts";
import { checkDocumentNumber, normaliseIdNumber } from "../identity/id-number.ts";
import { checkName, normaliseName } from "../identity/name.ts";
import { certificateKinds, certificateTitles, postKinds, postTitles } from "../plan/institution.ts";
import { type Cell, cellText } from "../sheet/cell.ts";
import { type Header, isIdleRow } from "../sheet/header.ts";
import { type CellTrouble, codedOf, SheetReading } from "../sheet/reading.ts";
import type { RosterColumnKey } from "./columns.ts";
import { needsReason, type RosterStanding, standings, standingTitles } from "./standing.ts";
import { statementRefusalOf } from "./statement.ts";

/** One teacher as read from a row. An empty cell gives no property and leaves the roster unchanged. */
export interface RosterDraft {
  name: string;
  documentKind: string;
  idNumber: string;
  /** The school's name in the row; absent if the sheet is of one school. */
  school?: string;
  standing?: RosterStanding;
  reason?: string;
  remark?: string;
  /** The day on which an unwilling teacher signed the statement: 2017-09-20 */
  statementOn?: string;
  facts: RosterFacts;
}

/** Facts about a teacher that a roster may hold. They prefill the form and are compared at the desk. */
export interface RosterFacts {
  postKind?: string | undefined;
  subject?: string | undefined;
  certificateKind?: string | undefined;
  certificateNumber?: string | undefined;
  mobile?: string | undefined;
  /** 2003-07-01 */
  workingSince?: string | undefined;
  assessments?: { year: number; grade: string }[] | undefined;
  trainingHours?: number | undefined;
}

/** The facts that are encrypted at rest, like the same form fields. */
export const sealedFacts = ["certificateNumber", "mobile"] as const satisfies readonly (keyof RosterFacts)[];

/** A fault in one cell, by stable code, with the figures for its sentence. */
export type RowTrouble =
  | CellTrouble<RosterColumnKey>
  | ({ column: RosterColumnKey } & (
      | { code: "cell.not-a-mobile" }
      | { code: "id.fifteen" }
      | { code: "row.reason-needed"; standing: string }
      | { code: "row.reason-of-whom" }
      | { code: "row.statement-needed" }
      | { code: "row.statement-day"; from: string; to: string }
      | { code: "row.repeated"; first: number }
      | { code: "row.same-number"; first: number; name: string }
      | { code: "school.needed" }
      | { code: "school.unknown"; nearest: readonly string[] }
      | { code: "school.ambiguous"; schools: readonly string[] }
      | { code: "school.closed"; successors: readonly string[] }
      | { code: "school.not-yours" }
      | { code: "roster.elsewhere"; school: string }
      | { code: "finding"; finding: Finding }
    ));

interface ReasonChoice {
  code: string;
  text: string;
}

/** Whether a row is empty or only sums up the rows above, and is skipped. */
export function isIdle(row: readonly Cell[], header: Header<RosterColumnKey>): boolean {
  const at = header.columns.get("idNumber");
  return isIdleRow(row, header, () => at !== undefined && cellText(row[at]).replace(/\D/g, "").length >= 15);
}

/** Reads one row below the heading: the teacher, and the faults in it. */
export function readRosterRow(
  row: readonly Cell[],
  header: Header<RosterColumnKey>,
  setting: {
    reasons: readonly ReasonChoice[];
    schoolNeeded: boolean;
    issuedOn: string;
    today: Temporal.PlainDate;
  },
): { draft: RosterDraft; troubles: RowTrouble[] } {
  const troubles: RowTrouble[] = [];
  const reading = new RowReading(row, header, troubles);
  const documentKind = reading.code("documentKind", documentKinds) ?? "id-card";
  const draft: RosterDraft = {
    name: reading.name(),
    documentKind,
    idNumber: reading.idNumber(documentKind),
    facts: {},
  };
  const school = reading.text("school", 120);
  if (school !== undefined) draft.school = school;
  else if (setting.schoolNeeded) troubles.push({ column: "school", code: "school.needed" });
  readStanding(reading, draft, troubles, setting.reasons);
  readStatement(reading, draft, troubles, setting);
  const remark = reading.text("remark", 300);
  if (remark !== undefined) draft.remark = remark;
  draft.facts = reading.facts();
  return { draft, troubles };
}

function readStanding(
  reading: RowReading,
  draft: RosterDraft,
  troubles: RowTrouble[],
  reasons: readonly ReasonChoice[],
): void {
  const standing = reading.code(
    "standing",
    standings.map((code) => ({ code, name: standingTitles[code] })),
  );
  const reason = reading.code(
    "reason",
    reasons.map(({ code, text }) => ({ code, name: text })),
  );
  if (standing !== undefined) draft.standing = standing;
  if (reason !== undefined) draft.reason = reason;
  if (standing !== undefined && needsReason(standing) && reading.isEmpty("reason")) {
    troubles.push({ column: "reason", code: "row.reason-needed", standing: standingTitles[standing] });
  }
  if (reason !== undefined && (standing === undefined || !needsReason(standing))) {
    troubles.push({ column: "standing", code: "row.reason-of-whom" });
  }
}

/** Reads the day of a statement. A missing statement is reported only after comparing with the stored roster. */
function readStatement(
  reading: RowReading,
  draft: RosterDraft,
  troubles: RowTrouble[],
  setting: { issuedOn: string; today: Temporal.PlainDate },
): void {
  const statementOn = reading.day("statementOn", 2000);
  if (statementOn === undefined) return;
  draft.statementOn = statementOn;
  const refusal = statementRefusalOf("unwilling", statementOn, setting);
  if (refusal?.code === "statement.day-wrong") {
    troubles.push({ column: "statementOn", code: "row.statement-day", from: refusal.from, to: refusal.to });
  }
}

class RowReading extends SheetReading<RosterColumnKey> {
  readonly #columns: readonly RosterColumnKey[];
  readonly #troubles: RowTrouble[];

  constructor(row: readonly Cell[], header: Header<RosterColumnKey>, troubles: RowTrouble[]) {
    super(row, header, (trouble) => troubles.push(trouble));
    this.#columns = [...header.columns.keys()];
    this.#troubles = troubles;
  }

  name(): string {
    const name = normaliseName(this.sound("name") ?? "");
    if (!this.isNoted("name")) this.#find("name", checkName(name));
    return name;
  }

  idNumber(documentKind: string): string {
    const idNumber = normaliseIdNumber(this.sound("idNumber") ?? "");
    if (this.isNoted("idNumber")) return idNumber;
    if (/^\d{15}$/.test(idNumber) && documentKind === "id-card") {
      this.#troubles.push({ column: "idNumber", code: "id.fifteen" });
    } else this.#find("idNumber", checkDocumentNumber(documentKind, idNumber));
    return idNumber;
  }

  mobile(): string | undefined {
    const text = this.sound("mobile")
      ?.replace(/[\s\p{Pd}]/gu, "")
      .replace(/^\+?86(?=1\d{10}$)/, "");
    if (text === undefined || /^1\d{10}$/.test(text)) return text;
    this.#troubles.push({ column: "mobile", code: "cell.not-a-mobile" });
    return undefined;
  }

  facts(): RosterFacts {
    const facts: RosterFacts = {};
    const postKind = this.code("postKind", codedOf(postKinds, postTitles));
    if (postKind !== undefined) facts.postKind = postKind;
    const subject = this.text("subject", 60);
    if (subject !== undefined) facts.subject = subject;
    const certificateKind = this.code("certificateKind", codedOf(certificateKinds, certificateTitles));
    if (certificateKind !== undefined) facts.certificateKind = certificateKind;
    const certificateNumber = this.text("certificateNumber", 40)?.replace(/[\s\p{Pd}]/gu, "");
    if (certificateNumber !== undefined) facts.certificateNumber = certificateNumber;
    const mobile = this.mobile();
    if (mobile !== undefined) facts.mobile = mobile;
    const workingSince = this.day("workingSince", 1930);
    if (workingSince !== undefined) facts.workingSince = workingSince;
    const trainingHours = this.number("trainingHours", 0, 10_000);
    if (trainingHours !== undefined) facts.trainingHours = trainingHours;
    const assessments = this.#assessments();
    if (assessments.length > 0) facts.assessments = assessments;
    return facts;
  }

  #assessments(): { year: number; grade: string }[] {
    return this.#columns.flatMap((column) => {
      const year = /^assessment-(\d{4})$/.exec(column)?.[1];
      if (year === undefined) return [];
      const grade = this.code(column, assessmentGrades);
      return grade === undefined ? [] : [{ year: Number(year), grade }];
    });
  }

  #find(column: RosterColumnKey, findings: readonly Finding[]): void {
    for (const finding of findings) {
      if (finding.level === "blocks") this.#troubles.push({ column, code: "finding", finding });
    }
  }
}
