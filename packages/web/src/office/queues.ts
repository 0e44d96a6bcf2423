import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import type { State } from "@shice/rules/lifecycle/state.ts";
import type { BulkAct } from "./acts/bulk.ts";

/** A heap of work of one role: which cases lie in it, what is done with them, and what of that goes for many at once. */
export interface QueueView {
  key: string;
  title: string;
  states: readonly State[];
  filter?: { markWith?: "sticker" | "annotation" | "none"; flagged?: "yes" | "no" };
  /** What the holder of the post has to do with these; on the first page and above the list. */
  todo: string;
  /** Work of this role, rather than something to look on. */
  mine: boolean;
  bulk?: readonly BulkAct[];
  /** Where this is done, when a page of its own is made for it. */
  page?: { key: "hand-over"; label: string; search: { kind: "first" | "again" } };
}

const ended: QueueView = {
  key: "ended",
  title: "已办结",
  states: ["archived", "withdrawn", "lapsed", "refused", "revoked"],
  todo: "已归档、撤回、视为自动放弃、不予受理和撤销注册的。",
  mine: false,
};

/** The heaps of each role, in the order of the day's work. */
export const queuesOf: Partial<Record<StaffRole, readonly QueueView[]>> = {
  "school-clerk": [
    {
      key: "to-confirm",
      title: "待现场确认",
      states: ["submitted"],
      todo: "核对原件，逐项记录材料，无误后确认；有误的退回教师修改。",
      mine: true,
      bulk: ["confirm"],
    },
    {
      key: "sent-back",
      title: "区县退回",
      states: ["sent-back"],
      todo: "按区县要求补正后再次报送，需要教师修改的转给教师。",
      mine: true,
      page: { key: "hand-over", label: "到“报送”再次报送", search: { kind: "again" } },
    },
    {
      key: "to-hand-over",
      title: "已确认，待报送",
      states: ["confirmed"],
      todo: "核对人数和材料份数，生成交接清单，统一报送区县。",
      mine: true,
      page: { key: "hand-over", label: "到“报送”核对并报送", search: { kind: "first" } },
    },
    {
      key: "returned",
      title: "退回教师修改",
      states: ["returned"],
      todo: "等待教师修改。临近截止的，请提醒本人。",
      mine: false,
    },
    { key: "draft", title: "填报中", states: ["draft"], todo: "还没有提交的。请提醒本人在截止前提交。", mine: false },
    {
      key: "upstream",
      title: "区县及以上办理中",
      states: [
        "handed-over",
        "preliminary",
        "on-notice",
        "inquiry",
        "noticed",
        "reported",
        "review-returned",
        "reviewed",
        "concluded",
        "marked",
      ],
      todo: "已经报送，由区县、市中心和市教委办理。",
      mine: false,
    },
    ended,
  ],
  "district-reviewer": [
    {
      key: "to-decide",
      title: "待初审",
      states: ["handed-over"],
      todo: "查看材料和建议结论，作出初审意见；材料不全的退回学校补正。",
      mine: true,
      bulk: ["decide"],
    },
    {
      key: "review-returned",
      title: "复审退回",
      states: ["review-returned"],
      todo: "维持原意见并答复，或者重新作出初审意见。",
      mine: true,
    },
    { key: "decided", title: "已初审", states: ["preliminary"], todo: "等待负责人公布公示名单。", mine: false },
    {
      key: "on-notice",
      title: "公示与上报",
      states: ["on-notice", "inquiry", "noticed", "reported"],
      todo: "公示、异议核查和上报中的。",
      mine: false,
    },
    { key: "sent-back", title: "已退回学校", states: ["sent-back"], todo: "等待学校补正。", mine: false },
    {
      key: "to-archive",
      title: "待归档",
      states: ["marked"],
      todo: "一份存入个人档案，一份由区县归档，登记盒号和件号。",
      mine: true,
      bulk: ["archive"],
    },
    {
      key: "with-school",
      title: "学校办理中",
      states: ["draft", "submitted", "returned", "confirmed"],
      todo: "还没有报送的。",
      mine: false,
    },
    { key: "concluded", title: "已终审", states: ["reviewed", "concluded"], todo: "等待登记注册结论。", mine: false },
    ended,
  ],
  "district-lead": [
    {
      key: "to-publish",
      title: "已初审，待公示",
      states: ["preliminary"],
      todo: "核对拟注册结论，公布公示名单；公示不得少于7天。",
      mine: true,
      bulk: ["publish"],
    },
    {
      key: "inquiry",
      title: "异议核查中",
      states: ["inquiry"],
      todo: "核查后作出异议成立或不成立的答复。",
      mine: true,
    },
    {
      key: "to-report",
      title: "公示期满，待上报",
      states: ["noticed"],
      todo: "审核统计表，上报市中心。",
      mine: true,
    },
    { key: "on-notice", title: "公示中", states: ["on-notice"], todo: "公示期满前不能提前结束。", mine: false },
    {
      key: "to-decide",
      title: "待初审",
      states: ["handed-over", "sent-back", "review-returned"],
      todo: "由初审员办理。",
      mine: false,
    },
    {
      key: "reported",
      title: "已上报",
      states: ["reported", "reviewed"],
      todo: "由市中心复审、市教委终审。",
      mine: false,
    },
    { key: "concluded", title: "已终审", states: ["concluded", "marked"], todo: "登记注册结论后归档。", mine: false },
    {
      key: "with-school",
      title: "学校办理中",
      states: ["draft", "submitted", "returned", "confirmed"],
      todo: "还没有报送的。",
      mine: false,
    },
    ended,
  ],
  "sticker-handler": [
    {
      key: "to-paste",
      title: "待粘贴注册贴",
      states: ["concluded"],
      filter: { markWith: "sticker" },
      todo: "旧版证书：粘贴注册贴，加盖骑缝公章，登记序号。",
      mine: true,
    },
    {
      key: "to-annotate",
      title: "待标注",
      states: ["concluded"],
      filter: { markWith: "annotation" },
      todo: "新版证书：在注册页标注注册结论。",
      mine: true,
      bulk: ["annotate"],
    },
    { key: "marked", title: "已登记结论", states: ["marked", "archived"], todo: "已经登记注册结论的。", mine: false },
  ],
  "centre-reviewer": [
    {
      key: "to-review",
      title: "待复审",
      states: ["reported"],
      todo: "对照材料和抽查结果复审；有疑问的退回区县。",
      mine: true,
      bulk: ["approve"],
    },
    { key: "returned", title: "已退回区县", states: ["review-returned"], todo: "等待区县答复。", mine: false },
    { key: "reviewed", title: "已复审，待终审", states: ["reviewed"], todo: "由市教委终审。", mine: false },
    {
      key: "below",
      title: "区县办理中",
      states: ["handed-over", "sent-back", "preliminary", "on-notice", "inquiry", "noticed"],
      todo: "初审和公示中的。",
      mine: false,
    },
    {
      key: "concluded",
      title: "已终审",
      states: ["concluded", "marked", "archived"],
      todo: "已作出注册结论的。",
      mine: false,
    },
  ],
  "campaign-manager": [
    {
      key: "under-way",
      title: "办理中",
      states: [
        "draft",
        "submitted",
        "returned",
        "confirmed",
        "handed-over",
        "sent-back",
        "preliminary",
        "on-notice",
        "inquiry",
        "noticed",
        "reported",
        "review-returned",
        "reviewed",
        "concluded",
        "marked",
      ],
      todo: "尚未办结的。批次结束前须全部办结，或写明理由转入下一批次。",
      mine: false,
    },
    {
      key: "lapsed",
      title: "视为自动放弃、不予受理",
      states: ["lapsed", "refused"],
      todo: "批准延期后可以恢复办理。",
      mine: false,
    },
    { ...ended, states: ["archived", "withdrawn", "revoked"] },
  ],
  "commission-approver": [
    {
      key: "to-conclude",
      title: "待终审",
      states: ["reviewed"],
      todo: "核对拟定结论与复审情况，按名单作出终审结论；有疑问的退回复审。",
      mine: true,
      bulk: ["conclude"],
    },
    {
      key: "concluded",
      title: "已终审",
      states: ["concluded", "marked", "archived"],
      todo: "已作出注册结论的。",
      mine: false,
    },
    { key: "revoked", title: "撤销注册", states: ["revoked"], todo: "因弄虚作假等撤销注册的。", mine: false },
  ],
  auditor: [
    {
      key: "all",
      title: "全部申请",
      states: [
        "draft",
        "submitted",
        "returned",
        "confirmed",
        "handed-over",
        "sent-back",
        "preliminary",
        "on-notice",
        "inquiry",
        "noticed",
        "reported",
        "review-returned",
        "reviewed",
        "concluded",
        "marked",
        "archived",
        "withdrawn",
        "lapsed",
        "refused",
        "revoked",
      ],
      todo: "只能查看，不能办理。查看会记入日志。",
      mine: false,
    },
  ],
};
