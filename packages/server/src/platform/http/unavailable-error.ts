/** A part that the answer needs did not serve: the caller may try again; the log says which part it was. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
}
