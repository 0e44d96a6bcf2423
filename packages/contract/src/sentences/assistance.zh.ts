import { formFields } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { unattestedTitle } from "@shice/rules/lifecycle/state.ts";

/** The label of a case that the school filled in, equal on all pages. */
export function assistedMarkOf(assisted: "unattested" | "attested", state: string): string {
  if (assisted === "attested") return "由学校代填，本人已确认";
  return state === "draft" ? unattestedTitle : "由学校代填，本人未确认";
}

/** The title of an entry by the school: a form field, or a material's scan. */
export function assistedEntryText(entry: string, materialName: (key: string) => string | undefined): string {
  const material = entry.startsWith("material:") ? entry.slice("material:".length) : undefined;
  if (material !== undefined) return `${materialName(material) ?? material}（扫描件）`;
  const field = formFields.find((known) => known === entry);
  return field === undefined ? entry : fieldTitles[field];
}
