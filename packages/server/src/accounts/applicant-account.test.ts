import { sentenceOf } from "@shice/contract/sentences.zh.ts";
import { findRefusal } from "@shice/contract/testing.ts";
import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { machineClock } from "../platform/clock.ts";
import { openServed, type Served } from "../testing/served.ts";
import { removeOrphanAccounts, sweepAccounts } from "./sweep.ts";

let served: Served;
beforeAll(async () => {
  served = await openServed();
});

let people = 0;
/** An invented teacher who has not registered yet. */
function teacher() {
  people += 1;
  const bornOn = Temporal.PlainDate.from("1980-03-05");
  return {
    idNumber: composeIdNumber({ area: "500103", bornOn, sequence: people, sex: "female" }),
    name: "周晓梅",
    mobile: `138${String(people).padStart(8, "0")}`,
    email: `teacher${people}@example.invalid`,
    password: `long enough ${people}`,
    privacyNotice: "privacy-1",
  };
}

async function registered() {
  const person = teacher();
  const client = served.client();
  const me = await client.accounts.register(person);
  return { person, client, me };
}

async function refusalOf(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    const refusal = findRefusal(error);
    if (refusal !== undefined) return refusal;
    throw error;
  }
  throw new Error("the call was not refused");
}
const codeOf = async (work: Promise<unknown>) => (await refusalOf(work)).code;

async function mailedTo(email: string, subject: string): Promise<string> {
  await expect.poll(() => served.mailer.sent.some((mail) => mail.to === email && mail.subject === subject)).toBe(true);
  const text = served.mailer.sent.findLast((mail) => mail.to === email && mail.subject === subject)?.text ?? "";
  // The link, the words around the code, the code by itself: a mail program may have broken the link.
  const [code] = text.split("\n\n").filter((part) => /^[\w.-]{20,}$/.test(part));
  expect(text).toContain(`token=${code}`);
  return code ?? "";
}

const asking = { proof: "师册：验证电子邮箱", reset: "师册：重设密码" };

async function audited(account: string): Promise<string[]> {
  const { rows } = await served.db.owner.query(
    "select action, detail::text, account_id from shice.audit_entry where subject_id = $1 order by id",
    [account],
  );
  return rows.map((row) => row.action);
}

