import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { inviteFirstAdministrator } from "./accounts/bootstrap.ts";
import { type App, openApp } from "./app.ts";
import { migrationStepsOf } from "./audit/migration-steps.ts";
import { publishFirstCampaign } from "./campaigns/first.ts";
import { spellNames } from "./organisations/spell-names.ts";
import { machineClock, TrainingClock } from "./platform/clock.ts";
import { type Config, readConfig, StartError } from "./platform/config.ts";
import type { ConnectionParameters } from "./platform/database/connection.ts";
import { openDatabase } from "./platform/database/database.ts";
import { migrate, openOwnerPool } from "./platform/database/migrate.ts";
import { listenForEnd } from "./platform/end-request.ts";
import { openInstallation } from "./platform/installation.ts";
import { JobPause } from "./platform/job-pause.ts";
import { runJobs } from "./platform/jobs.ts";
import type { Launcher } from "./platform/launcher.ts";
import { type Log, openLog } from "./platform/log.ts";
import { openMailer } from "./platform/mail.ts";
import { httpSmsGateway, recordingSmsGateway } from "./platform/sms.ts";
import { moveTrainingClock, watchTrainingClock } from "./platform/training-clock.ts";
import type { Demonstration } from "./request/context.ts";
import { indexTails } from "./roster/id-number-tail.ts";
import { resumeImports } from "./roster/import-work.ts";
import { type BeginningClock, keepBeginning } from "./training/beginning.ts";
import { clearHalfFilled, noteFilled, settleTraining } from "./training/kind.ts";

/** How long running requests may take to end after a stop was asked for. */
const drainMs = 30_000;

/** A program that serves, until stopped. */
export interface Running {
  url: string;
  training: boolean;
  /** What whoever started it should know. */
  told: string | undefined;
  /** Makes its holder the first account administrator; only while no staff is known. */
  firstInvitation: string | undefined;
  /** Of the database, for what looks at it from outside. */
  connection: ConnectionParameters;
  /** Takes no new request, ends the running ones, then jobs, connections and the embedded database, in this order. */
  stop(): Promise<void>;
  /** Cuts off the requests that a stop is waiting for; the rest of the stop goes on in order. */
  hurry(): void;
}

/** What a start is given beside the configuration. */
export interface StartOptions {
  /** The plan that an empty database begins with; absent: the reference plan. */
  plan?: string;
  /** Where the built web application lies; absent: the API and the public pages alone. */
  webFolder?: string | undefined;
  /** Fills in the demonstration over HTTP; absent: an empty database is for real work. */
  fill?: (setting: FillSetting) => Promise<BeginningClock>;
  /** Told while the filling goes on. */
  say?: (line: string) => void;
  /** Ends a filling that goes on. */
  signal?: AbortSignal;
}

/** What the filling of the demonstration works with. */
export interface FillSetting {
  url: string;
  plan: string;
  firstInvitation: string;
  teachers: number;
  progress(done: number, total: number): void;
  /** Breaks off the filling. */
  signal: AbortSignal | undefined;
}

/** Opens everything in the order in which it is needed; what was opened is closed again when a later step fails. */
export async function start(asked: Config, log: Log, options: StartOptions = {}): Promise<Running> {
  await using opened = new AsyncDisposableStack();

  const installation = await openInstallation(asked);
  opened.defer(() => installation.close());
  const { connection, secrets, loginName, loginPassword } = installation;

  const migrating = { loginName, loginPassword, steps: migrationStepsOf(secrets, machineClock) };
  await migrate(connection, migrating);
  const owner = openOwnerPool(connection, 2);
  opened.defer(() => owner.end());
  if (await clearHalfFilled(owner)) await migrate(connection, migrating);
  await spellNames(owner);
  await indexTails(owner, secrets);
  const settled = await settleTraining(owner, asked, options.fill !== undefined);
  const config = { ...asked, training: settled.training };

  const login = { ...connection, user: loginName, password: loginPassword };
  const database = openDatabase(login, { connections: config.connections });
  opened.defer(() => database.close());

  const clock = config.training ? new TrainingClock() : machineClock;
  if (clock instanceof TrainingClock) {
    const watch = await watchTrainingClock({ clock, database, connection: login, log });
    opened.defer(() => watch.stop());
  }

  // Training sends nothing, whatever is set: its people are invented, but an address may be somebody's.
  const mailer = openMailer({ smtpUrl: config.training ? undefined : config.smtpUrl });
  opened.defer(() => mailer.close());

  const demonstration: Demonstration | undefined = settled.training
    ? { owner, preparing: undefined, jobPause: new JobPause() }
    : undefined;
  if (demonstration !== undefined && settled.toFill) demonstration.preparing = { done: 0, total: 1 };
  const app = openApp({
    config,
    database,
    login,
    clock,
    secrets,
    mailer,
    log,
    demonstration,
    sms: config.training || config.sms === undefined ? recordingSmsGateway() : httpSmsGateway(config.sms),
    webFolder: options.webFolder,
  });
  opened.defer(() => app.close());
  await publishFirstCampaign(app.services, options.plan ?? readReferencePlan());
  let firstInvitation = await inviteFirstAdministrator(app.services);

  const queue = openOwnerPool(connection, 6);
  opened.defer(() => queue.end());
  // What a killed program had in hand is gone on with at once, rather than at the next minute.
  await resumeImports(app.services);
  const jobs = await runJobs({ pool: queue, tasks: app.tasks, minutely: app.minutely, log });
  opened.defer(() => jobs.stop());

  const url = await listen(app, config);
  opened.defer(() => drain(app));

  const { fill } = options;
  if (demonstration !== undefined && settled.toFill && fill !== undefined && firstInvitation !== undefined) {
    const plan = options.plan ?? readReferencePlan();
    const teachers = config.demonstrationTeachers;
    let told = -1;
    const progress = (done: number, total: number) => {
      options.signal?.throwIfAborted();
      demonstration.preparing = { done, total };
      // A line for every tenth, so that whoever waits sees it go on.
      const tenth = Math.floor((done / Math.max(1, total)) * 10);
      if (tenth > told) options.say?.(`正在准备演示数据：${tenth * 10}%`);
      told = Math.max(told, tenth);
    };
    const { signal } = options;
    const beginning = await fill({ url, plan, firstInvitation, teachers, progress, signal });
    if (clock instanceof TrainingClock) await moveTrainingClock(database, clock, beginning);
    await keepBeginning(owner, beginning);
    await noteFilled(owner);
    demonstration.preparing = undefined;
    firstInvitation = undefined;
  }

  const running = opened.move();
  return {
    url,
    training: settled.training,
    told: settled.told,
    firstInvitation,
    connection,
    stop: () => running.disposeAsync(),
    hurry: () => app.http.server.closeAllConnections(),
  };
}

