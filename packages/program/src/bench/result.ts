/** The calls that the bench measures. */
export type BenchedCall = "submit" | "review" | "read" | "queue" | "count";

/** One call against its baseline: requests a second, and response times in milliseconds. */
export interface Measured {
  rps: number;
  p50: number;
  p99: number;
  floorRps: number;
  floorP99: number;
  /** Shice's requests a second as a share of the baseline's. */
  ratio: number;
}

/** Everything that one run of the bench has measured. */
export interface BenchResult {
  applications: number;
  connections: number;
  calls: Partial<Record<BenchedCall, Measured>>;
  bulk: { cases: number; seconds: number; perSecond: number };
  memoryMb: { atRest: number; peak: number };
}
