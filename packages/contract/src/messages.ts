import { groupNames } from "@shice/rules/lifecycle/group.ts";
import { z } from "zod";
import { InCampaign, Instant, PageQuery, pageOf, Uuid } from "./common.ts";
import { call } from "./operation.ts";
import { Channel, Template } from "./terms.ts";

const tag = "消息";
const writers = ["school-clerk", "district-lead", "campaign-manager"] as const;

/** The user's channels besides the inbox, which holds all messages. */
const Preferences = z.object({
  /** `important`: only messages that ask for an act or have consequences. */
  mail: z.enum(["all", "important"]),
  /** Only if a mobile number is known. */
  sms: z.boolean(),
});

const GroupName = z.enum(groupNames);

/** The text of a message: the program's or the office's own. */
const Wording = z.object({
  template: Template,
  /** The subject of the message and its recipients. */
  about: z.string(),
  title: z.string(),
  text: z.string(),
  /** The text for SMS; absent if the message is not sent there. */
  short: z.string().optional(),
  /** The placeholders allowed in braces, each with its meaning. */
  placeholders: z.array(z.object({ name: z.string(), meaning: z.string() })),
  /** 0 is the program's own text. */
  version: z.int(),
  enteredAt: Instant.nullable(),
});

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
          template: Template,
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
  markAllRead: call("POST", "/messages/read", {
    callers: "signed-in",
    tag,
    summary: "全部标为已读",
  })
    .input(z.object({}))
    .output(z.object({ done: z.int() })),
  getPreferences: call("GET", "/messages/preferences", {
    callers: "signed-in",
    tag,
    summary: "我的接收方式",
  })
    .input(z.object({}))
    .output(Preferences.extend({ hasMobile: z.boolean() })),
  setPreferences: call("PUT", "/messages/preferences", {
    callers: "signed-in",
    tag,
    summary: "设置接收方式",
  })
    .input(Preferences)
    .output(z.object({ done: z.literal(true) })),
  countAudience: call("GET", "/campaigns/{campaign}/circulars/audience", {
    callers: writers,
    tag,
    summary: "群发通知可以发给多少人",
  })
    .input(InCampaign)
    .output(z.array(z.object({ group: GroupName, title: z.string(), people: z.int() }))),
  sendCircular: call("POST", "/campaigns/{campaign}/circulars", {
    callers: writers,
    tag,
    summary: "群发通知",
  })
    .input(
      InCampaign.extend({
        groups: z.array(GroupName).min(1, "请选择发给哪些教师"),
        title: z.string().trim().min(2, "请填写标题").max(30, "标题不超过30个字"),
        text: z.string().trim().min(5, "请填写内容").max(1000, "内容不超过1000个字"),
        /** Whether the title is also sent by SMS. */
        bySms: z.boolean(),
      }),
    )
    .output(z.object({ circular: Uuid, recipients: z.int() })),
  listCirculars: call("GET", "/campaigns/{campaign}/circulars", {
    callers: writers,
    tag,
    summary: "本单位群发过的通知",
  })
    .input(InCampaign.extend({ ...PageQuery.shape }))
    .output(
      pageOf(
        z.object({
          id: Uuid,
          title: z.string(),
          text: z.string(),
          groups: z.array(z.string()),
          bySms: z.boolean(),
          recipients: z.int(),
          sentAt: Instant,
        }),
      ),
    ),
  listWordings: call("GET", "/messages/wordings", {
    callers: ["campaign-manager"],
    tag,
    summary: "消息用语",
  })
    .input(z.object({}))
    .output(z.array(Wording)),
  setWording: call("PUT", "/messages/wordings/{template}", {
    callers: ["campaign-manager"],
    tag,
    summary: "修改消息用语；不填内容的，恢复系统原文",
  })
    .input(
      z.object({
        template: z.string().max(60),
        words: z
          .object({
            title: z.string().trim().min(2, "请填写标题").max(40, "标题不超过40个字"),
            text: z.string().trim().min(5, "请填写内容").max(1000, "内容不超过1000个字"),
            short: z.string().trim().min(5, "请填写短信内容").max(200).optional(),
          })
          .nullable(),
      }),
    )
    .output(Wording),
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
          channel: Channel,
          title: z.string(),
          attempts: z.int(),
          at: Instant,
          /** The recipients; shown only to the sender's own school. */
          number: z.string().nullable(),
          name: z.string().nullable(),
        }),
      ),
    ),
};