/** What `shice serve` adds to a start. */
interface ServeOptions extends Omit<StartOptions, "webFolder" | "signal"> {
  /** Builds the web application where it is not built, and returns its folder. */
  buildWeb?: (signal: AbortSignal) => Promise<string>;
  /** The program ends when its launcher has ended. */
  launcher?: Launcher | undefined;
}

/**
 * `shice serve`: starts by the environment, says where to open, serves until it is asked to end (end-request.ts), and
 * returns the exit status: 0 stopped in order, 1 not started, 130 stopped in a hurry (a second Ctrl-C), 70 ended by a fault.
 */
export async function serve(
  env: Readonly<Record<string, string | undefined>>,
  options: ServeOptions = {},
): Promise<number> {
  const read = readConfig(env);
  if ("problems" in read) {
    say(["配置有误，没有启动：", ...read.problems.map((problem) => `  · ${problem}`)]);
    return 1;
  }
  const { config } = read;
  const log = openLog(config.logLevel, logDestination(config));
  const ending = listenForEnd({ launcher: options.launcher, log });
  let running: Running;
  try {
    const stopping = new AbortController();
    ending.first.then(() => stopping.abort(new StartError("已按要求停止，没有准备好的数据下次启动时重新准备。")));
    const { signal } = stopping;
    const webFolder = await options.buildWeb?.(signal);
    running = await start(config, log, { ...options, webFolder, signal });
  } catch (error) {
    log.error({ err: error }, "not started");
    say([error instanceof StartError ? `没有启动：${error.message}` : "没有启动：出现意外的故障，详情见日志。"]);
    return 1;
  }
  say(welcome(config, running));
  await ending.first;
  say(["正在停止：等待办理中的请求结束……（再按一次 Ctrl-C 立即结束）"]);
  ending.second.then(() => running.hurry());
  await running.stop();
  say(["已停止。"]);
  return ending.status();
}

/** The plan of the reference notice, which a fresh installation starts with. */
function readReferencePlan(): string {
  return readFileSync(new URL("../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url), "utf8");
}

async function listen({ http }: App, { host, port }: Config): Promise<string> {
  try {
    const url = await http.listen({ host, port });
    return url.replace("127.0.0.1", "localhost");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE")
      throw new StartError(`端口 ${port} 已被其他程序占用。请停止该程序，或用 PORT 另指定端口。`);
    if (code === "EACCES")
      throw new StartError(`没有使用端口 ${port} 的权限。请用 PORT 指定1024以上的端口，由前置代理转发。`);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new StartError(`HOST 所指的地址 ${host} 不是本机地址。`);
    throw error;
  }
}

async function drain({ http }: App): Promise<void> {
  const cut = setTimeout(() => http.server.closeAllConnections(), drainMs);
  try {
    await http.close();
  } finally {
    clearTimeout(cut);
  }
}

function welcome(config: Config, { url, training, told, firstInvitation }: Running): string[] {
  return [
    training ? "师册已启动（演练模式：时钟可调，不发送真实邮件和短信）。" : "师册已启动。",
    ...(told === undefined ? [] : [`  注意：${told}`]),
    ...(training || config.publicUrl !== undefined
      ? []
      : ["  注意：没有设置 SHICE_PUBLIC_URL，邮件中只有验证码没有链接，打印的二维码只能在本机打开。"]),
    ...(training || config.smtpUrl !== undefined
      ? []
      : ["  注意：没有设置 SMTP_URL，验证邮箱、找回密码和通知的邮件发不出去。"]),
    `  打开：${config.publicUrl ?? url}`,
    `  接口说明：${config.publicUrl ?? url}/api/docs`,
    ...(firstInvitation === undefined ? [] : [`  首位系统管理员的邀请码（7天内有效，请勿外传）：${firstInvitation}`]),
    ...(config.databaseUrl === undefined ? [`  数据目录：${config.dataFolder}（请定期备份）`] : []),
    ...(process.stderr.isTTY ? [`  运行日志：${logFile(config)}`] : []),
    "  停止：按 Ctrl-C",
  ];
}

/** On a terminal the log would bury what a person is to read: it goes to a file there, otherwise to standard error. */
function logDestination(config: Config) {
  return process.stderr.isTTY
    ? pino.destination({ dest: logFile(config), mkdir: true, sync: false })
    : pino.destination({ dest: 2, sync: false });
}

function logFile(config: Config): string {
  return join(config.dataFolder, "shice.log");
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
