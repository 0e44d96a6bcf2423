/**
 * Whether every text in a parsed body is one: half a character, which JSON can write as an escape, is no text. Stores,
 * addresses and printers take none.
 */
export function isWellFormed(body: unknown): boolean {
  if (typeof body === "string") return body.isWellFormed();
  if (typeof body !== "object" || body === null) return true;
  return Object.entries(body).every(([key, value]) => key.isWellFormed() && isWellFormed(value));
}
