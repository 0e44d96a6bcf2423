import type { Role } from "@shice/rules/lifecycle/role.ts";

/** Who may call an operation at all. */
export type Verdict = "anyone" | "signed-in" | readonly Role[];

// Those who work on cases, at their three levels, and those who look on.
const school = ["school-clerk"] as const;
const district = ["district-reviewer", "district-lead"] as const;
const stickers = ["sticker-custodian", "sticker-handler"] as const;
const directory = ["campaign-manager", "account-administrator"] as const;
const onlookers = ["campaign-manager", "commission-approver", "auditor"] as const;
const caseReaders = [...school, ...district, "sticker-handler", "centre-reviewer", ...onlookers] as const;
const rosterReaders = [...school, ...district, "centre-reviewer", "campaign-manager", "auditor"] as const;
const figureReaders = [...district, "centre-reviewer", ...onlookers] as const;
const ledgerReaders = [...stickers, "district-lead", "campaign-manager", "auditor"] as const;

/**
 * What each role does in the registration, judged one operation at a time by hand from the duties of the roles:
 * the applicant for themselves; the school's clerk roster, confirmation and hand-over; the district's reviewer the
 * preliminary review and returns, its lead the public notice, objections and report; custodian and handler the ledger
 * of stickers; the centre's reviewer re-review and sampling; the campaign manager plan, extensions, organisations;
 * the approver the final decision. The administrators keep accounts and decide nothing, the auditor reads.
 * It is not derived from the contract: the test holds one against the other.
 */
