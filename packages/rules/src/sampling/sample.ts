/** A case that may be drawn, with the group it stands in. */
export interface Drawable {
  id: string;
  stratum: string;
}

/**
 * The group of a case: its area, the clerk who confirmed it, and whether the school filled it in or the checks raised a
 * flag (Notice §四(二)). Where one clerk may both fill in and confirm, some of it is always looked at again.
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
 * Draws a share of each stratum, rounded up and at least one of each, by an order that follows from the seed alone:
 * the cases of a stratum stand in the order of SHA-256 over `seed|id` in hexadecimal, and the first ones are drawn.
 * Whoever has the seed and the list draws the same sample, with any tool that has SHA-256. `percent` is 0 to 100;
 * `sha256` is the hash of a text in UTF-8 as hexadecimal digits, given because the rules know no platform.
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

/** How many of a stratum are drawn: the share rounded up, at least one; none only where the share is nought. */
export function sampleSizeOf(members: number, percent: number): number {
  if (percent <= 0 || members === 0) return 0;
  // The share may carry decimals (2.5 %); counting in thousandths of a percent keeps 10 % of 30 at 3 and not at 4.
  const share = Math.ceil((members * Math.round(percent * 1000)) / 100_000);
  return Math.min(members, Math.max(1, share));
}

/** By code units, the same on every machine; a locale's order is not. */
function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
