import type { PlatformRefusal } from "../platform-refusal.ts";

type Sentences = {
  readonly [Code in PlatformRefusal["code"]]: (refusal: Extract<PlatformRefusal, { code: Code }>) => string;
};

export const platformSentences: Sentences = {
  "request.malformed": () => "提交的内容格式有误，请刷新页面后重试。",
  "request.too-large": ({ limitBytes }) => `提交的内容超过${Math.floor(limitBytes / 1024)}KB的上限，请减少内容后重试。`,
  "request.media-type": () => "提交的内容类型不受支持，请刷新页面后重试。",
  "request.unauthenticated": () => "您尚未登录，或登录已失效，请重新登录。",
  "request.forbidden": () => "您当前的岗位不能办理此事项。如有多个岗位，请先切换岗位。",
  "request.not-found": () => "没有找到您要办理的内容，可能已被移动，或不在您的管理范围内。",
  "request.rate-limited": ({ retryAfterSeconds }) => `操作过于频繁，请${retryAfterSeconds}秒后再试。`,
  "request.conflict": () => "与刚刚完成的另一项操作冲突，请刷新后查看最新情况。",
  "idempotency.mismatch": () => "这次提交与先前一次使用了同一编号，但内容不同。请刷新页面后重新提交。",
  "idempotency.running": () => "同一次提交正在办理，请稍候查看结果，不必重复提交。",
  "input.invalid": ({ fields }) =>
    fields.length === 1 && fields[0] !== undefined
      ? `填写有误：${withFullStop(fields[0].sentence)}`
      : `有${fields.length}处填写有误，请按提示逐项修改。`,
  "input.cursor": () => "翻页信息已失效，请从第一页重新查看。",
  "server.error": () => "系统出现错误，您刚才的操作没有完成。请稍后重试；仍有问题的，请把页面上的编号告诉管理员。",
  "server.busy": () => "现在同时上传的人较多，系统没有收下您提交的内容，请过一两分钟再试。",
  "server.unavailable": () => "系统暂时繁忙，您刚才的操作没有完成，请稍后重试。",
};

function withFullStop(sentence: string): string {
  return /[。!?]$/.test(sentence) ? sentence : `${sentence}。`;
}
