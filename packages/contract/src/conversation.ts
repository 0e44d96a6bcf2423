import { z } from "zod";
import { InCampaign, Instant, OfApplication, PageQuery, pageOf, Uuid } from "./common.ts";
import { call } from "./operation.ts";

const tag = "留言";
const offices = ["school-clerk", "district-reviewer", "district-lead"] as const;
const talkers = ["applicant", ...offices] as const;

const ConversationEntry = z.object({
  id: Uuid,
  side: z.enum(["teacher", "office"]),
  /** The office's name; the teacher never sees the clerk's. */
  organisation: z.string().nullable(),
  /** The author's name, for readers of an office. */
  author: z.string().nullable(),
  text: z.string(),
  at: Instant,
  /** The instant at which the other side read it. */
  readAt: Instant.nullable(),
  /** For a teacher's message: answered, or needing no answer. */
  settled: z.boolean(),
});

/** Questions and answers about one application. They replace telephone calls and chat groups. */
export const conversationContract = {
  list: call("GET", "/campaigns/{campaign}/applications/{application}/conversation", {
    callers: talkers,
    tag,
    summary: "就一份申请的留言",
  })
    .input(OfApplication)
    .output(
      z.object({
        /** The office that answers now; null before a school is chosen. */
        office: z.string().nullable(),
        entries: z.array(ConversationEntry),
      }),
    ),
  write: call("POST", "/campaigns/{campaign}/applications/{application}/conversation", {
    callers: talkers,
    tag,
    summary: "留言或答复",
  })
    .input(OfApplication.extend({ text: z.string().trim().min(1, "请填写留言").max(1000, "留言不超过1000个字") }))
    .output(z.object({ entry: Uuid })),
  noteRead: call("POST", "/campaigns/{campaign}/applications/{application}/conversation/read", {
    afterClosing: true,
    callers: talkers,
    tag,
    summary: "已看过对方的留言",
  })
    .input(OfApplication)
    .output(z.object({ done: z.literal(true) })),
  settle: call("POST", "/campaigns/{campaign}/applications/{application}/conversation/settle", {
    callers: offices,
    tag,
    summary: "教师的留言无须答复",
  })
    .input(OfApplication)
    .output(z.object({ done: z.literal(true) })),
  listOpen: call("GET", "/campaigns/{campaign}/conversations", {
    callers: offices,
    tag,
    summary: "等待本单位答复的留言",
  })
    .input(InCampaign.extend({ ...PageQuery.shape }))
    .output(
      pageOf(
        z.object({
          application: Uuid,
          number: z.string(),
          name: z.string(),
          school: z.string().nullable(),
          stateTitle: z.string(),
          text: z.string(),
          at: Instant,
        }),
      ),
    ),
};
