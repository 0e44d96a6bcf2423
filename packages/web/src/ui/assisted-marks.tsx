import type { CaseView } from "./case-view.ts";

/** For each field that the school filled in and the teacher has not changed since: the mark that says so. */
export function assistedMarks({ assistedFields }: Pick<CaseView, "assistedFields">) {
  return Object.fromEntries(
    assistedFields.map((field) => [
      field,
      <span key={field} className="mark">
        学校代填
      </span>,
    ]),
  );
}
