import type { AuditFault, FaultKind } from "../audit-fault.ts";

const sentences: { readonly [Kind in FaultKind]: (fault: AuditFault) => string } = {
  "history.content": ({ subject, number }) => `申请${subject}的第${number}条办理记录被改动，内容与校验码不符`,
  "history.not-keyed": ({ subject, number }) =>
    `申请${subject}的第${number}条办理记录没有用本系统的密钥生成校验码，不是本系统写入的`,
  "history.link": ({ subject, number }) => `申请${subject}的第${number}条办理记录与上一条接不上`,
  "history.gap": ({ subject, number }) => `申请${subject}的第${number}条办理记录之前缺少记录`,
  "history.state": ({ subject, number }) => `申请${subject}的第${number}条办理记录的办理前状态与上一条的结果不一致`,
  "history.missing": ({ subject }) => `申请${subject}没有任何办理记录`,
  "history.sealed-otherwise": ({ subject, number }) =>
    `申请${subject}的第${number}条办理记录与封存时不一致，或者已被删除`,
  "application.head": ({ subject, number }) => `申请${subject}的现状与最后一条（第${number}条）办理记录不一致`,
  "application.head-code": ({ subject, number }) =>
    `申请${subject}的末条校验码不符：第${number}条之后的办理记录可能被删除，或者申请被改动`,
  "application.column": ({ subject, column }) => `申请${subject}的字段“${column}”与办理记录不一致`,
  "decision.list": ({ subject }) => `决定${subject}的名单与作出决定时不一致`,
  "decision.signature": ({ subject }) => `决定${subject}的签名无效`,
  "decision.missing": ({ subject, number }) =>
    `申请${subject}的第${number}条办理记录所依据的决定不存在，或者决定中没有该申请`,
  "decision.conclusion": ({ subject }) => `申请${subject}的注册结论与签名的决定不一致`,
  "audit.content": ({ subject, number }) => `第${number}条审计记录（${subject}）被改动，内容与校验码不符`,
  "audit.link": ({ subject, number }) => `第${number}条审计记录（${subject}）与上一条接不上`,
  "audit.gap": ({ subject, number }) => `第${number}条审计记录（${subject}）之前缺少记录`,
  "audit.unnumbered": ({ subject }) => `审计记录${subject}不是本系统写入的`,
  "audit.end": ({ number }) => `审计日志的末尾被改动：第${number ?? 0}条之后的记录可能被删除`,
  "seal.content": ({ subject }) => `第${subject}号封存值与按封存内容重新计算的不一致`,
  "seal.link": ({ subject }) => `第${subject}号封存值与上一号接不上`,
  "seal.missing": ({ subject }) => `审计日志中记载的第${subject}号封存值不存在，或者与记载的不一致`,
  "seal.audit-log": ({ subject, number }) => `第${subject}号封存值所封存的第${number}条审计记录与现在的不一致`,
  "sticker.movement": ({ subject }) => `注册贴流转记录${subject}被改动，或者不是本系统写入的`,
  "sticker.movement-missing": ({ subject }) => `审计日志中记载的注册贴流转记录${subject}不存在`,
  "sticker.holding": ({ subject }) => `注册贴号段${subject}的存放记录与流转记录不一致`,
  "sticker.balance": ({ subject }) => `单位${subject}的注册贴结存与流转记录不一致`,
  "sticker.marking": ({ subject }) => `申请${subject}登记的注册贴与流转记录不一致`,
};

/** The sentence of a fault, for an auditor. */
export function faultTextOf(fault: AuditFault): string {
  return sentences[fault.kind](fault);
}
