import type { Client } from "@shice/contract/client.ts";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";

/** Fetches a challenge and solves it, as a browser does. */
export async function solvedProof(client: Client): Promise<string> {
  const challenge = (await client.accounts.getChallenge()) as unknown as Parameters<
    typeof solveChallenge
  >[0]["challenge"];
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}
