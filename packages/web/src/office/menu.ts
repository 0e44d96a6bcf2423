import type { StaffRole } from "@shice/rules/lifecycle/role.ts";

const pages = {
  roster: { key: "roster", label: "应注册教师名册" },
  manifests: { key: "manifests", label: "交接清单" },
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
  deliveries: { key: "deliveries", label: "未送达的消息" },
  jobs: { key: "jobs", label: "后台任务" },
  audit: { key: "audit", label: "审计日志" },
} as const;

/** A page of the office beside queues and cases. */
export type OfficePage = (typeof pages)[keyof typeof pages];

/** Which pages belong to the work of each role, in the order of its day. */
export const pagesOf: Record<StaffRole, readonly OfficePage[]> = {
  "school-clerk": [pages.roster, pages.manifests, pages.deliveries],
  "district-reviewer": [pages.manifests, pages.roster, pages.objections, pages.reports, pages.catalogue],
  "district-lead": [
    ...[pages.notices, pages.objections, pages.reports, pages.manifests, pages.roster],
    ...[pages.stickers, pages.catalogue, pages.restrictions],
  ],
  "sticker-custodian": [pages.stickers],
  "sticker-handler": [pages.stickers],
  "centre-reviewer": [pages.reports, pages.samples, pages.corrections, pages.roster],
  "campaign-manager": [
    ...[pages.campaign, pages.organisations, pages.reports, pages.roster],
    ...[pages.decisions, pages.stickers, pages.restrictions],
  ],
  "commission-approver": [pages.decisions, pages.reports],
  "account-administrator": [pages.staff, pages.organisations, pages.deliveries, pages.jobs],
  "security-administrator": [pages.security],
  auditor: [pages.audit, pages.reports, pages.decisions, pages.stickers, pages.catalogue, pages.roster],
};
