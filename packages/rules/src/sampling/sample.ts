/** A case that may be drawn, with its stratum. */
export interface Drawable {
  id: string;
  stratum: string;
}

/**
 * The stratum of a case: its area, the clerk who confirmed it, and whether the school filled it in or a check flagged
 * it (Notice §四(二)). One clerk may both fill in and confirm, so some of these cases are always re-checked.
 */
export function stratumOf({
  area,
  clerk,
  assisted,
  flagged,
}: {
  area: string;
  clerk: string;
  assisted: boolean;
  flagged: boolean;
}): string {
  return [area, clerk, assisted ? "assisted" : flagged ? "flagged" : "unflagged"].join("|");
}

/**
 * Draws a share of each stratum, rounded up and at least one. The cases of a stratum are ordered by SHA-256 of
 * `seed|id` in hexadecimal, and the first ones are drawn. Anyone with the seed and the list can repeat the draw with
 * any SHA-256 tool. `percent` is 0 to 100; `sha256` hashes a UTF-8 text to hexadecimal digits and is a parameter
 * because the rules know no platform.
 */
export function drawSample<Case extends Drawable>(
  cases: readonly Case[],
  { seed, percent, sha256 }: { seed: string; percent: number; sha256: (text: string) => string },
): Case[] {
  const strata = Map.groupBy(cases, (candidate) => candidate.stratum);
  return [...strata]
    .sort(([one], [other]) => compareText(one, other))
    .flatMap(([, members]) =>
      members
        .map((member) => ({ member, order: sha256(`${seed}|${member.id}`) }))
        .sort((one, other) => compareText(one.order, other.order) || compareText(one.member.id, other.member.id))
        .slice(0, sampleSizeOf(members.length, percent))
        .map(({ member }) => member),
    );
}

/** The number of cases to draw from a stratum: the share rounded up, at least one; zero only if the share is zero. */
export function sampleSizeOf(members: number, percent: number): number {
  if (percent <= 0 || members === 0) return 0;
  // The share may have decimals (2.5 %). Counting in thousandths of a percent keeps 10 % of 30 at 3, not 4.
  const share = Math.ceil((members * Math.round(percent * 1000)) / 100_000);
  return Math.min(members, Math.max(1, share));
}

/** Compares by code units, which is the same on every machine; a locale's order is not. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
