import { createTransport } from "nodemailer";

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface Mailer {
  /** Resolves when the mail server has taken the mail; rejects otherwise, to be tried again by the job. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Keeps what it was given and sends nothing: training, tests, and an installation without a mail server. */
export interface RecordingMailer extends Mailer {
  readonly sent: readonly Mail[];
}

export function isRecordingMailer(mailer: Mailer): mailer is RecordingMailer {
  return "sent" in mailer;
}

/** The newest mails that a recorder keeps; older ones are forgotten. */
const remembered = 1000;

/** SMTP where a server is given, else a recorder. The sender is the URL's `from`: `smtp://user:password@host:587/?from=…`. */
export function openMailer({ smtpUrl }: { smtpUrl: string | undefined }): Mailer {
  return smtpUrl === undefined ? recordingMailer() : smtpMailer(smtpUrl);
}

export function recordingMailer(): RecordingMailer {
  const sent: Mail[] = [];
  return {
    sent,
    async send(mail) {
      sent.push(mail);
      if (sent.length > remembered) sent.shift();
    },
    close: () => undefined,
  };
}

function smtpMailer(smtpUrl: string): Mailer {
  const url = new URL(smtpUrl);
  const from = url.searchParams.get("from") ?? senderOf(url);
  url.searchParams.delete("from");
  const transport = createTransport(
    {
      url: url.href,
      pool: true,
      maxConnections: 2,
      connectionTimeout: 15_000,
      greetingTimeout: 15_000,
      socketTimeout: 30_000,
      // Mail is text of ours: nothing in it may name a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ to: { name: "", address: to }, subject, text });
    },
    close: () => transport.close(),
  };
}

function senderOf(url: URL): string {
  const user = decodeURIComponent(url.username);
  return user.includes("@") ? user : `shice@${url.hostname}`;
}
