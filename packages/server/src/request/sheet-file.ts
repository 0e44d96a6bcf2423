import type { Sheet } from "../platform/typesetting/typesetter.ts";
import type { RequestContext } from "./context.ts";

/** Sets a sheet and tells the log which characters no font had: somebody will have to write them in. */
export async function setAsFile(
  { services }: Pick<RequestContext, "services">,
  sheet: Sheet,
  name: string,
): Promise<File> {
  const { pdf, missing } = await services.typesetter.typeset(sheet);
  if (missing.length > 0) services.log.warn({ count: missing.length }, "characters without a glyph on a sheet");
  return fileOf(pdf, name, "application/pdf");
}

export function fileOf(bytes: Buffer, name: string, type: string): File {
  return new File([Uint8Array.from(bytes)], name, { type });
}
