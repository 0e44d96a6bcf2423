import { z } from "zod";
import { Instant, PageQuery, pageOf, Uuid } from "./common.ts";
import { call } from "./operation.ts";

const tag = "消息";

export const messagesContract = {
  listMessages: call("GET", "/messages", {
    callers: "signed-in",
    tag,
    summary: "我的消息",
  })
    .input(PageQuery)
    .output(
      pageOf(
        z.object({
          id: Uuid,
          template: z.string(),
          title: z.string(),
          text: z.string(),
          at: Instant,
          readAt: Instant.nullable(),
        }),
      ),
    ),
  markRead: call("POST", "/messages/{message}/read", {
    callers: "signed-in",
    tag,
    summary: "标为已读",
  })
    .input(z.object({ message: Uuid }))
    .output(z.object({ done: z.literal(true) })),
  listFailed: call("GET", "/messages/failed", {
    callers: ["account-administrator", "school-clerk"],
    tag,
    summary: "未能送达的消息",
  })
    .input(PageQuery)
    .output(
      pageOf(
        z.object({
          id: Uuid,
          channel: z.string(),
          title: z.string(),
          attempts: z.int(),
          at: Instant,
          /** Whom it was for: told to the own school alone. */
          number: z.string().nullable(),
          name: z.string().nullable(),
        }),
      ),
    ),
};
