import type { Client } from "@shice/contract/client.ts";
import type { ActField, Entered } from "./spec.ts";
import { codesOf, maybe, wordsOf } from "./spec.ts";

export type BulkAct = "confirm" | "decide" | "publish" | "approve" | "conclude" | "annotate" | "archive";

export interface BulkOutcome {
  rows: { application: string; ok: boolean; refusal?: { code: string; sentence: string } | undefined }[];
}

/** An act on many cases at once. Where one paper results (manifest, notice, decision), all go in one call. */
export interface BulkSpec {
  title: string;
  tells: string;
  fields: readonly ActField[];
  /** All rows belong on one list, which one call makes. */
  oneList: boolean;
  grave?: true;
  send: (
    client: Client,
    campaign: string,
    applications: string[],
    entered: Entered,
    context: { context: { idempotencyKey: string } },
  ) => Promise<BulkOutcome>;
}

export const bulkActs = {
  confirm: {
    title: "批量确认",
    tells: "只确认材料已全部记录的申请；缺材料的逐件说明，不受影响。",
    fields: [],
    oneList: false,
    send: (client, campaign, applications, _entered, context) =>
      client.confirmation.confirmMany({ campaign, applications }, context),
  },
  decide: {
    title: "批量作出初审意见",
    tells: "所选申请作出同一意见，由您负责。有提示的申请请逐件办理。",
    fields: [
      { kind: "conclusion", name: "conclusion" },
      { kind: "reasons", name: "reasons", use: "decide" },
      { kind: "words", name: "text", label: "补充说明", required: false },
    ],
    oneList: false,
    send: (client, campaign, applications, entered, context) =>
      client.preliminary.decideMany(
        {
          campaign,
          applications,
          conclusion: wordsOf(entered, "conclusion"),
          reasons: codesOf(entered, "reasons"),
          ...maybe(entered, "text"),
        },
        context,
      ),
  },
  publish: {
    title: "公布公示名单",
    tells: "公布后名单不能改动，公示期满前不能结束。请先核对拟注册结论。",
    fields: [],
    oneList: true,
    send: async (client, campaign, applications, _entered, context) =>
      (await client.notice.publish({ campaign, applications }, context)).outcome,
  },
  approve: {
    title: "批量复审通过",
    tells: "所选申请复审通过，报市教委终审。抽查有出入的请逐件核对。",
    fields: [],
    oneList: false,
    send: (client, campaign, applications, _entered, context) =>
      client.review.approveMany({ campaign, applications }, context),
  },
  conclude: {
    title: "作出终审结论",
    tells: "所选申请按拟定结论列入一份决定名单，名单经数字签名，作出后不能改动。",
    fields: [{ kind: "line", name: "number", label: "决定文号", example: "渝教师发〔2017〕30号" }],
    oneList: true,
    grave: true,
    send: async (client, campaign, applications, entered, context) =>
      (await client.decision.conclude({ campaign, applications, number: wordsOf(entered, "number") }, context)).outcome,
  },
  annotate: {
    title: "登记标注",
    tells: "登记所选证书的注册页已经标注注册结论。请在标注之后登记。",
    fields: [],
    oneList: false,
    send: (client, campaign, applications, _entered, context) =>
      client.marking.markByAnnotation({ campaign, applications }, context),
  },
  archive: {
    title: "归档",
    tells: "申请表一份存入个人档案，一份装入所填档案盒，按所选顺序编号。",
    fields: [
      { kind: "line", name: "box", label: "档案盒号", example: "2017-01" },
      { kind: "count", name: "firstItem", label: "盒内首件序号", first: 1 },
      {
        kind: "choice",
        name: "opinionBy",
        label: "申请表上的注册结论",
        options: [
          { value: "stamp", label: "加盖结论印章" },
          { value: "hand", label: "手写" },
        ],
      },
    ],
    oneList: true,
    send: (client, campaign, applications, entered, context) =>
      client.archive.archiveMany(
        {
          campaign,
          applications,
          box: wordsOf(entered, "box"),
          firstItem: Number(entered["firstItem"]),
          opinionBy: entered["opinionBy"] === "hand" ? "hand" : "stamp",
        },
        context,
      ),
  },
} as const satisfies Record<BulkAct, BulkSpec>;

export function bulkActOf(name: BulkAct): BulkSpec {
  return bulkActs[name];
}
