import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;

/**
 * JSON lines in which no personal data can appear: only named fields pass, an error gives its kind, code and stack
 * frames, never its message or PostgreSQL's detail (which quotes values), a request its route pattern, never its path.
 */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError, error: describeError, req: () => undefined, res: () => undefined },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function describeError(error: unknown) {
  if (!(error instanceof Error)) return { kind: typeof error };
  const text = (key: string) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === "string" && /^[\w.:-]{1,80}$/.test(value) ? value : undefined;
  };
  return {
    kind: error.name,
    code: text("code"),
    constraint: text("constraint"),
    table: text("table"),
    routine: text("routine"),
    stack: (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at ")),
  };
}
