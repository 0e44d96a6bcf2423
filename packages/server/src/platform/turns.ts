/** A few places that many want: who finds none free waits in line, and beyond a length of the line is turned away. */
interface Turns {
  /**
   * Takes a place as soon as one is free, first come, first served; the function that it answers gives it back.
   * Undefined where `mostWaiting` others wait already.
   */
  take(mostWaiting?: number): Promise<(() => void) | undefined>;
}

export function openTurns(places: number): Turns {
  let free = places;
  const waiting: (() => void)[] = [];

  function giveBackOnce(): () => void {
    let isGivenBack = false;
    return () => {
      if (isGivenBack) return;
      isGivenBack = true;
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    };
  }
  function takeFree() {
    if (free === 0) return undefined;
    free -= 1;
    return giveBackOnce();
  }
  return {
    take: async (mostWaiting = Number.POSITIVE_INFINITY) => {
      const taken = takeFree();
      if (taken !== undefined) return taken;
      if (waiting.length >= mostWaiting) return undefined;
      // A place that is given back passes to the first in line without becoming free in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
      return giveBackOnce();
    },
  };
}
