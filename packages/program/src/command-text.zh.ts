/** Headings of the help, replacing those of the library that prints it. */
const titles: Readonly<Record<string, string>> = {
  "Usage:": "用法：",
  "Arguments:": "参数：",
  "Options:": "选项：",
  "Commands:": "命令：",
};

export function titleText(title: string): string {
  return titles[title] ?? title;
}

const mistakes: readonly [RegExp, (...parts: string[]) => string][] = [
  [/missing required argument '(.+?)'/, (name) => `缺少参数“${name}”。`],
  [/option '(.+?)' argument missing/, (name) => `选项“${name}”缺少内容。`],
  [/unknown option '(.+?)'/, (name) => `没有选项“${name}”。`],
  [/unknown command '(.+?)'/, (name) => `没有命令“${name}”。`],
  [/too many arguments/, () => "参数过多。"],
];

/** A Chinese sentence for a faulty command line, with a reference to the help. */
export function mistakeText(text: string): string {
  for (const [pattern, say] of mistakes) {
    const found = pattern.exec(text);
    if (found !== null) return `${say(...found.slice(1))}可用 shice --help 查看用法。\n`;
  }
  return text;
}

export const environmentText = `
环境变量：
  PORT              端口，默认 3000
  HOST              监听地址，默认 127.0.0.1
  DATABASE_URL      使用外部 PostgreSQL 18；不设置时使用随附的数据库
  SHICE_DATA        数据目录，默认 data
  SHICE_SECRET      加密密钥，不少于32个字符；使用外部数据库时必须设置
  SHICE_TRAINING    off 正式使用，on 演练模式；默认在空数据库上建立演示
  SHICE_CONNECTIONS 办理请求所用的数据库连接数，默认 20
  SHICE_PUBLIC_URL  对外网址，如 https://zc.example.gov.cn
  SMTP_URL          邮件服务器，如 smtp://用户:密码@主机:587/?from=地址
  SHICE_CIPHER      aes-256-gcm（默认）或 sm4-gcm
  SHICE_SIGNATURE   ed25519（默认）或 sm2
  SHICE_LOG_LEVEL   日志级别，默认 info
`;
