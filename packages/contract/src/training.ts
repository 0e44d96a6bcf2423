import { z } from "zod";
import { Me } from "./accounts.ts";
import { Instant, Uuid } from "./common.ts";
import { call } from "./operation.ts";
import { Role } from "./terms.ts";

const tag = "演练";

/** A moment that the clock may be moved to, with what there is to see. */
const TrainingMark = z.object({ key: z.string(), title: z.string(), at: Instant });
/** Somebody invented, whom a visitor can be with one click. */
const Persona = z.object({
  key: z.string(),
  account: Uuid,
  name: z.string(),
  role: Role,
  roleTitle: z.string(),
  organisation: z.string().nullable(),
  /** What this person has to do now. */
  task: z.string(),
});
const TrainingState = z.object({
  campaign: z.string().nullable(),
  now: Instant,
  runs: z.boolean(),
  /** While the demonstration is being filled in. */
  preparing: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Whether there is a beginning to go back to. */
  resettable: z.boolean(),
  marks: z.array(TrainingMark),
  personas: z.array(Persona),
  /** Where everybody stands: how many people are in each state, those who have not applied first. */
  standing: z.array(z.object({ state: z.string(), title: z.string(), people: z.int() })),
});

const Clock = z.object({ now: Instant, runs: z.boolean() });

/** The movable clock, personas and reset; only in training mode. */
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
        /** What has happened on the way, a sentence each. */
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
