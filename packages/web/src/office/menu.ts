import type { StaffRole } from "@shice/rules/lifecycle/role.ts";

const pages = {
  desk: { key: "desk", label: "现场确认" },
  roster: { key: "roster", label: "应注册教师名册" },
  assessments: { key: "roster/assessments", label: "考核与学时" },
  assistance: { key: "assistance", label: "学校代填" },
  silent: { key: "silent-schools", label: "学校未核对" },
  sheets: { key: "sheets", label: "学校证明" },
  handOver: { key: "hand-over", label: "报送" },
  manifests: { key: "manifests", label: "交接清单" },
  returns: { key: "returns", label: "退回原因排行" },
  notices: { key: "notices", label: "公示" },
  objections: { key: "objections", label: "异议" },
  reports: { key: "reports", label: "统计与上报" },
  samples: { key: "samples", label: "抽查" },
  corrections: { key: "corrections", label: "更正申请" },
  decisions: { key: "decisions", label: "终审决定" },
  stickers: { key: "stickers", label: "注册贴" },
  catalogue: { key: "catalogue", label: "档案目录" },
  campaign: { key: "campaign", label: "批次方案与延期" },
  organisations: { key: "organisations", label: "学校目录" },
  restrictions: { key: "restrictions", label: "限制库" },
  staff: { key: "staff", label: "人员与邀请" },
  security: { key: "security", label: "岗位与登录安全" },
  conversations: { key: "conversations", label: "教师留言" },
  circulars: { key: "circulars", label: "群发通知" },
  wordings: { key: "wordings", label: "消息用语" },
  deliveries: { key: "deliveries", label: "未送达的消息" },
  jobs: { key: "jobs", label: "后台任务" },
  audit: { key: "audit", label: "审计日志" },
} as const;

/** A page of the office beside queues and cases. */
export type OfficePage = (typeof pages)[keyof typeof pages];

/** Which pages belong to the work of each role, in the order of its day; pages of one kind of work stand together. */
export const pagesOf: Record<StaffRole, readonly (readonly OfficePage[])[]> = {
  "school-clerk": [
    [pages.desk, pages.sheets, pages.handOver, pages.manifests, pages.returns],
    [pages.roster, pages.assistance, pages.assessments],
    [pages.conversations, pages.circulars, pages.deliveries],
  ],
  "district-reviewer": [
    [pages.manifests, pages.objections, pages.reports, pages.returns, pages.catalogue],
    [pages.roster, pages.silent, pages.organisations],
    [pages.conversations],
  ],
  "district-lead": [
    [pages.notices, pages.objections, pages.reports, pages.manifests, pages.returns],
    [pages.roster, pages.silent, pages.organisations, pages.restrictions],
    [pages.stickers, pages.catalogue],
    [pages.conversations, pages.circulars],
  ],
  "sticker-custodian": [[pages.stickers]],
  "sticker-handler": [[pages.stickers]],
  "centre-reviewer": [
    [pages.reports, pages.samples, pages.corrections, pages.returns],
    [pages.roster, pages.organisations],
  ],
  "campaign-manager": [
    [pages.campaign, pages.reports, pages.returns, pages.decisions, pages.stickers],
    [pages.roster, pages.organisations, pages.restrictions],
    [pages.circulars, pages.wordings],
  ],
  "commission-approver": [[pages.decisions, pages.reports]],
  "account-administrator": [[pages.staff, pages.organisations, pages.deliveries, pages.jobs]],
  "security-administrator": [[pages.security]],
  auditor: [
    [pages.audit, pages.reports, pages.decisions, pages.stickers, pages.catalogue],
    [pages.roster, pages.organisations],
  ],
};
