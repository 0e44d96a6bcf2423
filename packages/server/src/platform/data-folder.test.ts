import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { StartError } from "./config.ts";
import { takeDataFolder } from "./data-folder.ts";

const folders: string[] = [];
const programs: ChildProcess[] = [];

afterEach(async () => {
  for (const program of programs.splice(0)) await killed(program);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "shice-folder-"));
  folders.push(folder);
  return folder;
}

const source = `
  import { takeDataFolder } from ${JSON.stringify(new URL("./data-folder.ts", import.meta.url).href)};
  let said = "held";
  try { takeDataFolder(process.argv[1]); } catch (error) { said = error.constructor.name + ": " + error.message; }
  console.log(said);
  setInterval(() => undefined, 1000);
`;

/** Another program that takes the folder, says whether it got it, and goes on living. */
async function anotherProgram(folder: string): Promise<{ program: ChildProcess; said: string }> {
  const program = spawn(process.execPath, ["--input-type=module", "-e", source, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  programs.push(program);
  const [said] = await once(program.stdout, "data");
  return { program, said: String(said).trim() };
}

async function killed(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  program.kill("SIGKILL");
  await once(program, "exit");
}

test("a second program on the folder is told which one holds it, until that one lets go", async () => {
  const folder = freshFolder();
  const held = takeDataFolder(folder);
  const { said } = await anotherProgram(folder);
  expect(said).toMatch(/^StartError: .*正由另一个师册程序使用/);
  expect(said).toContain(String(process.pid));
  held.release();
  expect((await anotherProgram(folder)).said).toBe("held");
});

test("the lock of a killed program is taken over; letting go leaves the folder clean", async () => {
  const folder = freshFolder();
  const { program, said } = await anotherProgram(folder);
  expect(said).toBe("held");
  expect(() => takeDataFolder(folder)).toThrow(StartError);
  await killed(program);
  const held = takeDataFolder(folder);
  expect(readFileSync(join(folder, "shice.pid"), "utf8")).toMatch(new RegExp(`^${process.pid} `));
  held.release();
  expect(readdirSync(folder)).toEqual([]);
});

test.runIf(existsSync("/proc/self/stat"))("a number that another program bears by now is no holder", () => {
  const folder = freshFolder();
  writeFileSync(join(folder, "shice.pid"), `${process.ppid} 00000000-0000-0000-0000-000000000000/1`);
  expect(() => takeDataFolder(folder)).not.toThrow();
});

test.each(["", "\n", "nobody", "-1 x", "0"])("an unreadable lock (%j) is nobody's", (text) => {
  const folder = freshFolder();
  writeFileSync(join(folder, "shice.pid"), text);
  expect(() => takeDataFolder(folder)).not.toThrow();
});

test("of six programs that find a killed one's lock, one gets the folder", async () => {
  const folder = freshFolder();
  await killed((await anotherProgram(folder)).program);
  const answers = await Promise.all(Array.from({ length: 6 }, () => anotherProgram(folder)));
  expect(answers.filter(({ said }) => said === "held")).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(["shice.pid"]);
});

test("letting go twice does not take away the next one's lock", async () => {
  const folder = freshFolder();
  const held = takeDataFolder(folder);
  held.release();
  expect((await anotherProgram(folder)).said).toBe("held");
  held.release();
  expect(() => takeDataFolder(folder)).toThrow(StartError);
});

test("a folder that cannot be made is named", () => {
  const folder = freshFolder();
  writeFileSync(join(folder, "file"), "");
  expect(() => takeDataFolder(join(folder, "file", "data"))).toThrow(/无法使用数据目录/);
});
