/** What the environment says, read once at the start. */
export interface Config {
  port: number;
  host: string;
  /** Absent: the embedded PostgreSQL in the data folder. */
  databaseUrl: string | undefined;
  dataFolder: string;
  /** Absent with the embedded server: generated once into the data folder. */
  secret: string | undefined;
  /** Whether the clock is movable and invented people may be entered; settled at the start (`training-kind.ts`). */
  training: boolean;
  /** What SHICE_TRAINING says; `auto`: an empty database opens as the demonstration, a real campaign without training. */
  trainingAsked: "on" | "off" | "auto";
  /** How many teachers the demonstration invents. */
  demonstrationTeachers: number;
  /** Connections to the database for requests; any number from 2 on serves any number of callers. */
  connections: number;
  publicUrl: string | undefined;
  smtpUrl: string | undefined;
  /** A folder of fonts for characters that ours lack. */
  fonts: string | undefined;
  /** Where short messages are handed over, and the token that admits there; absent: none is sent. */
  sms: { url: string; token: string } | undefined;
  cipher: "aes-256-gcm" | "sm4-gcm";
  /** How decision lists are signed. */
  signature: "ed25519" | "sm2";
  logLevel: string;
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "silent"];

/** Reads the configuration, or says in Chinese what is wrong with each variable. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { config: Config } | { problems: string[] } {
  const problems: string[] = [];
  const text = (name: string) => {
    const value = env[name]?.trim();
    return value === undefined || value === "" ? undefined : value;
  };
  const oneOf = <T extends string>(name: string, known: readonly T[], otherwise: T): T => {
    const value = text(name);
    const found = known.find((candidate) => candidate === value);
    if (value !== undefined && found === undefined)
      problems.push(`${name} 只能是 ${known.join("、")}，现为“${value}”。`);
    return found ?? otherwise;
  };
  const address = (name: string, protocols: readonly string[]) => {
    const value = text(name);
    if (value === undefined) return undefined;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      problems.push(`${name} 应为 ${protocols.map((protocol) => `${protocol}//`).join(" 或 ")} 开头的完整地址。`);
    }
    return value;
  };

  const portText = text("PORT") ?? "3000";
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port <= 65535)) problems.push(`PORT 应为 0 至 65535 的整数，现为“${portText}”。`);

  const databaseUrl = address("DATABASE_URL", ["postgres:", "postgresql:"]);
  const secret = text("SHICE_SECRET");
  if (secret !== undefined && secret.length < 32) problems.push("SHICE_SECRET 不得少于32个字符。");
  if (secret === undefined && databaseUrl !== undefined) {
    problems.push(
      "使用 DATABASE_URL 时必须设置 SHICE_SECRET（不少于32个字符，请妥善保存：遗失后无法解密已存的证件号码）。",
    );
  }
  const teachers = text("SHICE_DEMO_TEACHERS") ?? "300";
  if (!/^\d{1,5}$/.test(teachers)) problems.push(`SHICE_DEMO_TEACHERS 应为整数，现为“${teachers}”。`);
  const connections = text("SHICE_CONNECTIONS") ?? "20";
  if (!/^([2-9]|[1-9]\d{1,2})$/.test(connections)) {
    problems.push(`SHICE_CONNECTIONS 应为 2 至 999 的整数，现为“${connections}”。`);
  }
  const smsUrl = address("SMS_URL", ["http:", "https:"]);
  const smsToken = text("SMS_TOKEN");
  if (smsUrl !== undefined && smsToken === undefined) problems.push("设置了 SMS_URL 时，必须同时设置 SMS_TOKEN。");
  const trainingAsked = oneOf("SHICE_TRAINING", ["on", "off", "auto"], "auto");
  const config: Config = {
    port,
    host: text("HOST") ?? "127.0.0.1",
    databaseUrl,
    dataFolder: text("SHICE_DATA") ?? "data",
    secret,
    training: trainingAsked === "on",
    trainingAsked,
    demonstrationTeachers: Number(teachers),
    connections: Number(connections),
    publicUrl: address("SHICE_PUBLIC_URL", ["http:", "https:"]),
    smtpUrl: address("SMTP_URL", ["smtp:", "smtps:"]),
    fonts: text("SHICE_FONTS"),
    sms: smsUrl === undefined ? undefined : { url: smsUrl, token: smsToken ?? "" },
    cipher: oneOf("SHICE_CIPHER", ["aes-256-gcm", "sm4-gcm"], "aes-256-gcm"),
    signature: oneOf("SHICE_SIGNATURE", ["ed25519", "sm2"], "ed25519"),
    logLevel: oneOf("SHICE_LOG_LEVEL", logLevels, "info"),
  };
  return problems.length > 0 ? { problems } : { config: Object.freeze(config) };
}

/** Something the operator must put right before the program can start; its message is a Chinese sentence. */
export class StartError extends Error {}
