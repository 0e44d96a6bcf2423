import type { World } from "./world.ts";

/** Moves the training clock. Resolves when everything that fell due has been done. */
export async function moveTo(world: World, at: Temporal.Instant): Promise<{ lapsed: number; expired: number }> {
  return await world.anyone.training.setClock({ at: at.toString() });
}

/** An instant some hours into a day, counted from the beginning of a stage. */
export function later(
  at: Temporal.Instant,
  { days = 0, hours = 0 }: { days?: number; hours?: number },
): Temporal.Instant {
  return at.add({ hours: days * 24 + hours });
}

export async function nowOf(world: World): Promise<Temporal.Instant> {
  return Temporal.Instant.from((await world.anyone.training.getClock()).now);
}
