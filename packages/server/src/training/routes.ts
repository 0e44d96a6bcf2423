import { api } from "../application/api.ts";
import type { Services } from "../application/context.ts";
import { TrainingClock } from "../platform/clock.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Mail, RecordingMailer } from "../platform/mail.ts";
import { moveTrainingClock } from "../platform/training-clock.ts";

/** The movable clock: whoever moves it is answered when what fell due on the way is done. */
export function trainingRoutesOf(sweep: (services: Services) => Promise<{ lapsed: number; expired: number }>) {
  return {
    getClock: api.training.getClock.handler(({ context }) => clockViewOf(context.services)),

    listMails: api.training.listMails.handler(({ input, context }) =>
      keptMails(context.services)
        .filter((mail) => mail.to === input.to)
        .map(({ subject, text }) => ({ subject, text })),
    ),

    setClock: api.training.setClock.handler(async ({ input, context }) => {
      const { services } = context;
      const at = Temporal.Instant.from(input.at).round({ smallestUnit: "microsecond", roundingMode: "floor" });
      await moveTrainingClock(services.database, getTrainingClock(services), { at, runs: input.runs });
      return { ...clockViewOf(services), ...(await sweep(services)) };
    }),
  };
}

function keptMails({ mailer }: Services): readonly Mail[] {
  return "sent" in mailer ? (mailer as RecordingMailer).sent : [];
}

function clockViewOf(services: Services) {
  const clock = getTrainingClock(services);
  return { now: clock.now().toString(), runs: clock.runs };
}

function getTrainingClock({ clock }: Services): TrainingClock {
  if (!(clock instanceof TrainingClock)) throw new RefusalError({ code: "request.not-found" });
  return clock;
}
