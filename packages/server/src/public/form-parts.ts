/** A part of a form as browsers send forms with files (RFC 7578); the bytes are a view into the body. */
export interface FormPart {
  name: string;
  /** Present for a file, though it may be empty. */
  fileName: string | undefined;
  bytes: Buffer;
}

const mostHeaderBytes = 4096;

/**
 * Takes a body of multipart/form-data apart without copying it. Undefined where it is none, breaks off, or has more than
 * `mostParts`: it stops there, so that a body of hundreds of thousands of parts costs no more than one of a few.
 */
export function splitForm(body: Buffer, contentType: string, mostParts: number): FormPart[] | undefined {
  const boundary = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) return undefined;
  const first = Buffer.from(`--${mark}`);
  const between = Buffer.from(`\r\n--${mark}`);
  const parts: FormPart[] = [];
  if (!body.subarray(0, first.length).equals(first)) return undefined;
  for (let at = first.length; ; ) {
    const after = body.toString("latin1", at, at + 2);
    if (after === "--") return parts;
    if (after !== "\r\n" || parts.length === mostParts) return undefined;
    const end = body.indexOf(between, at);
    if (end < 0) return undefined;
    const part = readPart(body.subarray(at, end));
    if (part === undefined) return undefined;
    parts.push(part);
    at = end + between.length;
  }
}

/** From the line break before its headers to the end of its content. */
function readPart(part: Buffer): FormPart | undefined {
  const headersEnd = part.subarray(0, mostHeaderBytes).indexOf("\r\n\r\n");
  if (headersEnd < 0) return undefined;
  const headers = part.toString("utf8", 0, headersEnd);
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(headers)?.[1] ?? "";
  const name = parameterOf(disposition, "name");
  if (name === undefined) return undefined;
  return { name, fileName: parameterOf(disposition, "filename"), bytes: part.subarray(headersEnd + 4) };
}

/** Browsers write a quotation mark in a name as %22. */
function parameterOf(disposition: string, key: "name" | "filename"): string | undefined {
  const quoted = new RegExp(`(?:^|;)\\s*${key}="([^"]*)"`, "i").exec(disposition)?.[1];
  return quoted?.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}
