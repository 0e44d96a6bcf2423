import { z } from "zod";
import {
  ActOutcome,
  Applications,
  BulkOutcome,
  InCampaign,
  Instant,
  OfApplication,
  PageQuery,
  pageOf,
  Uuid,
  Version,
} from "./common.ts";
import { call } from "./operation.ts";
import { ConclusionKey, ReasonCode } from "./terms.ts";

const tag = "登记结论与注册贴";
const stickerKeepers = ["sticker-custodian", "sticker-handler"] as const;
const readers = [...stickerKeepers, "district-lead", "campaign-manager", "auditor"] as const;

/** Serials as people type them: both ends included, one range or several, such as 渝A00000001至渝A00000100，205. */
const Serials = { series: Uuid, serials: z.string().max(500) };
/**
 * The second of the two people of a movement. If the caller is the handler, this account is the custodian, and the
 * reverse.
 */
const Partner = {
  partner: Uuid,
  document: z.string().trim().max(100).optional(),
};

const Movement = z.object({
  id: Uuid,
  kind: z.enum(["receive", "print", "issue", "return", "use", "recall", "scrap"]),
  from: z.string(),
  to: z.string(),
  count: z.string(),
  fromPlace: z.string().nullable(),
  toPlace: z.string().nullable(),
  custodian: z.string(),
  handler: z.string(),
  witness: z.string().nullable(),
  reason: z.string().nullable(),
  at: Instant,
});
/** The movements of one act, one for each range, and the number of stickers moved. */
const Moved = z.object({ count: z.string(), movements: z.array(Movement) });
const Balance = z.object({
  organisation: z.string(),
  organisationId: Uuid,
  series: Uuid,
  prefix: z.string(),
  received: z.string(),
  issued: z.string(),
  used: z.string(),
  scrapped: z.string(),
  returned: z.string(),
  inHand: z.string(),
});

/**
 * Stickers as supervised stock: two people for every movement; annotation of new certificates (Notice §三(六), §四(三)).
 */
export const markingContract = {
  openSeries: call("POST", "/campaigns/{campaign}/sticker-series", {
    callers: ["sticker-custodian", "campaign-manager"],
    tag,
    summary: "登记注册贴号段前缀",
  })
    .input(
      InCampaign.extend({
        prefix: z.string().trim().max(20),
        digits: z.int().min(4).max(15),
      }),
    )
    .output(z.object({ series: Uuid })),
  listSeries: call("GET", "/campaigns/{campaign}/sticker-series", {
    callers: readers,
    tag,
    summary: "注册贴号段前缀",
  })
    .input(InCampaign)
    .output(z.array(z.object({ id: Uuid, prefix: z.string(), digits: z.int() }))),
  receiveStickers: call("POST", "/campaigns/{campaign}/stickers/receive", {
    callers: stickerKeepers,
    tag,
    summary: "市中心领取注册贴",
  })
    .input(InCampaign.extend({ ...Serials, ...Partner }))
    .output(Moved),
  printStickers: call("POST", "/campaigns/{campaign}/stickers/print", {
    callers: stickerKeepers,
    tag,
    summary: "打印注册结论",
  })
    .input(
      InCampaign.extend({
        ...Serials,
        ...Partner,
        conclusion: ConclusionKey,
      }),
    )
    .output(Moved),
  issueStickers: call("POST", "/campaigns/{campaign}/stickers/issue", {
    callers: stickerKeepers,
    tag,
    summary: "向区县发放",
  })
    .input(InCampaign.extend({ ...Serials, ...Partner, authority: Uuid }))
    .output(Moved),
  returnStickers: call("POST", "/campaigns/{campaign}/stickers/return", {
    callers: stickerKeepers,
    tag,
    summary: "区县退回",
  })
    .input(InCampaign.extend({ ...Serials, ...Partner }))
    .output(Moved),
  scrapStickers: call("POST", "/campaigns/{campaign}/stickers/scrap", {
    callers: stickerKeepers,
    tag,
    summary: "报废",
  })
    .input(
      InCampaign.extend({
        ...Serials,
        ...Partner,
        reason: ReasonCode,
        witness: z.string().trim().min(2, "请填写监销人").max(50),
      }),
    )
    .output(Moved),
  countStickers: call("POST", "/campaigns/{campaign}/stickers/count", {
    callers: stickerKeepers,
    tag,
    summary: "盘点",
  })
    .input(
      InCampaign.extend({
        series: Uuid,
        counted: z.string().regex(/^\d{1,15}$/, "枚数只能是数字"),
        partner: Uuid,
        remark: z.string().trim().max(500).optional(),
      }),
    )
    .output(
      z.object({
        expected: z.string(),
        counted: z.string(),
        difference: z.string(),
      }),
    ),
  listBalances: call("GET", "/campaigns/{campaign}/stickers/balances", {
    callers: readers,
    tag,
    summary: "注册贴收支结存",
  })
    .input(InCampaign)
    .output(z.array(Balance)),
  listNeeds: call("GET", "/campaigns/{campaign}/stickers/needs", {
    callers: readers,
    tag,
    summary: "按实际注册数应领数量",
  })
    .input(InCampaign)
    .output(
      z.array(
        z.object({
          authority: z.string(),
          authorityId: Uuid,
          conclusion: ConclusionKey,
          needed: z.int(),
          printedInHand: z.string(),
        }),
      ),
    ),
  listHoldings: call("GET", "/campaigns/{campaign}/stickers/holdings", {
    callers: readers,
    tag,
    summary: "在库号段",
  })
    .input(InCampaign)
    .output(
      z.array(
        z.object({
          series: Uuid,
          organisation: z.string(),
          from: z.string(),
          to: z.string(),
          printedConclusion: ConclusionKey.nullable(),
        }),
      ),
    ),
  listMovements: call("GET", "/campaigns/{campaign}/stickers/movements", {
    callers: readers,
    tag,
    summary: "注册贴流水",
  })
    .input(InCampaign.extend(PageQuery.shape))
    .output(pageOf(Movement)),
  markBySticker: call("POST", "/campaigns/{campaign}/applications/{application}/mark-by-sticker", {
    callers: ["sticker-handler"],
    tag,
    summary: "粘贴注册贴并加盖骑缝章",
  })
    .input(
      OfApplication.extend({
        version: Version,
        series: Uuid,
        serial: z.string().max(100),
        custodian: Uuid,
        ridingSeal: z.literal(true, "须加盖骑缝公章"),
      }),
    )
    .output(ActOutcome),
  recallSticker: call("POST", "/campaigns/{campaign}/applications/{application}/recall-sticker", {
    afterClosing: true,
    callers: stickerKeepers,
    tag,
    summary: "收回被撤销注册的证书上的注册贴",
  })
    .input(
      OfApplication.extend({
        ...Partner,
        reason: ReasonCode,
        witness: z.string().trim().min(2, "请填写监销人").max(50),
      }),
    )
    .output(Movement),
  markByAnnotation: call("POST", "/campaigns/{campaign}/annotations", {
    callers: ["sticker-handler"],
    tag,
    summary: "在新版证书注册页标注（可批量）",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(BulkOutcome),
};
