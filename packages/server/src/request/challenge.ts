import { createHash } from "node:crypto";
import { Challenge } from "@shice/contract/accounts.ts";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { sql } from "kysely";
import { z } from "zod";
import { machineClock } from "../platform/clock.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Services } from "./context.ts";

/**
 * What a solution costs: on average 256 keys of 1,000 rounds each, about a third of a second on an office computer and
 * two on an old phone; checking one costs a single key.
 */
const cost = 1000;
const keyPrefix = "00";
const lifetime = { minutes: 20 };

type ChallengeServices = Pick<Services, "secrets" | "database" | "config">;

const Solved = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal("PBKDF2/SHA-256"),
      nonce: z.string().max(200),
      salt: z.string().max(200),
      cost: z.literal(cost),
      keyLength: z.int().min(1).max(64),
      keyPrefix: z.literal(keyPrefix),
      expiresAt: z.int(),
    }),
    signature: z.string().max(200),
  }),
  solution: z.object({ counter: z.int().min(0), derivedKey: z.string().max(200), time: z.number().optional() }),
});

/** A sum for the browser, where robots would come: registering, asking for mails, objecting, looking up conclusions. */
export async function makeChallenge({ secrets }: ChallengeServices): Promise<Challenge> {
  const expiresAt = new Date(machineClock.now().add(lifetime).epochMilliseconds);
  const challenge = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost,
    keyPrefix,
    deriveKey,
    expiresAt,
    hmacSignatureSecret: secretOf({ secrets }),
  });
  return Challenge.parse(challenge);
}

/**
 * Takes the answer to a challenge, once. In training mode none is asked for: a rehearsal registers thousands from one
 * machine; one that is given is looked at all the same.
 * @throws RefusalError account.proof-missing, account.proof-wrong
 */
export async function spendProof(services: ChallengeServices, proof: string | undefined): Promise<void> {
  if (proof === undefined) {
    if (services.config.training) return;
    throw new RefusalError({ code: "account.proof-missing" });
  }
  const solved = parseProof(proof);
  if (solved === undefined) throw new RefusalError({ code: "account.proof-wrong" });
  const { verified } = await verifySolution({ ...solved, deriveKey, hmacSignatureSecret: secretOf(services) });
  if (!verified) throw new RefusalError({ code: "account.proof-wrong" });
  const challenge = createHash("sha256").update(solved.challenge.signature).digest();
  const isFirst = await services.database.inScope({ kind: "accounts" }, async (tx) => {
    const now = machineClock.now();
    await tx.deleteFrom("shice.spent_proof").where("expires_at", "<", now).execute();
    const { rows } = await sql`
      insert into shice.spent_proof (challenge, expires_at) values (${challenge}, ${now.add(lifetime)})
      on conflict do nothing returning 1`.execute(tx);
    return rows.length === 1;
  });
  if (!isFirst) throw new RefusalError({ code: "account.proof-wrong" });
}

function parseProof(proof: string) {
  try {
    const parsed = Solved.safeParse(JSON.parse(Buffer.from(proof, "base64").toString("utf8")));
    if (!parsed.success) return undefined;
    const { challenge, solution } = parsed.data;
    return { challenge, solution: { counter: solution.counter, derivedKey: solution.derivedKey } };
  } catch {
    return undefined;
  }
}

function secretOf({ secrets }: Pick<ChallengeServices, "secrets">): string {
  return secrets.deriveKey("challenge").toString("hex");
}
