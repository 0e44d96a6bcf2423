import type { Client } from "@shice/contract/client.ts";
import { findRefusal } from "@shice/contract/testing.ts";
import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { openServed, type Served } from "../testing/served.ts";
import { inviteFirstAdministrator } from "./bootstrap.ts";

let served: Served;
let administrator: Client;
let administratorId: string;
const bodies = new Map<string, string>();

beforeAll(async () => {
  served = await openServed();
  administrator = served.client();
  const me = await administrator.accounts.acceptInvitation({
    token: served.firstInvitation,
    idNumber: idNumber(),
    name: "秦岭",
    email: "admin@example.invalid",
    password: "administers 1",
  });
  administratorId = me.account;
  const { rows } = await served.db.owner.query("select id, key from shice.organisation");
  for (const row of rows) bodies.set(row.key, row.id);
  const { rows: schools } = await served.db.owner.query(
    `insert into shice.organisation (kind, name, valid_from, created_at) values ('school', '万州区第一中学', '2000-01-01', '2017-01-01') returning id`,
  );
  bodies.set("school", schools[0].id);
  await served.db.owner.query(
    `insert into shice.school (organisation_id, institution_kind, ownership, authority_id, confirmation_point_id)
     values ($1, 'junior', 'public', $2, $1)`,
    [schools[0].id, body("wanzhou-education")],
  );
});

function body(key: string): string {
  const id = bodies.get(key);
  if (id === undefined) throw new Error(`no body ${key}`);
  return id;
}

let people = 0;
function idNumber(): string {
  people += 1;
  const bornOn = Temporal.PlainDate.from("1975-07-08");
  return composeIdNumber({ area: "500103", bornOn, sequence: people, sex: "male" });
}

interface Invited {
  token: string;
  email: string;
  idNumber: string;
  name: string;
  password: string;
}

async function invited(role: StaffRole, organisation: string, who: Partial<Invited> = {}): Promise<Invited> {
  const number = who.idNumber ?? idNumber();
  const person = {
    name: "工作人员",
    email: `staff${people}@example.invalid`,
    password: `works here ${people}`,
    ...who,
    idNumber: number,
  };
  await administrator.accounts.invite({ role, organisation, name: person.name, email: person.email });
  const mail = served.mailer.sent.findLast(({ to }) => to === person.email);
  return { ...person, token: /\n\n([\w-]{32})\n\n/.exec(mail?.text ?? "")?.[1] ?? "" };
}

/** Their own client, and what they are told of their account. */
async function accepted(invitation: Invited, client = served.client()) {
  const { token, password, idNumber: number } = invitation;
  return { client, me: await client.accounts.acceptInvitation({ token, password, idNumber: number }) };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const refusal = findRefusal(error);
    if (refusal !== undefined) return refusal.code;
    throw error;
  }
  throw new Error("the call was not refused");
}

async function countSignIns(): Promise<number> {
  const { rows } = await served.db.owner.query(`select count(*)::int as count from auth."user"`);
  return rows[0].count;
}

