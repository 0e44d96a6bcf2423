import { finished } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { openTurns } from "../turns.ts";
import { RefusalError } from "./refusal-error.ts";

/** A body up to this size is read without being counted. */
const smallBodyBytes = 128 * 1024;

interface PlaceLimits {
  /** Large bodies that are read and worked on at once. */
  places: number;
  /** Requests that may wait for a place, their bodies unread; who comes after them is told that the server is busy. */
  mostWaiting: number;
  /** Of these, waiting or not, by one caller. */
  mostOfOne: number;
}

/** Bounds how many large bodies the program holds at once: taken before a body is read, given back with the answer. */
interface BodyPlaces {
  /** @throws RefusalError server.busy */
  take(reply: FastifyReply, caller: string): Promise<void>;
}

export function openBodyPlaces({ places, mostWaiting, mostOfOne }: PlaceLimits): BodyPlaces {
  const turns = openTurns(places);
  const ofCaller = new Map<string, number>();
  return {
    async take({ raw }, caller) {
      const already = ofCaller.get(caller) ?? 0;
      if (already >= mostOfOne) throw new RefusalError({ code: "server.busy" });
      ofCaller.set(caller, already + 1);
      let isOver = false;
      let giveBack: (() => void) | undefined;
      // Whichever comes first: the answer is sent, or the caller has gone.
      finished(raw, () => {
        isOver = true;
        const left = (ofCaller.get(caller) ?? 1) - 1;
        if (left === 0) ofCaller.delete(caller);
        else ofCaller.set(caller, left);
        giveBack?.();
      });
      giveBack = await turns.take(mostWaiting);
      if (giveBack === undefined) throw new RefusalError({ code: "server.busy" });
      if (isOver) giveBack();
    },
  };
}

/** The places of a program: for people who have signed in, and, so that nobody keeps these out, for everybody else. */
interface AllPlaces {
  known: BodyPlaces;
  strangers: BodyPlaces;
}

/**
 * At most 32 bodies of 2 MB from people who have signed in, and 4 of at most 10 MB from strangers. On the last evening a
 * thousand teachers may wait for a second; strangers send objections with pictures, and few of them.
 */
export function openAllPlaces(): AllPlaces {
  return {
    known: openBodyPlaces({ places: 32, mostWaiting: 1000, mostOfOne: 8 }),
    strangers: openBodyPlaces({ places: 4, mostWaiting: 16, mostOfOne: 4 }),
  };
}

/** Whether a body may be larger than what is read uncounted: one of unknown length may. */
export function mayBeLarge({ headers }: FastifyRequest): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > smallBodyBytes;
}