describe("registration", () => {
  test("makes an account that is signed in and acts for the own person", async () => {
    const { client, me, person } = await registered();
    expect(me).toMatchObject({ kind: "applicant", name: "周晓梅", emailVerified: false, posts: [] });
    expect(await client.accounts.me()).toEqual(me);
    const session = await served.app.services.accounts.findSession(null, null);
    expect(session).toBeNull();
    const { rows } = await served.db.owner.query("select * from shice.account where id = $1", [me.account]);
    expect(rows[0].privacy_notice).toBe("privacy-1");
    expect(await audited(me.account)).toEqual(["register"]);
    // Neither better-auth nor the log of acts ever learns who it is.
    const { rows: kept } = await served.db.owner.query(
      `select (select jsonb_agg(u) from auth."user" u)::text || (select jsonb_agg(e) from shice.audit_entry e)::text as text`,
    );
    for (const secret of [person.idNumber, person.email, person.mobile, person.name]) {
      expect(kept[0].text).not.toContain(secret);
    }
  });

  test("normalises what is typed, and takes the same number in another writing for the same", async () => {
    const person = teacher();
    const wide = person.idNumber.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    await served.client().accounts.register({ ...person, idNumber: ` ${wide} `, mobile: "138 0000-9999" });
    expect(await codeOf(served.client().accounts.register({ ...person, email: "other@example.invalid" }))).toBe(
      "account.taken",
    );
    const signedIn = await served
      .client()
      .accounts.signIn({ identifier: person.idNumber.toLowerCase(), password: person.password });
    expect(signedIn.name).toBe(person.name);
  });

  test.each([
    ["a wrong check digit", { idNumber: "110105194912310021" }, "account.id-number", "idNumber"],
    ["a name with digits", { name: "周1" }, "account.name", "name"],
    ["a short mobile number", { mobile: "1380000" }, "account.mobile", "mobile"],
    ["an address that is none", { email: "teacher" }, "account.email", "email"],
    ["a password without digits", { password: "long but plain" }, "account.password-weak", "password"],
    ["the name in the password", { password: "周晓梅 is 12 long" }, "account.password-weak", "password"],
    ["the birth date in the password", { password: "mine is 19800305" }, "account.password-weak", "password"],
  ])("refuses %s and names the field", async (_what, change, code, field) => {
    const before = await served.db.owner.query(`select count(*) from auth."user"`);
    expect(await refusalOf(served.client().accounts.register({ ...teacher(), ...change }))).toMatchObject({
      code,
      field,
    });
    const after = await served.db.owner.query(`select count(*) from auth."user"`);
    expect(after.rows).toEqual(before.rows);
  });

  test("a number known under another name, and an e-mail that another has, leave no sign-in behind", async () => {
    const { person } = await registered();
    const { rows: before } = await served.db.owner.query(`select count(*) from auth."user"`);
    const sameMail = { ...teacher(), email: person.email.toUpperCase() };
    expect(await codeOf(served.client().accounts.register(sameMail))).toBe("account.taken");
    const known = teacher();
    const { secrets } = served.db;
    await served.db.owner.query(
      `insert into shice.person (name, document_kind, id_number_sealed, id_number_index, created_at) values ('王芳', 'id-card', $1, $2, $3)`,
      [
        secrets.encrypt(known.idNumber, "person.id-number"),
        secrets.blindIndex(known.idNumber, "person.id-number"),
        machineClock.now().toString(),
      ],
    );
    expect(await codeOf(served.client().accounts.register(known))).toBe("account.person-differs");
    const { rows: after } = await served.db.owner.query(`select count(*) from auth."user"`);
    expect(after).toEqual(before);
    // The same human being, registering under the name that is known.
    expect((await served.client().accounts.register({ ...known, name: "王芳" })).kind).toBe("applicant");
  });

  test("of two registrations of one person at once, one is made", async () => {
    const person = teacher();
    const results = await Promise.allSettled([1, 2, 3].map(() => served.client().accounts.register(person)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") {
        expect(["account.taken", "account.being-made"]).toContain(findRefusal(result.reason)?.code);
      }
    }
    const signedIn = await served.client().accounts.signIn({ identifier: person.email, password: person.password });
    expect(signedIn.kind).toBe("applicant");
  });

  test("of two persons who register one e-mail at once, one is made, and nothing is left of the other", async () => {
    const [one, two] = [teacher(), teacher()];
    const { rows: before } = await served.db.owner.query(`select count(*)::int as count from auth."user"`);
    const results = await Promise.allSettled(
      [one, { ...two, email: one.email }].map((person) => served.client().accounts.register(person)),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map(({ reason }) => findRefusal(reason)?.code)).toEqual(["account.taken"]);
    const { rows: after } = await served.db.owner.query(`select count(*)::int as count from auth."user"`);
    expect(after[0].count).toBe(before[0].count + 1);
  });

  test("a registration that a crash broke off is taken up again after half a minute, and swept after an hour", async () => {
    const [person, other] = [teacher(), teacher()];
    const { auth, secrets } = served.app.services;
    const breakOff = async ({ idNumber, password }: typeof person) => {
      const index = secrets.blindIndex(idNumber, "person.id-number").toString("hex");
      const email = `${index}@applicant.shice.invalid`;
      await auth.call("/sign-up/email", { email, password, name: "-" }, { address: "127.0.0.1" });
      return email;
    };
    const [first, second] = [await breakOff(person), await breakOff(other)];
    const age = (email: string, by: string) =>
      served.db.owner.query(`update auth."user" set created_at = created_at - $2::interval where email = $1`, [
        email,
        by,
      ]);
    expect(await codeOf(served.client().accounts.register(person))).toBe("account.being-made");
    await age(first, "31 seconds");
    expect((await served.client().accounts.register(person)).kind).toBe("applicant");
    expect(await codeOf(served.client().accounts.register(person))).toBe("account.taken");

    expect(await removeOrphanAccounts(served.app.services)).toBe(0);
    await age(second, "61 minutes");
    expect(await removeOrphanAccounts(served.app.services)).toBe(1);
    expect((await served.client().accounts.register(other)).kind).toBe("applicant");
  });
});