describe("invitations", () => {
  test("the first administrator names themselves; after that the program invites nobody", async () => {
    expect((await administrator.accounts.me()).posts.map(({ role }) => role)).toEqual(["account-administrator"]);
    const { rows } = await served.db.owner.query(
      "select p.name from shice.account a join shice.person p on p.id = a.person_id where a.id = $1",
      [administratorId],
    );
    expect(rows).toEqual([{ name: "秦岭" }]);
    expect(await inviteFirstAdministrator(served.app.services)).toBeUndefined();
    const again = served.client();
    const signedIn = await again.accounts.signIn({ identifier: "admin@example.invalid", password: "administers 1" });
    expect(signedIn.account).toBe(administratorId);
  });

  test("make a post, prove the address, and are good once", async () => {
    const invitation = await invited("district-lead", body("wanzhou-education"));
    const { client, me } = await accepted(invitation);
    expect(me).toMatchObject({
      kind: "staff",
      emailVerified: true,
      posts: [{ role: "district-lead", roleTitle: "区县负责人" }],
    });
    expect(await client.accounts.listColleagues({})).toEqual([
      { account: me.account, name: "工作人员", role: "district-lead" },
    ]);
    expect(await codeOf(accepted(invitation))).toBe("token.spent");
    const signedIn = await served
      .client()
      .accounts.signIn({ identifier: invitation.email, password: invitation.password });
    expect(signedIn.account).toBe(me.account);
    // Staff sign in by e-mail alone.
    expect(
      await codeOf(served.client().accounts.signIn({ identifier: invitation.idNumber, password: invitation.password })),
    ).toBe("account.sign-in-failed");
  });

  test("accepted twice at once give one post", async () => {
    const invitation = await invited("district-reviewer", body("wanzhou-education"));
    const results = await Promise.allSettled([1, 2, 3].map(() => accepted(invitation)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { rows } = await served.db.owner.query(
      "select count(*)::int as count from shice.post p join shice.invitation i on i.accepted_by = p.account_id where i.email_index = $1",
      [served.db.secrets.blindIndex(invitation.email, "account.email")],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  test("expire after seven days", async () => {
    const invitation = await invited("district-reviewer", body("wanzhou-education"));
    served.clock.moveOn({ hours: 7 * 24 });
    const code = await codeOf(accepted(invitation));
    served.clock.moveOn({ hours: -7 * 24 });
    expect(code).toBe("token.spent");
    expect((await accepted(invitation)).me.posts).toHaveLength(1);
  });

  test("keep the token as a hash alone, and say in the log who was made what, without a name", async () => {
    const invitation = await invited("auditor", body("chongqing-commission"));
    const { me } = await accepted(invitation);
    const { rows } = await served.db.owner.query(
      `select action, role, account_id, detail from shice.audit_entry
       where action in ('invite', 'accept-invitation') order by id desc limit 2`,
    );
    expect(rows[0]).toMatchObject({ action: "accept-invitation", role: "auditor", account_id: me.account });
    expect(rows[1]).toMatchObject({ action: "invite", role: "account-administrator", account_id: administratorId });
    const { rows: kept } = await served.db.owner.query(
      `select jsonb_agg(i)::text || (select jsonb_agg(e) from shice.audit_entry e)::text as text from shice.invitation i`,
    );
    expect(kept[0].text).not.toContain(invitation.token);
    expect(kept[0].text).not.toContain(invitation.email);
  });

  test("are the account administrator's to give, and to list", async () => {
    const { client } = await accepted(await invited("campaign-manager", body("chongqing-centre")));
    const input = {
      role: "auditor" as const,
      organisation: body("chongqing-centre"),
      name: "某人",
      email: "x@example.invalid",
    };
    expect(await codeOf(client.accounts.invite(input))).toBe("request.forbidden");
    expect(await codeOf(served.client().accounts.invite(input))).toBe("request.unauthenticated");
    const { items } = await administrator.accounts.listInvitations({ limit: 1 });
    expect(items).toMatchObject([{ role: "campaign-manager", name: "工作人员" }]);
    expect(items[0]?.acceptedAt).not.toBeNull();
  });
});

describe("where a post may lie", () => {
  test.each([
    ["school-clerk", "school", true],
    ["school-clerk", "wanzhou-education", false],
    ["district-lead", "school", false],
    ["district-reviewer", "chongqing-centre", false],
    ["centre-reviewer", "chongqing-centre", true],
    ["centre-reviewer", "wanzhou-education", false],
    ["campaign-manager", "chongqing-centre", true],
    ["campaign-manager", "chongqing-commission", false],
    ["commission-approver", "chongqing-centre", false],
    ["commission-approver", "chongqing-commission", true],
    ["sticker-handler", "wanzhou-education", true],
    ["sticker-custodian", "school", false],
    ["auditor", "school", true],
    ["security-administrator", "wanzhou-education", true],
  ] as const)("%s at %s: %s", async (role, place, may) => {
    const work = invited(role, body(place));
    if (may) expect((await work).token).toHaveLength(32);
    else expect(await codeOf(work)).toBe("post.role-unfit");
  });

  test("a clerk sits at the authority where the office confirms for a school", async () => {
    const authority = body("fuling-education");
    expect(await codeOf(invited("school-clerk", authority))).toBe("post.role-unfit");
    const { rows } = await served.db.owner.query(
      `insert into shice.organisation (kind, name, valid_from, created_at) values ('school', '涪陵区第一小学', '2000-01-01', '2017-01-01') returning id`,
    );
    await served.db.owner.query(
      `insert into shice.school (organisation_id, institution_kind, ownership, authority_id, confirmation_point_id)
       values ($1, 'primary', 'public', $2, $2)`,
      [rows[0].id, authority],
    );
    expect((await invited("school-clerk", authority)).token).toHaveLength(32);
    await served.db.owner.query("update shice.organisation set valid_to = '2017-06-30' where id = $1", [rows[0].id]);
    expect(await codeOf(invited("school-clerk", rows[0].id))).toBe("post.role-unfit");
  });
});

describe("a second post", () => {
  test("comes to the same account by its own password; a wrong one opens nothing", async () => {
    const first = await invited("district-reviewer", body("wanzhou-education"));
    const { me } = await accepted(first);
    const second = await invited("sticker-handler", body("wanzhou-education"), first);
    const stranger = served.client();
    expect(await codeOf(accepted({ ...second, password: "a stranger's 1" }, stranger))).toBe("account.sign-in-failed");
    expect(await codeOf(stranger.accounts.me())).toBe("request.unauthenticated");
    const both = await accepted(second);
    expect(both.me.account).toBe(me.account);
    expect(both.me.posts.map(({ role }) => role).toSorted()).toEqual(["district-reviewer", "sticker-handler"]);

    // Which of the two acts is said with each request.
    expect(await codeOf(both.client.accounts.listColleagues({}))).toBe("request.forbidden");
    const handler = both.me.posts.find(({ role }) => role === "sticker-handler")?.id ?? "";
    expect(await both.client.accounts.listColleagues({}, { context: { post: handler } })).not.toEqual([]);
    expect(await codeOf(accepted(await invited("sticker-handler", body("wanzhou-education"), first)))).toBe(
      "post.held-already",
    );
  });

  test("is refused where the ID number is another's than the account's, and leaves no session", async () => {
    const first = await invited("district-reviewer", body("wanzhou-education"));
    await accepted(first);
    const second = await invited("sticker-handler", body("wanzhou-education"), { ...first, idNumber: idNumber() });
    const { rows: before } = await served.db.owner.query("select count(*) from auth.session");
    expect(await codeOf(accepted(second))).toBe("account.person-differs");
    const { rows: after } = await served.db.owner.query("select count(*) from auth.session");
    expect(after).toEqual(before);
  });
});

describe("separated powers", () => {
  test("an administrator's address is not invited to decide, nor a reviewer's to audit", async () => {
    const admin = { email: "admin@example.invalid" };
    for (const role of ["auditor", "security-administrator"] as const) {
      expect(await codeOf(invited(role, body("chongqing-centre"), admin))).toBe("post.powers-separated");
    }
    expect(await codeOf(invited("commission-approver", body("chongqing-commission"), admin))).toBe(
      "post.powers-separated",
    );
    const reviewer = await invited("centre-reviewer", body("chongqing-centre"));
    await accepted(reviewer);
    expect(await codeOf(invited("auditor", body("chongqing-centre"), reviewer))).toBe("post.powers-separated");
    expect(
      (await accepted(await invited("sticker-handler", body("chongqing-centre"), reviewer))).me.posts,
    ).toHaveLength(2);
  });

  test("hold for the human being, under whatever address, also when both are accepted at once", async () => {
    const before = await countSignIns();
    const rounds = Array.from({ length: 5 }, async (_, round) => {
      const number = idNumber();
      // Known already, so that neither acceptance waits for the other to write the person.
      await served.client().accounts.register({
        idNumber: number,
        name: "工作人员",
        mobile: `1370000000${round}`,
        email: `teaches${round}@example.invalid`,
        password: "teaches as well 1",
        privacyNotice: "privacy-1",
      });
      const who = (which: string) => ({ idNumber: number, email: `${which}${round}@example.invalid` });
      const auditor = await invited("auditor", body("chongqing-centre"), who("auditor"));
      const reviewer = await invited("centre-reviewer", body("chongqing-centre"), who("reviewer"));
      return await Promise.allSettled([accepted(auditor), accepted(reviewer)]);
    });
    for (const results of await Promise.all(rounds)) {
      const refused = results.filter((result) => result.status === "rejected");
      expect(refused.map(({ reason }) => findRefusal(reason)?.code)).toEqual(["post.powers-separated"]);
    }
    // Those refused leave nothing behind: the same address can be invited again.
    expect(await countSignIns()).toBe(before + 5 * 2);
  });

  test("end with the post", async () => {
    const auditor = await invited("auditor", body("chongqing-centre"));
    const { me } = await accepted(auditor);
    await administrator.accounts.endPost({ post: me.posts[0]?.id ?? "" });
    const reviewer = await accepted(await invited("centre-reviewer", body("chongqing-centre"), auditor));
    expect(reviewer.me.posts.map(({ role }) => role)).toEqual(["centre-reviewer"]);
  });
});

describe("the end of a post", () => {
  test("is felt by the next request of a session that is open", async () => {
    const { client, me } = await accepted(await invited("district-lead", body("wanzhou-education")));
    await client.accounts.listColleagues({});
    const post = me.posts[0]?.id ?? "";
    await administrator.accounts.endPost({ post });
    expect(await codeOf(client.accounts.listColleagues({}))).toBe("request.forbidden");
    expect((await client.accounts.me()).posts).toEqual([]);
    expect(await codeOf(administrator.accounts.endPost({ post }))).toBe("request.not-found");
  });

  test("never leaves an installation without an account administrator", async () => {
    const own = (await administrator.accounts.me()).posts[0]?.id ?? "";
    expect(await codeOf(administrator.accounts.endPost({ post: own }))).toBe("post.last-administrator");
    expect((await administrator.accounts.me()).posts).toHaveLength(1);
    const other = await accepted(await invited("account-administrator", body("chongqing-centre")));
    const theirs = other.me.posts[0]?.id ?? "";
    const ends = await Promise.allSettled([
      administrator.accounts.endPost({ post: theirs }),
      other.client.accounts.endPost({ post: own }),
    ]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    if (ends[1]?.status === "fulfilled") administrator = other.client;
  });
});

describe("a person in two parts", () => {
  test("a clerk who is a teacher too has two accounts under one address, and gets a new password for each", async () => {
    const clerk = await invited("school-clerk", body("school"), { name: "冉小红" });
    const staff = await accepted(clerk);
    const applicant = await served.client().accounts.register({
      idNumber: clerk.idNumber,
      name: "冉小红",
      mobile: "13900000001",
      email: clerk.email,
      password: "teaches as well 1",
      privacyNotice: "privacy-1",
    });
    expect(applicant.kind).toBe("applicant");
    expect(applicant.person).toBe(staff.me.person);
    await served.client().accounts.askPasswordReset({ email: clerk.email });
    const texts = () =>
      served.mailer.sent.filter(({ to, subject }) => to === clerk.email && subject.includes("重设密码"));
    await expect.poll(() => texts().length).toBe(2);
    const text = texts().find((mail) => mail.text.includes("申请人账号"))?.text ?? "";
    const token = text.split("\n\n").find((part) => /^[\w.-]{20,}$/.test(part)) ?? "";
    await served.client().accounts.resetPassword({ token, password: "teaches anew 22" });
    const signedIn = await served.client().accounts.signIn({ identifier: clerk.idNumber, password: "teaches anew 22" });
    expect(signedIn.account).toBe(applicant.account);
    // The other account is as it was.
    expect((await staff.client.accounts.me()).account).toBe(staff.me.account);
  });
});
