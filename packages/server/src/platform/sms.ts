export interface Sms {
  /** A mobile number of the mainland, 11 digits. */
  mobile: string;
  text: string;
}

/** How short messages leave the house; every bureau has its own supplier behind this. */
export interface SmsGateway {
  /** Resolves when the gateway has taken the message; rejects otherwise, to be tried again by the job. */
  send(sms: Sms): Promise<void>;
}

/** Keeps what it was given and sends nothing. */
interface RecordingSmsGateway extends SmsGateway {
  readonly sent: readonly Sms[];
}

export function isRecordingSmsGateway(gateway: SmsGateway): gateway is RecordingSmsGateway {
  return "sent" in gateway;
}

const remembered = 1000;
const timeoutMs = 15_000;

export function recordingSmsGateway(): RecordingSmsGateway {
  const sent: Sms[] = [];
  return {
    sent,
    async send(sms) {
      sent.push(sms);
      if (sent.length > remembered) sent.shift();
    },
  };
}

/**
 * A gateway that takes `POST url` with `{mobile, text}` as JSON and the token as bearer, and answers 2xx when it has
 * taken the message: what a bureau's own adapter to its supplier needs to offer.
 */
export function httpSmsGateway({ url, token }: { url: string; token: string }): SmsGateway {
  return {
    async send({ mobile, text }) {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ mobile, text }),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new SmsRefusedError(answer.status);
    },
  };
}

/** The gateway answered, but did not take the message. */
class SmsRefusedError extends Error {
  readonly code: string;

  constructor(status: number) {
    super(`the SMS gateway answered ${status}`);
    this.name = "SmsRefusedError";
    this.code = `SMS_${status}`;
  }
}
