import { contract } from "@shice/contract/contract.ts";
import { staffCallersOf } from "@shice/contract/may-call.ts";
import { staffRoles } from "@shice/rules/lifecycle/role.ts";
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { z } from "zod";
import { QueueSearch } from "./office/cases/search.ts";
import { HandOverSearch } from "./office/hand-over/search.ts";
import { DirectorySearch } from "./office/organisations/search.ts";
import { ManifestSearch, ManifestsSearch } from "./office/preliminary/search.ts";
import { ReturnsSearch } from "./office/returns/search.ts";
import { RosterSearch } from "./office/roster/search.ts";
import { BrokenPage } from "./ui/BrokenPage.tsx";
import { findDefaultCampaign, readCampaign } from "./ui/campaign.ts";
import { NotFoundPage } from "./ui/NotFoundPage.tsx";
import { findMe, requirePost } from "./ui/session.ts";
import { readTraining } from "./ui/training.ts";

const Back = z.object({ back: z.string().max(2000).optional().catch(undefined) });
const Token = z.object({ token: z.string().max(400).optional().catch(undefined) });

const root = createRootRoute({
  // Known before the first page is drawn: a bar that came later would push what is being pressed from under the finger.
  loader: readTraining,
  component: Outlet,
  errorComponent: BrokenPage,
  notFoundComponent: NotFoundPage,
});

/** Pages with the office's controls; all others stay light. */
const rich = createRoute({
  getParentRoute: () => root,
  id: "rich",
  component: lazyRouteComponent(() => import("./office/AntRoot.tsx"), "AntRoot"),
});

const welcome = createRoute({
  getParentRoute: () => rich,
  path: "/welcome",
  component: lazyRouteComponent(() => import("./welcome/WelcomePage.tsx"), "WelcomePage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: Back,
  component: lazyRouteComponent(() => import("./account/SignInPage.tsx"), "SignInPage"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  validateSearch: Token,
  component: lazyRouteComponent(() => import("./account/InvitationPage.tsx"), "InvitationPage"),
});
const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  component: lazyRouteComponent(() => import("./account/RegisterPage.tsx"), "RegisterPage"),
});
const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: "/verify-email",
  validateSearch: Token,
  component: lazyRouteComponent(() => import("./account/VerifyEmailPage.tsx"), "VerifyEmailPage"),
});
const forgotten = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(() => import("./account/ForgottenPage.tsx"), "ForgottenPage"),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  validateSearch: Token,
  component: lazyRouteComponent(() => import("./account/ResetPasswordPage.tsx"), "ResetPasswordPage"),
});
const mailbox = createRoute({
  getParentRoute: () => root,
  path: "/mailbox",
  component: lazyRouteComponent(() => import("./account/MailboxPage.tsx"), "MailboxPage"),
});
const assistedReset = createRoute({
  getParentRoute: () => root,
  path: "/assisted-reset",
  component: lazyRouteComponent(() => import("./account/AssistedResetPage.tsx"), "AssistedResetPage"),
});

/** Whoever is not signed in is asked to, and comes back to where they wanted to go. */
async function requireMe({ location }: { location: { href: string } }) {
  if ((await findMe()) === null) throw redirect({ to: "/sign-in", search: { back: location.href } });
}
const posts = createRoute({
  getParentRoute: () => root,
  path: "/posts",
  validateSearch: Back,
  beforeLoad: requireMe,
  component: lazyRouteComponent(() => import("./account/PostsPage.tsx"), "PostsPage"),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  beforeLoad: requireMe,
  component: lazyRouteComponent(() => import("./account/AccountPage.tsx"), "AccountPage"),
});
const my = createRoute({
  getParentRoute: () => root,
  path: "/my",
  beforeLoad: requireMe,
  component: lazyRouteComponent(() => import("./applicant/MyFrame.tsx"), "MyFrame"),
});
const myFirst = createRoute({
  getParentRoute: () => my,
  path: "/",
  component: lazyRouteComponent(() => import("./applicant/MyPage.tsx"), "MyPage"),
});
const myStep = createRoute({
  getParentRoute: () => my,
  path: "step/$step",
  component: lazyRouteComponent(() => import("./applicant/StepPage.tsx"), "StepPage"),
});
const myMessages = createRoute({
  getParentRoute: () => my,
  path: "messages",
  component: lazyRouteComponent(() => import("./applicant/MyMessagesPage.tsx"), "MyMessagesPage"),
});
const myTalk = createRoute({
  getParentRoute: () => my,
  path: "talk",
  component: lazyRouteComponent(() => import("./applicant/TalkPage.tsx"), "TalkPage"),
});
const myMore = createRoute({
  getParentRoute: () => my,
  path: "more",
  component: lazyRouteComponent(() => import("./applicant/MorePage.tsx"), "MorePage"),
});

