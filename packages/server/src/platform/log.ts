import { type DestinationStream, pino } from "pino";

/** Everything a line may hold. There is no field for a name, an address, a body, a header or a path: none is logged. */
interface Fields {
  /** The number that the answer shows to the user too. */
  request: string;
  method: string;
  /** The route as the contract writes it, `/api/campaigns/{campaign}/…`: never the path itself. */
  route: string;
  /** The operation in the contract: `confirmation.confirm`. */
  operation: string;
  status: number;
  ms: number;
  /** UUID of the account. */
  account: string;
  role: string;
  /** The code of a refusal. */
  code: string;
  /** UUID of a file of an application. */
  file: string;
  job: string;
  attempt: number;
  count: number;
  port: number;
  /** Anything thrown; reduced to its kind, code and stack frames. */
  err: unknown;
}

export type LogFields = { [Name in keyof Fields]?: Fields[Name] | undefined };

type LevelMethod = (fields: LogFields, event: string) => void;

export interface Log {
  debug: LevelMethod;
  info: LevelMethod;
  warn: LevelMethod;
  error: LevelMethod;
}

/**
 * JSON lines in which no personal data can appear. Only the named fields pass, and only where they look as such a
 * field does; an event is words of the program; an error gives its kind, code and stack frames, never its message or
 * PostgreSQL's detail, which quote what people entered.
 */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  const at =
    (name: "debug" | "info" | "warn" | "error"): LevelMethod =>
    (fields, event) => {
      if (logger.isLevelEnabled(name)) logger[name](permittedOf(fields), eventText(event));
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Letters and signs of a route or a dotted name; a run of five digits is a number of somebody's. */
const word = /^(?!.*\d{5})[A-Za-z0-9{}/*:._-]{1,120}$/;

/** An SQLSTATE is five signs, often digits. */
const code = (value: unknown) => isText(value, /^[0-9A-Z]{5}$/) || isText(value, word);

const looksRight: { readonly [Field in Exclude<keyof LogFields, "err">]-?: (value: unknown) => boolean } = {
  request: (value) => isText(value, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
  method: (value) => isText(value, /^[A-Z]{3,10}$/),
  route: (value) => isText(value, word),
  operation: (value) => isText(value, word),
  status: isNumber,
  ms: isNumber,
  account: (value) => isText(value, uuid),
  role: (value) => isText(value, word),
  code,
  file: (value) => isText(value, uuid),
  job: (value) => isText(value, word),
  attempt: isNumber,
  count: isNumber,
  port: isNumber,
};

function permittedOf(fields: LogFields): Record<string, unknown> {
  const permitted: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (name === "err") permitted["err"] = describeError(value);
    else if (isField(name)) permitted[name] = looksRight[name](value) ? value : "withheld";
  }
  return permitted;
}

function isField(name: string): name is keyof typeof looksRight {
  return Object.hasOwn(looksRight, name);
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) < 10_000_000;
}

function eventText(event: string): string {
  return /^[a-z][a-z ,-]{0,80}$/.test(event) ? event : "withheld";
}

/** A stack frame of V8: a place in code. Whatever a message may look like, only such lines pass. */
const frame = /^ {4}at [\w.<>[\]# ]*\(?(?:(?:file:\/\/|node:)?[\w/@.:+~-]+:\d{1,5}:\d{1,5}|native|<anonymous>)\)?$/;

/** What may be known of an error: class, code, constraint and table (names of our own), the places in code, the cause. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const name = (key: string) => {
    const value: unknown = Reflect.get(error, key);
    return isText(value, word) ? value : undefined;
  };
  // The message stands at the head of the stack, and may span lines that look like frames: it is cut off as a whole.
  const stack = error.stack ?? "";
  const body =
    error.message !== "" && stack.includes(error.message)
      ? stack.slice(stack.indexOf(error.message) + error.message.length)
      : stack;
  return {
    kind: isText(error.name, /^[A-Za-z]{1,60}$/) ? error.name : "Error",
    code: code(Reflect.get(error, "code")) ? Reflect.get(error, "code") : undefined,
    constraint: name("constraint"),
    table: name("table"),
    stack: body.split("\n").filter((line) => frame.test(line)),
    ...(error.cause === undefined || depth === 3 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