export const verdicts: Readonly<Record<string, Verdict>> = {
  "accounts.register": "anyone",
  "accounts.signIn": "anyone",
  "accounts.signOut": "signed-in",
  "accounts.me": "signed-in",
  "accounts.verifyEmail": "anyone",
  "accounts.askPasswordReset": "anyone",
  "accounts.resetPassword": "anyone",
  "accounts.getChallenge": "anyone",
  "accounts.resendVerification": "signed-in",
  "accounts.getContacts": "signed-in",
  "accounts.askEmailChange": "signed-in",
  "accounts.changeMobile": "signed-in",
  "accounts.changePassword": "signed-in",
  "accounts.startAssistedReset": school,
  "accounts.finishAssistedReset": "anyone",
  "accounts.listSessions": "signed-in",
  "accounts.endSession": "signed-in",
  "accounts.invite": ["account-administrator"],
  "accounts.listInvitations": ["account-administrator"],
  "accounts.acceptInvitation": "anyone",
  "accounts.withdrawInvitation": ["account-administrator"],
  "accounts.listPosts": ["account-administrator", "security-administrator"],
  "accounts.endPost": ["account-administrator", "security-administrator"],
  "accounts.disableAccount": ["account-administrator", "security-administrator"],
  "accounts.enableAccount": ["account-administrator"],
  "accounts.listRefusedSignIns": ["security-administrator"],
  "accounts.listColleagues": [...stickers, "district-lead", "campaign-manager"],

  "campaigns.listCampaigns": "anyone",
  "campaigns.getCampaign": "anyone",
  "campaigns.getWindow": "anyone",
  "campaigns.getFormPlan": "anyone",
  "campaigns.listTexts": "anyone",
  "campaigns.setText": ["campaign-manager"],
  "campaigns.askEligibility": "anyone",
  "campaigns.createCampaign": ["campaign-manager"],
  "campaigns.amendPlan": ["campaign-manager"],
  "campaigns.listPlanVersions": "anyone",
  "campaigns.grantExtension": ["campaign-manager"],
  "campaigns.listExtensions": ["campaign-manager", "district-lead", "auditor"],
  "campaigns.closeCampaign": ["campaign-manager"],
  "campaigns.enterRestriction": ["district-lead", "campaign-manager"],
  "campaigns.reviewRestriction": ["district-lead", "campaign-manager"],
  "campaigns.listRestrictions": ["district-lead", "campaign-manager"],

  "organisations.searchSchools": "anyone",
  "organisations.listBodies": "anyone",
  "organisations.addSchools": directory,
  "organisations.renameSchool": directory,
  "organisations.mergeSchool": directory,

  "roster.addRoster": [...school, ...district],
  "roster.listRoster": rosterReaders,
  "roster.setStanding": [...school, ...district],
  "roster.countRoster": rosterReaders,

  "applicant.start": ["applicant"],
  "applicant.about": ["applicant"],
  "applicant.addAttachment": ["applicant"],
  "applicant.arrangeAttachments": ["applicant"],
  "applicant.erase": ["applicant"],
  "applicant.listViews": ["applicant"],
  "applicant.getProof": ["applicant"],
  "applicant.own": ["applicant"],
  "applicant.saveDraft": ["applicant"],
  "applicant.submit": ["applicant"],
  "applicant.recall": ["applicant"],
  "applicant.discard": ["applicant"],
  "applicant.withdraw": ["applicant"],
  "applicant.askWithdrawal": ["applicant"],
  "applicant.resubmit": ["applicant"],
  "applicant.appeal": ["applicant"],

  "documents.getForm": [...caseReaders, "applicant"],
  "documents.getSlip": [...caseReaders, "applicant"],
  "documents.getResult": ["applicant"],
  "documents.getAttachment": [...caseReaders, "applicant"],

  "cases.listQueue": caseReaders,
  "cases.countQueue": caseReaders,
  "cases.getCase": caseReaders,
  "cases.listHistory": [...caseReaders, "applicant"],
  "cases.revealIdNumber": [...school, ...district, "centre-reviewer"],
  "cases.reopen": ["campaign-manager", "district-lead"],
  "cases.transfer": ["campaign-manager", "district-lead"],
  "cases.carryOver": ["campaign-manager"],

  "confirmation.saveChecks": school,
  "confirmation.supplySheets": school,
  "confirmation.confirm": school,
  "confirmation.confirmMany": school,
  "confirmation.returnToApplicant": school,
  "confirmation.refuse": school,
  "confirmation.unconfirm": school,
  "confirmation.releaseWithdrawal": school,
  "confirmation.withdrawForTeacher": school,
  "confirmation.handOver": school,
  "confirmation.handOverAgain": school,
  "confirmation.passOnReturn": school,

  "preliminary.listManifests": [...school, ...district],
  "preliminary.getManifest": [...school, ...district],
  "preliminary.receiveManifest": district,
  "preliminary.recordFacts": ["district-reviewer"],
  "preliminary.decide": ["district-reviewer"],
  "preliminary.decideMany": ["district-reviewer"],
  "preliminary.sendBack": ["district-reviewer"],
  "preliminary.reopenPreliminary": district,
  "preliminary.askCorrection": district,

  "notice.listNotices": "anyone",
  "notice.getNotice": "anyone",
  "notice.raiseObjection": "anyone",
  "notice.publish": ["district-lead"],
  "notice.closeNotice": ["district-lead"],
  "notice.listObjections": district,
  "notice.openInquiry": ["district-lead"],
  "notice.dismiss": ["district-lead"],
  "notice.uphold": ["district-lead"],

  "report.getStatistics": figureReaders,
  "report.listPeople": figureReaders,
  "report.prepareReport": ["district-reviewer"],
  "report.report": ["district-lead"],
  "report.listReports": figureReaders,
  "report.receivePaper": ["centre-reviewer", "campaign-manager"],
  "report.acceptReport": ["centre-reviewer", "campaign-manager"],

  "review.commitSample": ["centre-reviewer"],
  "review.drawSample": ["centre-reviewer"],
  "review.listSamples": ["centre-reviewer"],
  "review.listSample": ["centre-reviewer"],
  "review.recordSample": ["centre-reviewer"],
  "review.approveMany": ["centre-reviewer"],
  "review.returnToDistrict": ["centre-reviewer"],
  "review.answerUnchanged": ["district-reviewer"],
  "review.decideAnew": ["district-reviewer"],
  "review.listCorrections": ["centre-reviewer"],
  "review.decideCorrection": ["centre-reviewer"],

  "decision.conclude": ["commission-approver"],
  "decision.listDecisions": onlookers,
  "decision.getDecisionList": onlookers,
  "decision.returnToReview": ["commission-approver"],
  "decision.revoke": ["commission-approver"],

  "marking.openSeries": ["sticker-custodian", "campaign-manager"],
  "marking.listSeries": ledgerReaders,
  "marking.receiveStickers": stickers,
  "marking.printStickers": stickers,
  "marking.issueStickers": stickers,
  "marking.returnStickers": stickers,
  "marking.scrapStickers": stickers,
  "marking.countStickers": stickers,
  "marking.listBalances": ledgerReaders,
  "marking.listNeeds": ledgerReaders,
  "marking.listHoldings": ledgerReaders,
  "marking.listMovements": ledgerReaders,
  "marking.markBySticker": ["sticker-handler"],
  "marking.recallSticker": stickers,
  "marking.markByAnnotation": ["sticker-handler"],

  "archive.archiveMany": district,
  "archive.listCatalogue": [...district, "auditor"],

  "messages.listMessages": "signed-in",
  "messages.markRead": "signed-in",
  "messages.listFailed": ["account-administrator", ...school],

  "audit.listAudit": ["auditor"],
  "audit.verifyChains": ["auditor"],
  "audit.verifyConclusion": "anyone",
  "audit.verifyProof": "anyone",

  "jobs.listJobs": ["account-administrator"],
  "jobs.retryJob": ["account-administrator"],

  "training.getState": "anyone",
  "training.getClock": "anyone",
  "training.listMails": "anyone",
  "training.listSent": "anyone",
  "training.setClock": "anyone",
  "training.signInAs": "anyone",
  "training.reset": "anyone",
};
