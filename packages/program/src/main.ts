import { findLauncher } from "@shice/server/platform/launcher.ts";
import { Command } from "commander";
import { environmentText, mistakeText, titleText } from "./command-text.zh.ts";
import { widthOf } from "./terminal-text.ts";

// Imported first, so that the end of a launcher is noticed even while the program starts.
const launcher = findLauncher(process.env);

/** The command `shice`. Each subcommand's code is loaded only when needed. */
const program = new Command("shice")
  .description("师册：中小学教师资格定期注册办理系统")
  .configureHelp({
    styleTitle: titleText,
    displayWidth: widthOf,
    subcommandTerm: (command) => `${command.name()} ${command.usage() === "[options]" ? "" : command.usage()}`.trim(),
  })
  .configureOutput({ outputError: (text, write) => write(mistakeText(text)) })
  .helpOption("-h, --help", "显示帮助")
  .helpCommand("help [命令]", "显示某个命令的帮助")
  .version("0.1.0", "-V, --version", "显示版本")
  .usage("<命令> [选项]");

program
  .command("serve")
  .description("启动服务（首次启动时自动建立数据库）")
  .usage(" ")
  .addHelpText("after", environmentText)
  .action(async () => {
    const { runServe } = await import("./serve.ts");
    await runServe(launcher);
  });

program
  .command("migrate")
  .description("将数据库升级到本程序的版本，不启动服务")
  .usage(" ")
  .action(async () => {
    const { runMigrate } = await import("./migrate.ts");
    await runMigrate();
  });

const plan = program.command("plan").description("批次方案").usage("<命令>");
plan
  .command("check")
  .description("检查一份批次方案，以日历形式列出，并逐条说明错误和提醒")
  .usage("<文件> [--json]")
  .argument("<文件>", "批次方案（YAML）")
  .option("--json", "输出 JSON，供程序读取")
  .action(async (file: string, options: { json?: boolean }) => {
    const { planCheck } = await import("./plan-check.ts");
    await planCheck(file, options);
  });

program
  .command("rehearse")
  .description("演练：在演练模式下由虚拟人员走完整个批次")
  .usage("[选项]")
  .allowUnknownOption()
  .allowExcessArguments()
  .action((_options: unknown, command: Command) => runModule("./rehearse.ts", command.args));

program
  .command("torture")
  .description("破坏性演练：在反复断电、断网、磁盘写满的情况下走完整个批次，核对无一遗漏")
  .usage("[选项]")
  .allowUnknownOption()
  .allowExcessArguments()
  .action((_options: unknown, command: Command) => runModule("./torture/run.ts", command.args));

program
  .command("bench")
  .description("测速：与执行同样SQL的空接口轮流比较")
  .usage("[选项]")
  .allowUnknownOption()
  .allowExcessArguments()
  .action((_options: unknown, command: Command) => runModule("./bench/run.ts", command.args));

const audit = program.command("audit").description("审计").usage("<命令>");
audit
  .command("verify")
  .description("校验办理经过、决定、审计日志、封存值和注册贴账目，无须启动服务")
  .usage("[选项]")
  .allowUnknownOption()
  .allowExcessArguments()
  .action((_options: unknown, command: Command) => runModule("./audit-verify.ts", command.args));

const proof = program.command("proof").description("注册结论的电子证明").usage("<命令>");
proof
  .command("verify")
  .description("用公布的公钥离线核验电子证明，无须连接系统")
  .usage("<核验码> --key <公钥文件>")
  .argument("<核验码>", "电子证明上的核验码，或二维码中的地址")
  .requiredOption("--key <公钥文件>", "公钥（PEM）")
  .action(async (code: string, { key }: { key: string }) => {
    const { proofVerify } = await import("./proof-verify.ts");
    proofVerify(code, key);
  });

for (const command of [program, ...program.commands, ...plan.commands, ...audit.commands, ...proof.commands]) {
  command.helpOption("-h, --help", "显示帮助");
}

await program.parseAsync();

/** A subcommand that parses its own arguments: its module exports `run(arguments)`. */
async function runModule(path: string, args: readonly string[]): Promise<void> {
  const loaded: { run(args: readonly string[]): Promise<void> } = await import(path);
  await loaded.run(args);
}
