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
import { HandOverSearch } from "./office/confirmation/search.ts";
import { DirectorySearch } from "./office/organisations/search.ts";
import { ManifestSearch, ManifestsSearch } from "./office/preliminary/search.ts";
import { ReturnsSearch } from "./office/returns/search.ts";
import { RosterSearch } from "./office/roster/search.ts";
import { findDefaultCampaign, readCampaign } from "./ui/campaign.ts";
import { NotFound, Shattered } from "./ui/Shattered.tsx";
import { findMe, requirePost } from "./ui/session.ts";
import { readTraining } from "./welcome/training.ts";

const Back = z.object({ back: z.string().max(2000).optional().catch(undefined) });
const Token = z.object({ token: z.string().max(400).optional().catch(undefined) });

const root = createRootRoute({
  // Known before the first page is drawn: a bar that came later would push what is being pressed from under the finger.
  loader: readTraining,
  component: Outlet,
  errorComponent: Shattered,
  notFoundComponent: NotFound,
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
  errorComponent: Shattered,
  component: lazyRouteComponent(() => import("./office/Frame.tsx"), "Frame"),
});
const today = createRoute({
  getParentRoute: () => office,
  path: "/",
  component: lazyRouteComponent(() => import("./office/today/TodayPage.tsx"), "TodayPage"),
});
const queue = createRoute({
  getParentRoute: () => office,
  path: "queue",
  validateSearch: QueueSearch,
  component: lazyRouteComponent(() => import("./office/cases/QueuePage.tsx"), "QueuePage"),
});
const oneCase = createRoute({
  getParentRoute: () => office,
  path: "case/$application",
  component: lazyRouteComponent(() => import("./office/cases/CasePage.tsx"), "CasePage"),
});
const messages = createRoute({
  getParentRoute: () => office,
  path: "messages",
  component: lazyRouteComponent(() => import("./office/messages/MessagesPage.tsx"), "MessagesPage"),
});
const conversations = createRoute({
  getParentRoute: () => office,
  path: "conversations",
  component: lazyRouteComponent(() => import("./office/conversation/ConversationsPage.tsx"), "ConversationsPage"),
});
const circulars = createRoute({
  getParentRoute: () => office,
  path: "circulars",
  component: lazyRouteComponent(() => import("./office/messages/CircularsPage.tsx"), "CircularsPage"),
});
const wordings = createRoute({
  getParentRoute: () => office,
  path: "wordings",
  component: lazyRouteComponent(() => import("./office/messages/WordingsPage.tsx"), "WordingsPage"),
});
const deliveries = createRoute({
  getParentRoute: () => office,
  path: "deliveries",
  component: lazyRouteComponent(() => import("./office/messages/DeliveriesPage.tsx"), "DeliveriesPage"),
});
const jobs = createRoute({
  getParentRoute: () => office,
  path: "jobs",
  component: lazyRouteComponent(() => import("./office/jobs/JobsPage.tsx"), "JobsPage"),
});
const roster = createRoute({
  getParentRoute: () => office,
  path: "roster",
  validateSearch: RosterSearch,
  component: lazyRouteComponent(() => import("./office/roster/RosterPage.tsx"), "RosterPage"),
});
const desk = createRoute({
  getParentRoute: () => office,
  path: "desk",
  validateSearch: z.object({ case: z.uuid().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import("./office/confirmation/DeskPage.tsx"), "DeskPage"),
});
const sheets = createRoute({
  getParentRoute: () => office,
  path: "sheets",
  component: lazyRouteComponent(() => import("./office/confirmation/SheetsPage.tsx"), "SheetsPage"),
});
const assessments = createRoute({
  getParentRoute: () => office,
  path: "roster/assessments",
  component: lazyRouteComponent(() => import("./office/roster/AssessmentsPage.tsx"), "AssessmentsPage"),
});
const rosterImport = createRoute({
  getParentRoute: () => office,
  path: "roster/import",
  component: lazyRouteComponent(() => import("./office/roster/ImportPage.tsx"), "ImportPage"),
});
const assistance = createRoute({
  getParentRoute: () => office,
  path: "assistance",
  component: lazyRouteComponent(() => import("./office/assistance/AssistancePage.tsx"), "AssistancePage"),
});
const filling = createRoute({
  getParentRoute: () => office,
  path: "assistance/$application",
  component: lazyRouteComponent(() => import("./office/assistance/FillingPage.tsx"), "FillingPage"),
});
const fillingSteps = createRoute({
  getParentRoute: () => filling,
  path: "/",
  component: lazyRouteComponent(() => import("./office/assistance/FillingPage.tsx"), "FillingSteps"),
});
const fillingStep = createRoute({
  getParentRoute: () => filling,
  path: "step/$step",
  component: lazyRouteComponent(() => import("./office/assistance/FillingPage.tsx"), "FillingStep"),
});
const rosterBatches = createRoute({
  getParentRoute: () => office,
  path: "roster/batches",
  component: lazyRouteComponent(() => import("./office/roster/BatchesPage.tsx"), "BatchesPage"),
});
const rosterParked = createRoute({
  getParentRoute: () => office,
  path: "roster/parked",
  component: lazyRouteComponent(() => import("./office/roster/ParkedPage.tsx"), "ParkedPage"),
});
const rosterOff = createRoute({
  getParentRoute: () => office,
  path: "roster/off",
  component: lazyRouteComponent(() => import("./office/roster/OffRosterPage.tsx"), "OffRosterPage"),
});
const lapsing = createRoute({
  getParentRoute: () => office,
  path: "roster/lapsing",
  component: lazyRouteComponent(() => import("./office/roster/LapsingPage.tsx"), "LapsingPage"),
});
const silentSchools = createRoute({
  getParentRoute: () => office,
  path: "silent-schools",
  component: lazyRouteComponent(() => import("./office/roster/SilentSchoolsPage.tsx"), "SilentSchoolsPage"),
});
const manifests = createRoute({
  getParentRoute: () => office,
  path: "manifests",
  validateSearch: ManifestsSearch,
  component: lazyRouteComponent(() => import("./office/preliminary/ManifestsPage.tsx"), "ManifestsPage"),
});
const manifest = createRoute({
  getParentRoute: () => office,
  path: "manifests/$manifest",
  validateSearch: ManifestSearch,
  component: lazyRouteComponent(() => import("./office/preliminary/ManifestPage.tsx"), "ManifestPage"),
});
const notices = createRoute({
  getParentRoute: () => office,
  path: "notices",
  component: lazyRouteComponent(() => import("./office/notice/NoticesPage.tsx"), "NoticesPage"),
});
const notice = createRoute({
  getParentRoute: () => office,
  path: "notices/$notice",
  component: lazyRouteComponent(() => import("./office/notice/NoticePage.tsx"), "NoticePage"),
});
const objections = createRoute({
  getParentRoute: () => office,
  path: "objections",
  component: lazyRouteComponent(() => import("./office/notice/ObjectionsPage.tsx"), "ObjectionsPage"),
});
const reports = createRoute({
  getParentRoute: () => office,
  path: "reports",
  component: lazyRouteComponent(() => import("./office/report/ReportsPage.tsx"), "ReportsPage"),
});
const samples = createRoute({
  getParentRoute: () => office,
  path: "samples",
  component: lazyRouteComponent(() => import("./office/review/SamplesPage.tsx"), "SamplesPage"),
});
const corrections = createRoute({
  getParentRoute: () => office,
  path: "corrections",
  component: lazyRouteComponent(() => import("./office/review/CorrectionsPage.tsx"), "CorrectionsPage"),
});
const decisions = createRoute({
  getParentRoute: () => office,
  path: "decisions",
  component: lazyRouteComponent(() => import("./office/decision/DecisionsPage.tsx"), "DecisionsPage"),
});
const stickers = createRoute({
  getParentRoute: () => office,
  path: "stickers",
  component: lazyRouteComponent(() => import("./office/marking/StickersPage.tsx"), "StickersPage"),
});
const catalogue = createRoute({
  getParentRoute: () => office,
  path: "catalogue",
  component: lazyRouteComponent(() => import("./office/archive/CataloguePage.tsx"), "CataloguePage"),
});
const campaign = createRoute({
  getParentRoute: () => office,
  path: "campaign",
  component: lazyRouteComponent(() => import("./office/campaigns/CampaignPage.tsx"), "CampaignPage"),
});
const organisations = createRoute({
  getParentRoute: () => office,
  path: "organisations",
  validateSearch: DirectorySearch,
  component: lazyRouteComponent(() => import("./office/organisations/OrganisationsPage.tsx"), "OrganisationsPage"),
});
const directoryImport = createRoute({
  getParentRoute: () => office,
  path: "organisations/import",
  component: lazyRouteComponent(() => import("./office/organisations/DirectoryImportPage.tsx"), "DirectoryImportPage"),
});
const oneSchool = createRoute({
  getParentRoute: () => office,
  path: "organisations/$school",
  component: lazyRouteComponent(() => import("./office/organisations/SchoolPage.tsx"), "SchoolPage"),
});
const splitSchool = createRoute({
  getParentRoute: () => office,
  path: "organisations/$school/split",
  component: lazyRouteComponent(() => import("./office/organisations/SplitPage.tsx"), "SplitPage"),
});
const handOver = createRoute({
  getParentRoute: () => office,
  path: "hand-over",
  validateSearch: HandOverSearch,
  component: lazyRouteComponent(() => import("./office/confirmation/HandOverPage.tsx"), "HandOverPage"),
});
const returns = createRoute({
  getParentRoute: () => office,
  path: "returns",
  validateSearch: ReturnsSearch,
  component: lazyRouteComponent(() => import("./office/returns/ReturnsPage.tsx"), "ReturnsPage"),
});
const restrictions = createRoute({
  getParentRoute: () => office,
  path: "restrictions",
  component: lazyRouteComponent(() => import("./office/campaigns/RestrictionsPage.tsx"), "RestrictionsPage"),
});
const staff = createRoute({
  getParentRoute: () => office,
  path: "staff",
  component: lazyRouteComponent(() => import("./office/accounts/StaffPage.tsx"), "StaffPage"),
});
const security = createRoute({
  getParentRoute: () => office,
  path: "security",
  component: lazyRouteComponent(() => import("./office/accounts/SecurityPage.tsx"), "SecurityPage"),
});
const audit = createRoute({
  getParentRoute: () => office,
  path: "audit",
  component: lazyRouteComponent(() => import("./office/audit/AuditPage.tsx"), "AuditPage"),
});

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
  rich.addChildren([
    welcome,
    office.addChildren([
      today,
      queue,
      oneCase,
      messages,
      deliveries,
      roster,
      manifests,
      manifest,
      notices,
      notice,
      objections,
      reports,
      samples,
      corrections,
      decisions,
      stickers,
      catalogue,
      campaign,
      organisations,
      restrictions,
      staff,
      security,
      jobs,
      audit,
      rosterImport,
      assessments,
      desk,
      sheets,
      assistance,
      filling.addChildren([fillingSteps, fillingStep]),
      directoryImport,
      oneSchool,
      splitSchool,
      handOver,
      returns,
      rosterBatches,
      rosterParked,
      rosterOff,
      lapsing,
      silentSchools,
      conversations,
      circulars,
      wordings,
    ]),
  ]),
]);

/** Every view has an address of its own, which can be shared and reloaded. */
export const router = createRouter({ routeTree: tree, defaultPreload: "intent", scrollRestoration: true });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
