/** A case that may be drawn, with the group it stands in: area, clerk, risk. */
export interface Drawable {
  id: string;
  stratum: string;
}

/**
 * Draws a share of each stratum, at least one of each, by an order that follows from the seed alone: whoever has the
 * seed and the list draws the same sample. The order is that of FNV-1a (64 bit) over seed and id, mixed by SplitMix64.
 */
export function drawSample<Case extends Drawable>(cases: readonly Case[], seed: string, percent: number): Case[] {
  if (percent <= 0) return [];
  const strata = Map.groupBy(cases, (candidate) => candidate.stratum);
  return [...strata.keys()].sort().flatMap((stratum) => {
    const members = strata.get(stratum) ?? [];
    const size = Math.min(members.length, Math.max(1, Math.ceil((members.length * percent) / 100)));
    return members
      .map((member) => ({ member, order: orderOf(`${seed}|${member.id}`) }))
      .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.member.id < b.member.id ? -1 : 1))
      .slice(0, size)
      .map(({ member }) => member);
  });
}

const mask = (1n << 64n) - 1n;

function orderOf(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const character of text) {
    hash ^= BigInt(character.codePointAt(0) ?? 0);
    hash = (hash * 0x100000001b3n) & mask;
  }
  let mixed = (hash + 0x9e3779b97f4a7c15n) & mask;
  mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask;
  return mixed ^ (mixed >> 31n);
}