const officeEntry = createRoute({
  getParentRoute: () => root,
  path: "/office",
  beforeLoad: async ({ location }) => {
    await requirePost(location.href);
    const campaign = await findDefaultCampaign();
    if (campaign !== undefined) throw redirect({ to: "/office/$campaign", params: { campaign } });
  },
});
const office = createRoute({
  getParentRoute: () => rich,
  path: "/office/$campaign",
  beforeLoad: ({ location }) => requirePost(location.href),
  loader: ({ params }) => readCampaign(params.campaign),
  errorComponent: BrokenPage,
  component: lazyRouteComponent(() => import("./office/Frame.tsx"), "Frame"),
});
const filling = createRoute({
  getParentRoute: () => office,
  path: "assistance/$application",
  component: lazyRouteComponent(() => import("./office/assistance/FillingPage.tsx"), "FillingPage"),
});

/** The roles that work on cases, and so have queues. */
const casework = staffCallersOf(contract.cases.listQueue);

/** Every page of the office: its path, its page, what its address says; for the menu its title, its group, who sees it. */
const officePages = {
  today: createRoute({
    getParentRoute: () => office,
    path: "/",
    component: lazyRouteComponent(() => import("./office/today/TodayPage.tsx"), "TodayPage"),
    staticData: { menu: { title: "今日工作", group: "entry", roles: staffRoles } },
  }),
  queue: createRoute({
    getParentRoute: () => office,
    path: "queue",
    validateSearch: QueueSearch,
    component: lazyRouteComponent(() => import("./office/cases/QueuePage.tsx"), "QueuePage"),
    staticData: { menu: { title: "办件", group: "entry", roles: casework } },
  }),
  oneCase: createRoute({
    getParentRoute: () => office,
    path: "case/$application",
    component: lazyRouteComponent(() => import("./office/cases/CasePage.tsx"), "CasePage"),
  }),
  campaign: createRoute({
    getParentRoute: () => office,
    path: "campaign",
    component: lazyRouteComponent(() => import("./office/campaigns/CampaignPage.tsx"), "CampaignPage"),
    staticData: {
      menu: { title: "批次方案与延期", group: "work", roles: staffCallersOf(contract.campaigns.amendPlan) },
    },
  }),
  desk: createRoute({
    getParentRoute: () => office,
    path: "desk",
    validateSearch: z.object({ case: z.uuid().optional().catch(undefined) }),
    component: lazyRouteComponent(() => import("./office/desk/DeskPage.tsx"), "DeskPage"),
    staticData: { menu: { title: "现场确认", group: "work", roles: staffCallersOf(contract.confirmation.takeUp) } },
  }),
  sheets: createRoute({
    getParentRoute: () => office,
    path: "sheets",
    component: lazyRouteComponent(() => import("./office/sheets/SheetsPage.tsx"), "SheetsPage"),
    staticData: {
      menu: { title: "学校证明", group: "work", roles: staffCallersOf(contract.confirmation.supplySheets) },
    },
  }),
  handOver: createRoute({
    getParentRoute: () => office,
    path: "hand-over",
    validateSearch: HandOverSearch,
    component: lazyRouteComponent(() => import("./office/hand-over/HandOverPage.tsx"), "HandOverPage"),
    staticData: { menu: { title: "报送", group: "work", roles: staffCallersOf(contract.confirmation.handOver) } },
  }),
  manifests: createRoute({
    getParentRoute: () => office,
    path: "manifests",
    validateSearch: ManifestsSearch,
    component: lazyRouteComponent(() => import("./office/preliminary/ManifestsPage.tsx"), "ManifestsPage"),
    staticData: {
      menu: { title: "交接清单", group: "work", roles: staffCallersOf(contract.preliminary.listManifests) },
    },
  }),
  manifest: createRoute({
    getParentRoute: () => office,
    path: "manifests/$manifest",
    validateSearch: ManifestSearch,
    component: lazyRouteComponent(() => import("./office/preliminary/ManifestPage.tsx"), "ManifestPage"),
  }),
  notices: createRoute({
    getParentRoute: () => office,
    path: "notices",
    component: lazyRouteComponent(() => import("./office/notice/NoticesPage.tsx"), "NoticesPage"),
    staticData: { menu: { title: "公示", group: "work", roles: staffCallersOf(contract.notice.publish) } },
  }),
  notice: createRoute({
    getParentRoute: () => office,
    path: "notices/$notice",
    component: lazyRouteComponent(() => import("./office/notice/NoticePage.tsx"), "NoticePage"),
  }),
  objections: createRoute({
    getParentRoute: () => office,
    path: "objections",
    component: lazyRouteComponent(() => import("./office/notice/ObjectionsPage.tsx"), "ObjectionsPage"),
    staticData: { menu: { title: "异议", group: "work", roles: staffCallersOf(contract.notice.listObjections) } },
  }),
  samples: createRoute({
    getParentRoute: () => office,
    path: "samples",
    component: lazyRouteComponent(() => import("./office/review/SamplesPage.tsx"), "SamplesPage"),
    staticData: { menu: { title: "抽查", group: "work", roles: staffCallersOf(contract.review.listSamples) } },
  }),
  corrections: createRoute({
    getParentRoute: () => office,
    path: "corrections",
    component: lazyRouteComponent(() => import("./office/review/CorrectionsPage.tsx"), "CorrectionsPage"),
    staticData: { menu: { title: "更正申请", group: "work", roles: staffCallersOf(contract.review.listCorrections) } },
  }),
  decisions: createRoute({
    getParentRoute: () => office,
    path: "decisions",
    component: lazyRouteComponent(() => import("./office/decision/DecisionsPage.tsx"), "DecisionsPage"),
    staticData: {
      menu: { title: "终审决定", group: "work", roles: staffCallersOf(contract.decision.listDecisions) },
    },
  }),
  reports: createRoute({
    getParentRoute: () => office,
    path: "reports",
    component: lazyRouteComponent(() => import("./office/report/ReportsPage.tsx"), "ReportsPage"),
    staticData: {
      menu: {
        title: "统计与上报",
        group: "work",
        roles: staffCallersOf(contract.report.listReports),
      },
    },
  }),
  returns: createRoute({
    getParentRoute: () => office,
    path: "returns",
    validateSearch: ReturnsSearch,
    component: lazyRouteComponent(() => import("./office/returns/ReturnsPage.tsx"), "ReturnsPage"),
    staticData: {
      menu: {
        title: "退回原因排行",
        group: "work",
        roles: staffCallersOf(contract.returns.rankReturns),
      },
    },
  }),
  audit: createRoute({
    getParentRoute: () => office,
    path: "audit",
    component: lazyRouteComponent(() => import("./office/audit/AuditPage.tsx"), "AuditPage"),
    staticData: { menu: { title: "审计日志", group: "work", roles: staffCallersOf(contract.audit.listAudit) } },
  }),
  staff: createRoute({
    getParentRoute: () => office,
    path: "staff",
    component: lazyRouteComponent(() => import("./office/accounts/StaffPage.tsx"), "StaffPage"),
    staticData: { menu: { title: "人员与邀请", group: "work", roles: staffCallersOf(contract.accounts.invite) } },
  }),
  security: createRoute({
    getParentRoute: () => office,
    path: "security",
    component: lazyRouteComponent(() => import("./office/accounts/SecurityPage.tsx"), "SecurityPage"),
    staticData: {
      menu: { title: "岗位与登录安全", group: "work", roles: staffCallersOf(contract.accounts.listRefusedSignIns) },
    },
  }),
  stickers: createRoute({
    getParentRoute: () => office,
    path: "stickers",
    component: lazyRouteComponent(() => import("./office/marking/StickersPage.tsx"), "StickersPage"),
    staticData: {
      menu: {
        title: "注册贴",
        group: "certificates",
        roles: staffCallersOf(contract.marking.listBalances),
      },
    },
  }),
  catalogue: createRoute({
    getParentRoute: () => office,
    path: "catalogue",
    component: lazyRouteComponent(() => import("./office/archive/CataloguePage.tsx"), "CataloguePage"),
    staticData: {
      menu: { title: "档案目录", group: "certificates", roles: staffCallersOf(contract.archive.listCatalogue) },
    },
  }),
  roster: createRoute({
    getParentRoute: () => office,
    path: "roster",
    validateSearch: RosterSearch,
    component: lazyRouteComponent(() => import("./office/roster/RosterPage.tsx"), "RosterPage"),
    staticData: {
      menu: {
        title: "应注册教师名册",
        group: "people",
        roles: staffCallersOf(contract.roster.listRoster),
      },
    },
  }),
  rosterImport: createRoute({
    getParentRoute: () => office,
    path: "roster/import",
    component: lazyRouteComponent(() => import("./office/roster/ImportPage.tsx"), "ImportPage"),
  }),
  rosterBatches: createRoute({
    getParentRoute: () => office,
    path: "roster/batches",
    component: lazyRouteComponent(() => import("./office/roster/BatchesPage.tsx"), "BatchesPage"),
  }),
  rosterParked: createRoute({
    getParentRoute: () => office,
    path: "roster/parked",
    component: lazyRouteComponent(() => import("./office/roster/ParkedPage.tsx"), "ParkedPage"),
  }),
  rosterOff: createRoute({
    getParentRoute: () => office,
    path: "roster/off",
    component: lazyRouteComponent(() => import("./office/roster/OffRosterPage.tsx"), "OffRosterPage"),
  }),
  lapsing: createRoute({
    getParentRoute: () => office,
    path: "roster/lapsing",
    component: lazyRouteComponent(() => import("./office/roster/LapsingPage.tsx"), "LapsingPage"),
  }),
  assistance: createRoute({
    getParentRoute: () => office,
    path: "assistance",
    component: lazyRouteComponent(() => import("./office/assistance/AssistancePage.tsx"), "AssistancePage"),
    staticData: { menu: { title: "学校代填", group: "people", roles: staffCallersOf(contract.assistance.start) } },
  }),
  filling: filling.addChildren({
    fillingSteps: createRoute({
      getParentRoute: () => filling,
      path: "/",
      component: lazyRouteComponent(() => import("./office/assistance/FillingPage.tsx"), "FillingSteps"),
    }),
    fillingStep: createRoute({
      getParentRoute: () => filling,
      path: "step/$step",
      component: lazyRouteComponent(() => import("./office/assistance/FillingPage.tsx"), "FillingStep"),
    }),
  }),
  assessments: createRoute({
    getParentRoute: () => office,
    path: "roster/assessments",
    component: lazyRouteComponent(() => import("./office/roster/AssessmentsPage.tsx"), "AssessmentsPage"),
    staticData: { menu: { title: "考核与学时", group: "people", roles: staffCallersOf(contract.roster.remind) } },
  }),
  silentSchools: createRoute({
    getParentRoute: () => office,
    path: "silent-schools",
    component: lazyRouteComponent(() => import("./office/roster/SilentSchoolsPage.tsx"), "SilentSchoolsPage"),
    staticData: {
      menu: { title: "学校未核对", group: "people", roles: staffCallersOf(contract.roster.listSilentSchools) },
    },
  }),
  organisations: createRoute({
    getParentRoute: () => office,
    path: "organisations",
    validateSearch: DirectorySearch,
    component: lazyRouteComponent(() => import("./office/organisations/OrganisationsPage.tsx"), "OrganisationsPage"),
    staticData: {
      menu: {
        title: "学校目录",
        group: "people",
        roles: staffCallersOf(contract.organisations.listSchools),
      },
    },
  }),
  directoryImport: createRoute({
    getParentRoute: () => office,
    path: "organisations/import",
    component: lazyRouteComponent(
      () => import("./office/organisations/DirectoryImportPage.tsx"),
      "DirectoryImportPage",
    ),
  }),
  oneSchool: createRoute({
    getParentRoute: () => office,
    path: "organisations/$school",
    component: lazyRouteComponent(() => import("./office/organisations/SchoolPage.tsx"), "SchoolPage"),
  }),
  splitSchool: createRoute({
    getParentRoute: () => office,
    path: "organisations/$school/split",
    component: lazyRouteComponent(() => import("./office/organisations/SplitPage.tsx"), "SplitPage"),
  }),
  restrictions: createRoute({
    getParentRoute: () => office,
    path: "restrictions",
    component: lazyRouteComponent(() => import("./office/campaigns/RestrictionsPage.tsx"), "RestrictionsPage"),
    staticData: {
      menu: { title: "限制库", group: "people", roles: staffCallersOf(contract.campaigns.listRestrictions) },
    },
  }),
  conversations: createRoute({
    getParentRoute: () => office,
    path: "conversations",
    component: lazyRouteComponent(() => import("./office/conversation/ConversationsPage.tsx"), "ConversationsPage"),
    staticData: {
      menu: { title: "教师留言", group: "messages", roles: staffCallersOf(contract.conversation.listOpen) },
    },
  }),
  circulars: createRoute({
    getParentRoute: () => office,
    path: "circulars",
    component: lazyRouteComponent(() => import("./office/messages/CircularsPage.tsx"), "CircularsPage"),
    staticData: {
      menu: { title: "群发通知", group: "messages", roles: staffCallersOf(contract.messages.sendCircular) },
    },
  }),
  wordings: createRoute({
    getParentRoute: () => office,
    path: "wordings",
    component: lazyRouteComponent(() => import("./office/messages/WordingsPage.tsx"), "WordingsPage"),
    staticData: {
      menu: { title: "消息用语", group: "messages", roles: staffCallersOf(contract.messages.listWordings) },
    },
  }),
  deliveries: createRoute({
    getParentRoute: () => office,
    path: "deliveries",
    component: lazyRouteComponent(() => import("./office/messages/DeliveriesPage.tsx"), "DeliveriesPage"),
    staticData: {
      menu: { title: "未送达的消息", group: "messages", roles: staffCallersOf(contract.messages.listFailed) },
    },
  }),
  jobs: createRoute({
    getParentRoute: () => office,
    path: "jobs",
    component: lazyRouteComponent(() => import("./office/jobs/JobsPage.tsx"), "JobsPage"),
    staticData: { menu: { title: "后台任务", group: "messages", roles: staffCallersOf(contract.jobs.listJobs) } },
  }),
  messages: createRoute({
    getParentRoute: () => office,
    path: "messages",
    component: lazyRouteComponent(() => import("./office/messages/MessagesPage.tsx"), "MessagesPage"),
  }),
};

const tree = root.addChildren([
  signIn,
  invitation,
  register,
  verifyEmail,
  forgotten,
  resetPassword,
  assistedReset,
  mailbox,
  posts,
  account,
  officeEntry,
  my.addChildren([myFirst, myStep, myMessages, myTalk, myMore]),
  rich.addChildren([welcome, office.addChildren(officePages)]),
]);

/** Every view has an address of its own, which can be shared and reloaded. */
export const router = createRouter({ routeTree: tree, defaultPreload: "intent", scrollRestoration: true });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
