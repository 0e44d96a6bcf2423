import { client } from "./client.ts";

/** What one calculation may take before it is given up and the server asked for another. */
const patienceMs = 60_000;

/**
 * Solves a challenge of the server, a moment's work for one person and dear for whoever comes a million times. Nothing
 * is asked of the person, and nobody else is told.
 */
export async function makeProof(): Promise<string> {
  const [{ solveChallenge }, { deriveKey }, asked] = await Promise.all([
    import("altcha-lib"),
    import("altcha-lib/algorithms/web/pbkdf2"),
    client.accounts.getChallenge(),
  ]);
  const solution = await solveChallenge({ challenge: asked, deriveKey, timeout: patienceMs });
  if (solution === null) throw new TypeError("the challenge was not solved in time");
  return btoa(JSON.stringify({ challenge: asked, solution }));
}