describe("sign-in", () => {
  test("by ID number or by e-mail, as they are typed", async () => {
    const { person, me } = await registered();
    for (const identifier of [person.idNumber, ` ${person.idNumber} `, person.email.toUpperCase()]) {
      const signedIn = await served.client().accounts.signIn({ identifier, password: person.password });
      expect(signedIn.account).toBe(me.account);
    }
    expect(await audited(me.account)).toEqual(["register", "sign-in", "sign-in", "sign-in"]);
  });

  test("is refused alike whether anyone is registered or not, up to the lock and its end", async () => {
    const { person, me } = await registered();
    const unknown = teacher();
    const answersTo = async (identifier: string) => {
      const answers = [];
      for (let attempt = 1; attempt <= 6; attempt++) {
        answers.push(await refusalOf(served.client().accounts.signIn({ identifier, password: "wrong password 1" })));
      }
      return answers.map((refusal) => refusal.code);
    };
    const known = await answersTo(person.idNumber);
    expect(known).toEqual([...Array(5).fill("account.sign-in-failed"), "account.locked"]);
    expect(await answersTo(unknown.idNumber)).toEqual(known);
    expect(await answersTo(unknown.email)).toEqual(known);
    expect((await audited(me.account)).slice(1)).toEqual(Array(6).fill("refuse-sign-in"));

    // The right password does not help while it is locked; the sentence says until when.
    const locked = await refusalOf(
      served.client().accounts.signIn({ identifier: person.idNumber, password: person.password }),
    );
    if (locked.code !== "account.locked") throw new Error(locked.code);
    const minutes = machineClock.now().until(Temporal.Instant.from(locked.until)).total("minutes");
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15);
    expect(sentenceOf(locked)).toMatch(/请在\d{4}年\d+月\d+日\d\d:\d\d之后再试/);

    await served.db.owner.query(
      "update shice.sign_in_attempt set last_at = last_at - interval '15 minutes', locked_until = locked_until - interval '15 minutes'",
    );
    const signedIn = await served.client().accounts.signIn({ identifier: person.idNumber, password: person.password });
    expect(signedIn.account).toBe(me.account);
  });

  test("attempts made all at once are counted all the same", async () => {
    const { person } = await registered();
    const attempts = Array.from({ length: 12 }, () =>
      codeOf(served.client().accounts.signIn({ identifier: person.idNumber, password: "wrong password 1" })),
    );
    const codes = await Promise.all(attempts);
    expect(codes.filter((code) => code === "account.sign-in-failed")).toHaveLength(5);
    expect(codes.filter((code) => code === "account.locked")).toHaveLength(7);
  });

  test("a success begins the count anew", async () => {
    const { person } = await registered();
    const wrong = { identifier: person.idNumber, password: "wrong password 1" };
    for (let round = 1; round <= 2; round++) {
      for (let attempt = 1; attempt <= 4; attempt++)
        expect(await codeOf(served.client().accounts.signIn(wrong))).toBe("account.sign-in-failed");
      await served.client().accounts.signIn({ ...wrong, password: person.password });
    }
  });

  test("a disabled account is refused as an unknown one, and its sessions end", async () => {
    const { person, client, me } = await registered();
    await served.db.owner.query("update shice.account set disabled_at = $2 where id = $1", [
      me.account,
      machineClock.now().toString(),
    ]);
    expect(await codeOf(client.accounts.me())).toBe("request.unauthenticated");
    expect(
      await codeOf(served.client().accounts.signIn({ identifier: person.idNumber, password: person.password })),
    ).toBe("account.sign-in-failed");
  });
});

describe("sessions", () => {
  test("are listed, and one that is ended is gone with the next request", async () => {
    const { person, client } = await registered();
    const other = served.client();
    await other.accounts.signIn({ identifier: person.idNumber, password: person.password });
    const listed = await client.accounts.listSessions();
    expect(listed.map(({ current }) => current)).toEqual([true, false]);
    const ended = listed[1]?.id ?? "";
    expect(await codeOf((await registered()).client.accounts.endSession({ session: ended }))).toBe("request.not-found");
    expect((await other.accounts.me()).name).toBe(person.name);
    await client.accounts.endSession({ session: ended });
    expect(await codeOf(other.accounts.me())).toBe("request.unauthenticated");
    expect((await client.accounts.me()).name).toBe(person.name);
  });

  test("signing out ends it, also for whoever has kept the cookie", async () => {
    const person = teacher();
    let cookie = "";
    const response = await fetch(`${served.url}/api/account/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(person),
    });
    cookie = response.headers.getSetCookie()[0] ?? "";
    expect(cookie).toMatch(/^shice\.session_token=.*HttpOnly.*SameSite=Lax/);
    const headers = { cookie: cookie.split(";")[0] ?? "" };
    const me = () => fetch(`${served.url}/api/account`, { headers });
    expect((await me()).status).toBe(200);
    const out = await fetch(`${served.url}/api/account/sign-out`, { method: "POST", headers });
    expect(out.headers.getSetCookie().join()).toContain("Max-Age=0");
    expect((await me()).status).toBe(401);
  });

  test("end by the machine's clock, whatever the training clock shows; a forged cookie is none", async () => {
    const { client, me } = await registered();
    served.clock.moveOn({ hours: 24 * 60 });
    expect((await client.accounts.me()).account).toBe(me.account);
    served.clock.moveOn({ hours: -24 * 60 });
    const { rows } = await served.db.owner.query("select token from auth.session where user_id = $1", [me.account]);
    const forged = `shice.session_token=${rows[0].token}.${Buffer.alloc(32).toString("base64")}`;
    expect(await served.app.services.accounts.findSession(forged, null)).toBeNull();
    await served.db.owner.query("update auth.session set expires_at = $2 where user_id = $1", [
      me.account,
      machineClock.now().toString(),
    ]);
    expect(await codeOf(client.accounts.me())).toBe("request.unauthenticated");
    await sweepAccounts(served.app.services);
    const { rows: left } = await served.db.owner.query("select from auth.session where user_id = $1", [me.account]);
    expect(left).toEqual([]);
  });

  test("a foreign page cannot act with the cookie it makes the browser send", async () => {
    for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
      const response = await fetch(`${served.url}/api/account/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ identifier: "a", password: "b" }),
      });
      expect(response.status).toBe(403);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });
});

