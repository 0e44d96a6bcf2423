import type { AnyRefusal } from "@shice/contract/sentences.zh.ts";

/** Carries a refusal to the edge of HTTP, where it becomes a problem; rolls back the transaction on its way. */
export class RefusalError extends Error {
  readonly refusal: AnyRefusal;

  constructor(refusal: AnyRefusal) {
    super(refusal.code);
    this.name = "RefusalError";
    this.refusal = refusal;
  }
}
