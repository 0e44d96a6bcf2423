import { z } from "zod";
import { Instant, PageQuery, pageOf, Reason, Uuid } from "./common.ts";
import { call } from "./operation.ts";
import { OrganisationKind, StaffRole } from "./terms.ts";

const tag = "账号";
const administrators = ["account-administrator"] as const;

const Password = z.string().min(10, "密码不少于10位").max(128);

const Post = z.object({
  id: Uuid,
  role: StaffRole,
  roleTitle: z.string(),
  organisation: z.string(),
  organisationId: Uuid,
  organisationKind: OrganisationKind,
});
export const Me = z.object({
  account: Uuid,
  kind: z.enum(["applicant", "staff"]),
  name: z.string(),
  person: Uuid.nullable(),
  emailVerified: z.boolean(),
  posts: z.array(Post),
});

/** A proof-of-work challenge for the browser, signed so that the server need not store it. */
export const Challenge = z.object({
  parameters: z.object({
    algorithm: z.string(),
    nonce: z.string(),
    salt: z.string(),
    cost: z.int(),
    keyLength: z.int(),
    keyPrefix: z.string(),
    expiresAt: z.int(),
  }),
  signature: z.string(),
});
export type Challenge = z.infer<typeof Challenge>;

/** The answer to a challenge (`getChallenge`), on calls that robots target; not required in training mode. */
export const Proof = z.string().max(4000).optional();

