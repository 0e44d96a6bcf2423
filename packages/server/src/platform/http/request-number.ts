import { randomBytes } from "node:crypto";

/** Without I, L, O, U: a user reads the number to an administrator over the telephone. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The number of a request, `7K2M-Q9XA-3FTD`: shown with a problem, kept in log and audit. */
export function requestNumber(): string {
  const text = [...randomBytes(12)].map((byte) => letters[byte & 31]).join("");
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
