/** Open time, from `from` (included) to `until` (excluded). */
export interface Interval {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/**
 * The same time as disjoint intervals in order. Empty intervals are dropped; adjoining and overlapping ones are merged.
 */
export function fuseIntervals(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter(({ from, until }) => Temporal.Instant.compare(from, until) < 0)
    .sort((a, b) => Temporal.Instant.compare(a.from, b.from));
  const fused: Interval[] = [];
  for (const next of sorted) {
    const last = fused.at(-1);
    if (last === undefined || Temporal.Instant.compare(last.until, next.from) < 0) {
      fused.push(next);
    } else if (Temporal.Instant.compare(last.until, next.until) < 0) {
      fused[fused.length - 1] = { from: last.from, until: next.until };
    }
  }
  return fused;
}

/** Index of the last of these ordered, disjoint intervals that begins at or before `at`; -1 if none does. */
export function lastBegunAt(intervals: readonly Interval[], at: Temporal.Instant): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const interval = intervals[middle];
    if (interval !== undefined && Temporal.Instant.compare(interval.from, at) <= 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}