/** Accounts: applicants register themselves. Staff are invited and never get a default password. */
export const accountsContract = {
  register: call("POST", "/account/register", {
    callers: "anyone",
    tag,
    summary: "申请人注册账号",
  })
    .input(
      z.object({
        documentKind: z.string().max(40).default("id-card"),
        idNumber: z.string().max(40),
        name: z.string().max(60),
        mobile: z.string().max(20),
        email: z.string().max(120),
        password: Password,
        privacyNotice: z.string().max(40),
        proof: Proof,
      }),
    )
    .output(Me),
  getChallenge: call("GET", "/account/challenge", {
    callers: "anyone",
    tag,
    summary: "领取防自动程序的计算题",
  }).output(Challenge),
  signIn: call("POST", "/account/sign-in", {
    callers: "anyone",
    tag,
    summary: "登录（证件号码或电子邮箱）",
  })
    .input(
      z.object({
        identifier: z.string().max(120),
        password: z.string().max(128),
        code: z.string().max(10).optional(),
      }),
    )
    .output(Me),
  signOut: call("POST", "/account/sign-out", {
    callers: "signed-in",
    tag,
    summary: "退出登录",
  }).output(z.object({ done: z.literal(true) })),
  me: call("GET", "/account", {
    callers: "signed-in",
    tag,
    summary: "当前账号与岗位",
  }).output(Me),
  verifyEmail: call("POST", "/account/verify-email", {
    callers: "anyone",
    tag,
    summary: "验证电子邮箱",
  })
    .input(z.object({ token: z.string().max(400) }))
    .output(z.object({ done: z.literal(true) })),
  askPasswordReset: call("POST", "/account/ask-password-reset", {
    callers: "anyone",
    tag,
    summary: "忘记密码",
  })
    .input(z.object({ email: z.string().max(120), proof: Proof }))
    .output(z.object({ done: z.literal(true) })),
  resetPassword: call("POST", "/account/reset-password", {
    callers: "anyone",
    tag,
    summary: "重设密码",
  })
    .input(z.object({ token: z.string().max(400), password: Password }))
    .output(z.object({ done: z.literal(true) })),
  resendVerification: call("POST", "/account/resend-verification", {
    callers: "signed-in",
    tag,
    summary: "重发验证邮件",
  }).output(z.object({ done: z.literal(true) })),
  getContacts: call("GET", "/account/contacts", {
    callers: "signed-in",
    tag,
    summary: "登记的联系方式（部分隐藏）",
  }).output(
    z.object({
      /** j***e@example.cn */
      email: z.string().nullable(),
      mobile: z.string().nullable(),
      /** The new address, not yet proved. */
      pendingEmail: z.string().nullable(),
    }),
  ),
  askEmailChange: call("POST", "/account/email", {
    callers: "signed-in",
    tag,
    summary: "更换电子邮箱（新邮箱验证后生效）",
  })
    .input(z.object({ email: z.string().max(120), password: z.string().max(128) }))
    .output(z.object({ done: z.literal(true) })),
  changeMobile: call("POST", "/account/mobile", {
    callers: "signed-in",
    tag,
    summary: "更换手机号码",
  })
    .input(z.object({ mobile: z.string().max(20), password: z.string().max(128) }))
    .output(z.object({ done: z.literal(true) })),
  changePassword: call("POST", "/account/password", {
    callers: "signed-in",
    tag,
    summary: "修改密码（结束其他登录）",
  })
    .input(z.object({ current: z.string().max(128), password: Password }))
    .output(z.object({ done: z.literal(true) })),
  startAssistedReset: call("POST", "/campaigns/{campaign}/assisted-resets", {
    afterClosing: true,
    callers: ["school-clerk"],
    tag,
    summary: "当面协助本校教师重设密码",
  })
    .input(z.object({ campaign: z.string().max(60), idNumber: z.string().max(40), reason: Reason }))
    .output(z.object({ name: z.string(), code: z.string(), expiresAt: Instant })),
  finishAssistedReset: call("POST", "/account/assisted-reset", {
    callers: "anyone",
    tag,
    summary: "凭学校给的验证码，由教师本人重设密码",
  })
    .input(
      z.object({
        idNumber: z.string().max(40),
        code: z.string().max(20),
        password: Password,
        /** A new address, if the account's address was mistyped. */
        email: z.string().max(120).optional(),
      }),
    )
    .output(z.object({ done: z.literal(true) })),
  listSessions: call("GET", "/account/sessions", {
    callers: "signed-in",
    tag,
    summary: "我的登录",
  }).output(
    z.array(
      z.object({
        id: Uuid,
        createdAt: Instant,
        expiresAt: Instant,
        current: z.boolean(),
      }),
    ),
  ),
  endSession: call("DELETE", "/account/sessions/{session}", {
    callers: "signed-in",
    tag,
    summary: "结束一次登录",
  })
    .input(z.object({ session: Uuid }))
    .output(z.object({ done: z.literal(true) })),
  invite: call("POST", "/invitations", {
    callers: administrators,
    tag,
    summary: "邀请工作人员",
  })
    .input(
      z.object({
        role: StaffRole,
        organisation: Uuid,
        name: z.string().trim().min(2).max(50),
        email: z.email("请填写有效的电子邮箱"),
      }),
    )
    .output(z.object({ invitation: Uuid, expiresAt: Instant })),
  listInvitations: call("GET", "/invitations", {
    callers: administrators,
    tag,
    summary: "邀请记录",
  })
    .input(PageQuery)
    .output(
      pageOf(
        z.object({
          id: Uuid,
          role: StaffRole,
          organisation: z.string(),
          name: z.string(),
          invitedAt: Instant,
          expiresAt: Instant,
          acceptedAt: Instant.nullable(),
          withdrawnAt: Instant.nullable(),
        }),
      ),
    ),
  acceptInvitation: call("POST", "/invitations/accept", {
    callers: "anyone",
    tag,
    summary: "接受邀请并设置密码",
  })
    .input(
      z.object({
        token: z.string().max(400),
        password: Password,
        /** Ties the account to a person, so that nobody decides on their own case. */
        idNumber: z.string().max(40),
        documentKind: z.string().max(40).default("id-card"),
        /** Only for the first administrator, who was not invited by name and address. */
        name: z.string().max(60).optional(),
        email: z.string().max(120).optional(),
      }),
    )
    .output(Me),
  withdrawInvitation: call("POST", "/invitations/{invitation}/withdraw", {
    callers: administrators,
    tag,
    summary: "收回尚未接受的邀请",
  })
    .input(z.object({ invitation: Uuid }))
    .output(z.object({ done: z.literal(true) })),
  listPosts: call("GET", "/posts", {
    callers: [...administrators, "security-administrator"],
    tag,
    summary: "在岗人员与岗位",
  })
    .input(
      PageQuery.extend({
        role: StaffRole.optional(),
        /** Part of a person's or an organisation's name. */
        search: z.string().trim().max(60).optional(),
      }),
    )
    .output(
      pageOf(
        z.object({
          id: Uuid,
          account: Uuid,
          name: z.string(),
          role: StaffRole,
          roleTitle: z.string(),
          organisation: z.string(),
          since: Instant,
          disabled: z.boolean(),
        }),
      ),
    ),
  endPost: call("POST", "/posts/{post}/end", {
    callers: [...administrators, "security-administrator"],
    tag,
    summary: "免去岗位",
  })
    .input(z.object({ post: Uuid }))
    .output(z.object({ done: z.literal(true) })),
  disableAccount: call("POST", "/accounts/{account}/disable", {
    callers: [...administrators, "security-administrator"],
    tag,
    summary: "停用账号（立即结束其全部登录）",
  })
    .input(z.object({ account: Uuid, reason: Reason }))
    .output(z.object({ done: z.literal(true) })),
  enableAccount: call("POST", "/accounts/{account}/enable", {
    callers: administrators,
    tag,
    summary: "恢复已停用的账号",
  })
    .input(z.object({ account: Uuid, reason: Reason }))
    .output(z.object({ done: z.literal(true) })),
  listRefusedSignIns: call("GET", "/refused-sign-ins", {
    callers: ["security-administrator"],
    tag,
    summary: "被拒绝的登录",
  })
    .input(PageQuery)
    .output(pageOf(z.object({ id: Uuid, at: Instant, name: z.string().nullable(), sentence: z.string() }))),
  listColleagues: call("GET", "/colleagues", {
    callers: ["sticker-custodian", "sticker-handler", "district-lead", "campaign-manager"],
    tag,
    summary: "本单位在岗人员",
  })
    .input(z.object({ role: StaffRole.optional() }))
    .output(z.array(z.object({ account: Uuid, name: z.string(), role: StaffRole }))),
};
