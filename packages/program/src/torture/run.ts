import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Blow, blows, torture } from "./torture.ts";

const referencePlan = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
const usage = "用法：shice torture [--minutes 5] [--teachers 150] [--seed 1]";
const blowTitles: Record<Blow, string> = {
  "kill-program": "强行结束程序",
  "kill-database": "强行结束数据库",
  sever: "切断数据库连接",
  "black-out": "数据库一时连不上",
  "fill-disk": "数据库磁盘写满",
};

/**
 * `shice torture`: runs rehearsals for some minutes on a program and a database that are killed, disconnected and
 * deprived of disk space at random times. Exit status 1 if an acknowledged act is lost or done twice, an internal error
 * occurs, or an invariant does not hold.
 */
export async function run(args: readonly string[]): Promise<void> {
  let values: { minutes: string; teachers: string; seed: string };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        minutes: { type: "string", default: "5" },
        teachers: { type: "string", default: "150" },
        seed: { type: "string", default: "1" },
      },
    }).values;
  } catch {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const [minutes, teachers, seed] = [Number(values.minutes), Number(values.teachers), Number(values.seed)];
  if (!(minutes > 0) || !Number.isInteger(teachers) || teachers < 1 || !Number.isInteger(seed)) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const plan = readFileSync(referencePlan, "utf8");
  const begun = performance.now();
  const total = { rounds: 0, blows: 0, repeated: 0, acknowledged: 0, requests: 0 };
  const broken: string[] = [];
  for (let round = 0; performance.now() - begun < minutes * 60_000; round++) {
    const result = await torture({ plan, teachers, seed: seed + round, every: 250, say: () => undefined });
    const dealt = blows.filter((blow) => result.blows[blow] > 0);
    total.rounds += 1;
    total.blows += dealt.reduce((sum, blow) => sum + result.blows[blow], 0);
    total.repeated += result.repeated;
    total.acknowledged += result.acknowledged;
    total.requests += result.rehearsal.requests;
    broken.push(...result.broken.map((text) => `种子${seed + round}：${text}`));
    say(
      `第${round + 1}轮，用时${result.rehearsal.seconds}秒：${dealt.map((blow) => `${blowTitles[blow]}${result.blows[blow]}次`).join("，")}；` +
        `重发${result.repeated}次；${result.broken.length === 0 ? "全部核对成立" : `${result.broken.length}处不成立`}`,
    );
    if (result.disk === "shared") say("  （没有写满磁盘：需要挂载小文件系统的权限。）");
  }
  say("");
  say(
    `共${total.rounds}轮，${total.blows}次破坏，${total.requests}次请求，其中重发${total.repeated}次，已答复办成${total.acknowledged}件次。`,
  );
  say(
    broken.length === 0
      ? "已答复办成的没有丢失，没有重复办理，各项核对全部成立。"
      : broken.map((text) => `  ✗ ${text}`).join("\n"),
  );
  process.exitCode = broken.length === 0 ? 0 : 1;
}
