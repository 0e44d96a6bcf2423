import { expect, test } from "vitest";
import { type LogFields, openLog } from "./log.ts";

function record(work: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  work(openLog("debug", { write: (line: string) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

const person = { idNumber: "110105194912310021", name: "李建国", mobile: "13812345678", email: "li@example.com" };
const everything = Object.values(person).join(" ");

function mustNameNobody(lines: readonly unknown[]): void {
  expect(lines.length).toBeGreaterThan(0);
  for (const value of Object.values(person)) expect(JSON.stringify(lines)).not.toContain(value);
}

test("only the named fields pass, whatever else is handed over", () => {
  const lines = record((log) => {
    log.info({ status: 200, ...person, body: person, headers: { cookie: person.name } } as LogFields, "request");
  });
  mustNameNobody(lines);
  expect(lines[0]).toMatchObject({ status: 200, msg: "request", level: 30 });
  expect(Object.keys(lines[0] ?? {})).toEqual(["level", "time", "status", "msg"]);
});

test("a named field with a value that is none of its kind is withheld", () => {
  const lines = record((log) => {
    const wrong = {
      request: person.idNumber,
      method: person.name,
      route: `/api/people/${person.idNumber}?q=${person.name}`,
      operation: person.email,
      status: Number(person.mobile),
      account: person.idNumber,
      role: person.name,
      code: person.idNumber,
      job: person.mobile,
    };
    log.warn(wrong, "request");
  });
  mustNameNobody(lines);
  expect(lines[0]).toMatchObject({ route: "withheld", account: "withheld", status: "withheld" });
});

test("an event made of a person's data is withheld", () => {
  const lines = record((log) => log.info({}, `signed in: ${everything}`));
  mustNameNobody(lines);
  expect(lines[0]).toMatchObject({ msg: "withheld" });
});

test("an error gives class, code and places in code, never its message", () => {
  const lines = record((log) => log.error({ err: new RangeError(`refused ${everything}`) }, "unexpected error"));
  mustNameNobody(lines);
  expect(lines[0]?.["err"]).toMatchObject({ kind: "RangeError" });
  expect(JSON.stringify(lines[0])).toMatch(/"stack":\["[^"]*log\.test\.ts:/);
});

test("PostgreSQL's detail stays out, its code and constraint come in, causes are followed", () => {
  const inner = Object.assign(new Error(`duplicate key value violates unique constraint "person_once"`), {
    name: "error",
    code: "23505",
    constraint: "person_once",
    table: "person",
    detail: `Key (name, id_number)=(${person.name}, ${person.idNumber}) already exists.`,
    where: everything,
    parameters: Object.values(person),
  });
  const lines = record((log) => {
    log.error({ err: new Error(`could not save ${everything}`, { cause: inner }) }, "unexpected error");
  });
  mustNameNobody(lines);
  expect(lines[0]?.["err"]).toMatchObject({
    kind: "Error",
    cause: { kind: "error", code: "23505", constraint: "person_once", table: "person" },
  });
});

test("a message that imitates stack frames is cut off as a whole, also when it was changed later", () => {
  const lines = record((log) => {
    log.error({ err: new Error(`x\n    at ${person.email} (file:///${person.idNumber}.ts:1:2)`) }, "unexpected error");
    const changed = new Error(`first ${person.name}\n    at ${person.name} (${person.name}:1:2)`);
    changed.message = "second";
    log.error({ err: changed }, "unexpected error");
    log.error({ err: Object.assign(new Error("x"), { name: person.name, code: person.idNumber }) }, "unexpected error");
    log.error({ err: everything }, "unexpected error");
    log.error({ err: { ...person } }, "unexpected error");
  });
  mustNameNobody(lines);
});

test("levels below the configured one write nothing", () => {
  const lines: string[] = [];
  const log = openLog("warn", { write: (line: string) => lines.push(line) });
  log.info({}, "request");
  expect(lines).toEqual([]);
  log.warn({}, "conflict");
  expect(lines).toHaveLength(1);
});
