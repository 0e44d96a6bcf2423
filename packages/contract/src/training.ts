import { z } from "zod";
import { Me } from "./accounts.ts";
import { Instant, Uuid } from "./common.ts";
import { call } from "./operation.ts";
import { Role } from "./terms.ts";

const tag = "演练";

/** An instant to which the clock can be moved, with a description of what happens there. */
const TrainingMark = z.object({ key: z.string(), title: z.string(), at: Instant });
/** An invented person as whom a visitor can sign in with one click. */
const Persona = z.object({
  key: z.string(),
  account: Uuid,
  name: z.string(),
  role: Role,
  roleTitle: z.string(),
  organisation: z.string().nullable(),
  /** The person's present task. */
  task: z.string(),
});
const TrainingState = z.object({
  campaign: z.string().nullable(),
  now: Instant,
  runs: z.boolean(),
  /** Whether the demonstration is still being filled. */
  preparing: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Whether a stored beginning exists to which the demonstration can be reset. */
  resettable: z.boolean(),
  marks: z.array(TrainingMark),
  personas: z.array(Persona),
  /** Number of people in each state; first those who have not applied. */
  standing: z.array(z.object({ state: z.string(), title: z.string(), people: z.int() })),
});

const Clock = z.object({ now: Instant, runs: z.boolean() });

/** The movable clock, personas and reset. Available only in training mode. */
export const trainingContract = {
  getState: call("GET", "/training/state", {
    callers: "anyone",
    tag,
    summary: "演练状态：时钟、可移到的时刻、体验身份",
    training: true,
  }).output(TrainingState),
  getClock: call("GET", "/training/clock", {
    callers: "anyone",
    tag,
    summary: "当前时钟",
    training: true,
  }).output(Clock),
  listMails: call("GET", "/training/mails", {
    callers: "anyone",
    tag,
    summary: "演练中发出的邮件（不真正发送）",
    training: true,
  })
    .input(z.object({ to: z.string().max(200) }))
    .output(z.array(z.object({ subject: z.string(), text: z.string() }))),
  listSent: call("GET", "/training/sent", {
    callers: "anyone",
    tag,
    summary: "演练中发出的全部邮件和短信（不真正发送）",
    training: true,
  }).output(
    z.array(z.object({ channel: z.enum(["email", "sms"]), to: z.string(), subject: z.string(), text: z.string() })),
  ),
  setClock: call("PUT", "/training/clock", {
    callers: "anyone",
    tag,
    summary: "移动时钟，并办理到期事项",
    training: true,
  })
    .input(z.object({ at: Instant, runs: z.boolean().default(false) }))
    .output(
      Clock.extend({
        lapsed: z.int(),
        expired: z.int(),
        /** Events between the old and the new time, one sentence each. */
        since: z.array(z.string()),
      }),
    ),
  signInAs: call("POST", "/training/sign-in", {
    callers: "anyone",
    tag,
    summary: "以体验身份登录",
    training: true,
  })
    .input(z.object({ persona: z.string().max(60) }))
    .output(Me),
  reset: call("POST", "/training/reset", {
    callers: "anyone",
    tag,
    summary: "恢复到演示的起点",
    training: true,
  }).output(Clock),
};
