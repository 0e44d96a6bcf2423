/**
 * What the program itself refuses, before or beside the rules: a request that cannot be read, a caller who is not
 * known, a repetition that differs, a fault. The sentences say what happened and what to do.
 */
export type PlatformRefusal =
  | { code: "request.malformed" }
  | { code: "request.too-large"; maximumBytes: number }
  | { code: "request.wrong-type" }
  | { code: "request.unauthenticated" }
  | { code: "request.forbidden" }
  | { code: "request.not-found" }
  | { code: "request.rate-limited"; retryAfterSeconds: number }
  | { code: "request.conflict" }
  | { code: "idempotency.mismatch" }
  | { code: "idempotency.running" }
  | { code: "input.invalid"; count: number }
  | { code: "server.error"; request: string }
  | { code: "server.unavailable" };

type Sentences = {
  readonly [Code in PlatformRefusal["code"]]: (refusal: Extract<PlatformRefusal, { code: Code }>) => string;
};

export const platformSentences = {
  "request.malformed": () => "提交的内容无法识别,没有办理。请刷新页面后重新填写提交。",
  "request.too-large": ({ maximumBytes }) =>
    `提交的内容过大(最多${sizeText(maximumBytes)}),没有办理。请减少一次提交的内容后再试。`,
  "request.wrong-type": () => "提交内容的格式不受支持,没有办理。请通过本系统的页面提交;程序接口只接受 JSON。",
  "request.unauthenticated": () => "您尚未登录,或登录已失效。请登录后再办理。",
  "request.forbidden": () => "您当前的岗位不能办理此项。如需办理,请切换岗位,或与系统管理员联系。",
  "request.not-found": () => "没有找到您要的内容,它可能不存在,或不在您的查看范围内。请核对后再试。",
  "request.rate-limited": ({ retryAfterSeconds }) => `操作过于频繁,请在${waitText(retryAfterSeconds)}后再试。`,
  "request.conflict": () => "刚才有人同时办理了相关事项,您的这次操作没有保存。请刷新页面,查看最新情况后再办理。",
  "idempotency.mismatch": () => "这次提交与先前用同一编号提交的内容不同,没有办理。请刷新页面后重新提交。",
  "idempotency.running": () => "同一次提交正在办理,请稍候再查看结果,不必重复提交。",
  "input.invalid": ({ count }) => `填写的内容有${count}处不符合要求,请按提示修改后再提交。`,
  "server.error": ({ request }) =>
    `系统出现故障,这次操作没有完成。请稍后再试;仍不能办理的,请将编号 ${request} 告知系统管理员。`,
  "server.unavailable": () => "系统暂时繁忙或正在维护,这次操作没有办理。已保存的内容不会丢失,请稍后再试。",
} satisfies Sentences;

function sizeText(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)}兆字节` : `${Math.floor(bytes / 1024)}千字节`;
}

function waitText(seconds: number): string {
  return seconds < 60 ? `${Math.max(1, Math.ceil(seconds))}秒` : `${Math.ceil(seconds / 60)}分钟`;
}
