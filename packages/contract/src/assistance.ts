import { ApplicationDraft } from "@shice/rules/form/form.ts";
import { z } from "zod";
import { AboutForm, ArrangedPages, Attachments, NewAttachment, OwnApplication } from "./applicant.ts";
import { caseReaders } from "./cases.ts";
import {
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
import { State } from "./terms.ts";

const tag = "学校代填";
const callers = ["school-clerk"] as const;

/** A draft that the school fills in or has filled in. */
const AssistedItem = z.object({
  application: Uuid,
  number: z.string(),
  name: z.string(),
  school: z.string().nullable(),
  state: State,
  stateTitle: z.string(),
  begunAt: Instant,
  lastAt: Instant,
  clerk: z.string().nullable(),
  attestedAt: Instant.nullable(),
  /** Whether the teacher has an account for reminders. */
  registered: z.boolean(),
  askedAt: Instant.nullable(),
  /** Number of entries still missing before the draft can be submitted. */
  missing: z.int(),
});

/** A clerk's entries in one sitting. */
const SittingView = z.object({
  clerk: z.string(),
  organisation: z.string().nullable(),
  from: Instant,
  until: Instant,
  /** Fields of the form and scans, by their titles. */
  entries: z.array(z.string()),
});

/**
 * The clerk fills in and the teacher attests (Notice §三(一), 学校统一组织). None of these calls covers the teacher's own acts:
 * privacy notice, undertaking and submission.
 */
export const assistanceContract = {
  start: call("POST", "/campaigns/{campaign}/assistance", {
    callers,
    tag,
    summary: "开始代填：名册中的教师，或名册外的本校教师",
  })
    .input(
      InCampaign.extend({
        /** A person on the roster, or somebody not on it yet, who is added by this call. */
        entry: Uuid.optional(),
        person: z
          .object({
            school: Uuid,
            name: z.string().max(60),
            documentKind: z.string().max(40).default("id-card"),
            idNumber: z.string().max(40),
          })
          .optional(),
      }),
    )
    .output(z.object({ application: Uuid })),
  list: call("GET", "/campaigns/{campaign}/assistance", { callers, tag, summary: "代填的申请，及本人是否已经确认" })
    .input(InCampaign.extend({ ...PageQuery.shape, attested: z.enum(["yes", "no"]).default("no") }))
    .output(pageOf(AssistedItem)),
  listSchools: call("GET", "/campaigns/{campaign}/assistance/schools", { callers, tag, summary: "可以代填的学校" })
    .input(InCampaign)
    .output(z.array(z.object({ id: Uuid, name: z.string() }))),
  getForm: call("GET", "/campaigns/{campaign}/assistance/{application}", { callers, tag, summary: "查看代填的申请" })
    .input(OfApplication)
    .output(OwnApplication),
  about: call("GET", "/campaigns/{campaign}/assistance/{application}/about", {
    callers,
    tag,
    summary: "代填申请的相关情况：名册对照、材料、照片和扫描件",
  })
    .input(OfApplication)
    .output(AboutForm),
  saveForm: call("PUT", "/campaigns/{campaign}/assistance/{application}/form", {
    callers,
    tag,
    summary: "保存代填的内容",
  })
    .input(OfApplication.extend({ version: Version, form: ApplicationDraft }))
    .output(OwnApplication),
  addAttachment: call("POST", "/campaigns/{campaign}/assistance/{application}/attachments", {
    callers,
    tag,
    summary: "代为上传照片或扫描件的一页",
  })
    .input(NewAttachment)
    .output(Attachments),
  arrangeAttachments: call("PUT", "/campaigns/{campaign}/assistance/{application}/attachments", {
    callers,
    tag,
    summary: "代为调整扫描件各页的顺序，或移除",
  })
    .input(ArrangedPages)
    .output(Attachments),
  askAttestation: call("POST", "/campaigns/{campaign}/assistance/reminders", {
    callers,
    tag,
    summary: "提醒本人核对确认",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(BulkOutcome),
  listSittings: call("GET", "/campaigns/{campaign}/applications/{application}/sittings", {
    callers: [...caseReaders, "applicant"],
    tag,
    summary: "学校代填的记录：谁、什么时候、填了哪些",
  })
    .input(OfApplication)
    .output(z.array(SittingView)),
};