describe("e-mail", () => {
  test("N17: the address is proved by a message", async () => {
    const { person, client } = await registered();
    const token = await mailedTo(person.email, asking.proof);
    expect(await codeOf(client.accounts.verifyEmail({ token: `${token.slice(0, -6)}AAAAAA` }))).toBe("token.spent");
    expect((await client.accounts.me()).emailVerified).toBe(false);
    await client.accounts.verifyEmail({ token });
    expect((await client.accounts.me()).emailVerified).toBe(true);
  });

  test("N17: a forgotten password is set anew by a message, once; all sessions end, a lock is lifted", async () => {
    const { person, client } = await registered();
    for (let attempt = 1; attempt <= 5; attempt++) {
      await codeOf(client.accounts.signIn({ identifier: person.idNumber, password: "wrong password 1" }));
    }
    await served.client().accounts.askPasswordReset({ email: person.email.toUpperCase() });
    const token = await mailedTo(person.email, asking.reset);
    const password = "another one 2";
    expect(await codeOf(served.client().accounts.resetPassword({ token: "nothing", password }))).toBe("token.spent");
    const withNumber = `pass ${person.idNumber.slice(4, 12)}`;
    expect(await codeOf(served.client().accounts.resetPassword({ token, password: withNumber }))).toBe(
      "account.password-weak",
    );
    await served.client().accounts.resetPassword({ token, password });
    expect(await codeOf(client.accounts.me())).toBe("request.unauthenticated");
    expect(await codeOf(served.client().accounts.resetPassword({ token, password }))).toBe("token.spent");
    const after = served.client();
    expect(await codeOf(after.accounts.signIn({ identifier: person.idNumber, password: person.password }))).toBe(
      "account.sign-in-failed",
    );
    expect((await after.accounts.signIn({ identifier: person.idNumber, password })).emailVerified).toBe(true);
  });

  test("a token for a new password is good for an hour", async () => {
    const { person } = await registered();
    await served.client().accounts.askPasswordReset({ email: person.email });
    const token = await mailedTo(person.email, asking.reset);
    const { rows } = await served.db.owner.query(
      `update auth.verification set expires_at = expires_at - interval '1 hour' where identifier = $1 returning expires_at`,
      [`reset-password:${token}`],
    );
    expect(rows).toHaveLength(1);
    expect(await codeOf(served.client().accounts.resetPassword({ token, password: "another one 2" }))).toBe(
      "token.spent",
    );
  });

  test("asking for a new password is answered alike for whoever is not registered, and not without end", async () => {
    const { person } = await registered();
    const unknown = teacher().email;
    const answers = [];
    for (const email of [person.email, unknown]) {
      for (let times = 1; times <= 7; times++) answers.push(await served.client().accounts.askPasswordReset({ email }));
    }
    expect(answers).toEqual(Array(14).fill({ done: true }));
    await mailedTo(person.email, asking.reset);
    const mails = () => served.mailer.sent.filter((mail) => mail.subject === asking.reset && mail.to === person.email);
    await expect.poll(() => mails().length).toBe(5);
    expect(served.mailer.sent.some((mail) => mail.to === unknown)).toBe(false);
  });

  test("a mail server that is away fails nothing: the mail goes when it is back", async () => {
    served.mailer.fail(true);
    const { person, client } = await registered();
    served.mailer.fail(false);
    expect(served.mailer.sent.some((mail) => mail.to === person.email)).toBe(false);
    const { rows } = await served.db.owner.query("select mail_sealed, attempts from shice.account_mail");
    expect(rows).toHaveLength(1);
    expect(rows[0].mail_sealed.toString("latin1")).not.toContain(person.email);
    await sweepAccounts(served.app.services);
    expect(served.mailer.sent.some((mail) => mail.to === person.email)).toBe(false);
    await served.db.owner.query("update shice.account_mail set due_at = due_at - interval '1 minute'");
    await sweepAccounts(served.app.services);
    await client.accounts.verifyEmail({ token: await mailedTo(person.email, asking.proof) });
    await sweepAccounts(served.app.services);
    expect(served.mailer.sent.filter((mail) => mail.to === person.email)).toHaveLength(1);
  });
});
