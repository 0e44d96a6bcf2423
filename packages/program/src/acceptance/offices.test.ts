import { readFileSync } from "node:fs";
import { composeIdNumber } from "@shice/rules/identity/id-number.ts";
import { readWorkbook } from "@shice/server/platform/excel/reader.ts";
import { spellingOf } from "@shice/server/platform/spelling.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { referenceServer } from "../testing/reference-server.ts";
import { actsOn, refusalOf } from "../testing/teacher-acts.ts";

const server = await referenceServer();
const { world, database, at, teacher } = server;
const { campaign, manager, auditor, administrator, anyone } = world;
const { submitted, confirmed, handedOver, acknowledge } = actsOn(server);
const planText = readFileSync(
  new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url),
  "utf8",
);

beforeEach(async () => {
  await at("2017-09-20T09:00");
});

/** A separate district, for tests that count cases. */
function districtOf(index: number) {
  const district = world.districts[index];
  const [school, other] = district?.schools ?? [];
  if (district === undefined || school === undefined || other === undefined) throw new Error("no such district");
  return { district, school, other };
}

function invented(sequence: number) {
  const bornOn = Temporal.PlainDate.from("1979-03-14");
  return composeIdNumber({ area: "500101", bornOn, sequence, sex: "male" });
}

describe("roster", () => {
  test("each row is added, changed, unchanged or refused separately; a person belongs to one school", async () => {
    const { school, other } = districtOf(8);
    const { roster } = school.clerk.client;
    const rows = [
      { school: school.id, name: "向南风", idNumber: invented(101) },
      { school: school.id, name: "向北风", idNumber: `${invented(102).slice(0, 17)}A` },
      { school: other.id, name: "向东风", idNumber: invented(103) },
    ];
    const first = await roster.addRoster({ campaign, rows, source: "hand" });
    expect(first).toMatchObject({ added: 1, changed: 0, unchanged: 0 });
    expect(first.wrong.map(({ row, field, refusal }) => [row, field, refusal.code])).toEqual([
      [2, "idNumber", expect.stringMatching(/^identity\./)],
      [3, "school", "roster.school-unknown"],
    ]);
    expect(await roster.addRoster({ campaign, rows: rows.slice(0, 1), source: "hand" })).toMatchObject({
      unchanged: 1,
    });
    const renamed = [{ school: school.id, name: "向南峰", idNumber: invented(101) }];
    expect(await roster.addRoster({ campaign, rows: renamed, source: "hand" })).toMatchObject({ changed: 1 });

    // The same person at another school: the stored entry stays.
    const elsewhere = [{ school: other.id, name: "向南峰", idNumber: invented(101) }];
    expect(await other.clerk.client.roster.addRoster({ campaign, rows: elsewhere, source: "hand" })).toMatchObject({
      added: 0,
      changed: 0,
    });
    const listed = await roster.listRoster({ campaign, school: school.id });
    expect(listed.items.map(({ name }) => name)).toEqual(["向南峰"]);
    expect(listed.items[0]?.idNumberMasked).not.toContain(invented(101).slice(6, 14));
    expect((await other.clerk.client.roster.listRoster({ campaign })).items).toEqual([]);
  });

  test("a person who is not due needs a reason of the plan; counts follow, and the roster shows each person's application", async () => {
    const { district, school } = districtOf(9);
    const person = await submitted({ district: 9 });
    const { roster } = school.clerk.client;
    const rows = [
      { school: school.id, name: person.human.name, idNumber: person.human.idNumber },
      { school: school.id, name: "向西风", idNumber: invented(104) },
    ];
    await roster.addRoster({ campaign, rows, source: "district" });
    expect(await roster.countRoster({ campaign })).toMatchObject({ due: 2, applied: 1, confirmed: 0, notApplied: 1 });
    const missing = await roster.listRoster({ campaign, applied: "no" });
    expect(missing.items.map(({ name }) => name)).toEqual(["向西风"]);
    const entry = missing.items[0]?.id ?? "";
    const unexplained = roster.setStanding({ campaign, entry, standing: "retiring" });
    expect(await refusalOf(unexplained)).toMatchObject({ code: "roster.reason-needed" });
    const seen = await roster.setStanding({ campaign, entry, standing: "retiring", reason: "retiring" });
    expect(seen).toMatchObject({ standing: "retiring", reason: "retiring", seenAt: expect.any(String) });
    // As in annex 2: retiring soon is a reason for not applying, not for not being due.
    expect(await roster.countRoster({ campaign })).toMatchObject({
      due: 2,
      notApplied: 1,
      byStanding: { retiring: 1 },
    });
    expect((await district.lead.client.roster.listRoster({ campaign })).items).toHaveLength(2);
    const foreign = world.districts[10]?.schools[0]?.clerk.client.roster;
    expect(await refusalOf(foreign?.setStanding({ campaign, entry, standing: "due" }))).toMatchObject({ status: 404 });
  });
});

describe("queues and cases", () => {
  test("cursors read each case of a queue once, even if it changes meanwhile; filters restrict it", async () => {
    const { school } = districtOf(11);
    const people = [];
    for (let count = 0; count < 5; count += 1) people.push(await submitted({ district: 11 }));
    const { cases } = school.clerk.client;
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await cases.listQueue({ campaign, limit: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map(({ number }) => number));
      after = page.next ?? undefined;
      if (seen.length === 2) people.push(await submitted({ district: 11 }));
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(people.slice(0, 5).map(({ number }) => number)));

    const [first] = people;
    const found = await cases.listQueue({ campaign, search: first?.number ?? "" });
    expect(found.items.map(({ id }) => id)).toEqual([first?.application]);
    expect((await cases.listQueue({ campaign, search: "%" })).items).toEqual([]);
    expect(await cases.countQueue({ campaign })).toEqual({ counts: { submitted: 6 }, total: 6 });
    expect(await cases.countQueue({ campaign, state: ["confirmed", "returned"] })).toEqual({ counts: {}, total: 0 });
    const nonsense = cases.listQueue({ campaign, after: "not-a-cursor" });
    expect(await refusalOf(nonsense)).toMatchObject({ status: 422 });
  });

  test("a queue is exported with the chosen columns in order, and audited; a name is found by its pinyin", async () => {
    const person = await submitted();
    await submitted();
    const { client } = person.school.clerk;
    const queue = { campaign, state: "submitted" as const };
    const all = (await client.cases.listQueue({ ...queue, limit: 500 })).items;
    const file = await client.cases.exportQueue({ ...queue, columns: ["number", "name", "state"] });
    const book = await readWorkbook(Buffer.from(await file.arrayBuffer()));
    if ("code" in book) throw new Error(book.code);
    const rows = book.sheets[0]?.rows ?? [];
    const heading = rows.findIndex(([first]) => first === "申请编号");
    expect(rows[heading]?.slice(0, 3)).toEqual(["申请编号", "姓名", "状态"]);
    expect(rows.slice(heading + 1).map(([number, name]) => [number, name])).toEqual(
      all.map(({ number, name }) => [number, name]),
    );
    const { rows: noted } = await database.query(
      "select detail from shice.audit_entry where action = 'export-queue' order by at desc limit 1",
    );
    expect(noted[0].detail).toMatchObject({ rows: all.length, filter: { state: "submitted" } });

    const { name: wanted } = person.human;
    const found = await client.cases.listQueue({ campaign, search: spellingOf(wanted).pinyin });
    expect(found.items.map(({ number }) => number)).toContain(person.number);
    expect((await client.cases.listQueue({ campaign, search: "zzzzzz" })).items).toEqual([]);
  });

  test("a saved filter is visible only to its owner; saving its name again replaces it; the limit is thirty", async () => {
    const mine = districtOf(13).school.clerk.client.cases;
    const others = districtOf(14).school.clerk.client.cases;
    const filter = { queue: "to-confirm", flagged: "yes" };
    const first = await mine.saveFilter({ campaign, name: "有提示的", filter, columns: ["name", "flags"] });
    const again = await mine.saveFilter({ campaign, name: "有提示的", filter, columns: ["name", "since"] });
    expect(again).toEqual({ ...first, columns: ["name", "since"] });
    expect(await mine.listSavedFilters({ campaign })).toEqual([again]);
    expect(await others.listSavedFilters({ campaign })).toEqual([]);
    expect(await refusalOf(others.removeSavedFilter({ campaign, savedFilter: again.id }))).toMatchObject({
      status: 404,
    });

    for (let kept = 1; kept < 30; kept += 1)
      await mine.saveFilter({ campaign, name: `第${kept}个`, filter, columns: ["name"] });
    const onceMore = mine.saveFilter({ campaign, name: "再一个", filter, columns: ["name"] });
    expect(await refusalOf(onceMore)).toMatchObject({ code: "filter.too-many" });
    await mine.removeSavedFilter({ campaign, savedFilter: again.id });
    expect((await mine.listSavedFilters({ campaign })).map(({ name }) => name)).not.toContain("有提示的");
  });

  test("the case page lists each office's acts with reasons for refusals, and each view is audited", async () => {
    const person = await handedOver({ district: 12 });
    const theirs = { campaign, application: person.application };
    const { district, school } = districtOf(12);
    const reviewer = await district.reviewer.client.cases.getCase(theirs);
    expect(reviewer.actions.filter(({ allowed }) => allowed).map(({ name }) => name)).toContain("decide");
    expect(reviewer.suggestion).toMatchObject({
      conclusion: null,
      undecided: ["师德表现尚未登记。", "身心健康证明尚未登记。"],
    });
    expect(JSON.stringify(reviewer)).not.toContain(person.human.idNumber);
    const clerk = await school.clerk.client.cases.getCase(theirs);
    expect(clerk.suggestion).toBeNull();
    expect(clerk.actions.filter(({ allowed }) => allowed)).toEqual([]);
    expect(clerk.actions.every(({ refusal }) => (refusal?.sentence ?? "").length > 5)).toBe(true);

    const { items } = await auditor.client.audit.listAudit({ subject: person.application });
    expect(items.map(({ action, role }) => [action, role])).toEqual(
      expect.arrayContaining([
        ["view", "district-reviewer"],
        ["view", "school-clerk"],
      ]),
    );
  });

  test("a full ID number needs a reason, which is audited, and is never shown to another office", async () => {
    const person = await submitted({ district: 13 });
    const ask = { campaign, application: person.application, reason: "与公安信息核对" };
    expect(await person.school.clerk.client.cases.revealIdNumber(ask)).toEqual({ idNumber: person.human.idNumber });
    expect(await refusalOf(world.districts[14]?.reviewer.client.cases.revealIdNumber(ask))).toMatchObject({
      status: 404,
    });
    const { items } = await auditor.client.audit.listAudit({ subject: person.application });
    expect(items.filter(({ action }) => action === "reveal-id-number")).toMatchObject([
      { role: "school-clerk", detail: { reason: "与公安信息核对" } },
    ]);
  });

  test("a teacher who moved is transferred with the papers, and the former school can no longer see the case", async () => {
    const person = await submitted({ district: 13 });
    const { district, other } = districtOf(13);
    const theirs = { campaign, application: person.application };
    await district.lead.client.cases.transfer({ ...theirs, school: other.id, reason: "九月调入该校任教" });
    expect(await refusalOf(person.school.clerk.client.cases.getCase(theirs))).toMatchObject({ status: 404 });
    expect((await other.clerk.client.cases.getCase(theirs)).schoolId).toBe(other.id);
    const inbox = await person.client.messages.listMessages({});
    expect(inbox.items.map(({ template }) => template)).toContain("transferred");
  });

  test("the district's lead re-opens a lapsed case, and the message to the teacher names the deadline", async () => {
    const person = await submitted({ district: 14 });
    await acknowledge(person);
    await at("2017-11-04T00:00");
    const theirs = { campaign, application: person.application, reason: "因公外派，逾期系学校原因" };
    const { district } = districtOf(14);
    expect(await refusalOf(district.reviewer.client.cases.reopen(theirs))).toMatchObject({ status: 403 });
    expect(await refusalOf(district.lead.client.cases.reopen(theirs))).toMatchObject({ code: "appeal.missing" });
    const statement = "本人因公外派，学校已知情，逾期系学校原因，请予核查。";
    await person.client.cases.appealEnding({ campaign, application: person.application, statement });
    const unextended = await refusalOf(district.lead.client.cases.reopen(theirs));
    expect(unextended?.title).toContain("须由方案管理员为这份申请批准现场确认延期");
    await manager.client.campaigns.grantExtension({
      campaign,
      stage: "confirm",
      application: person.application,
      until: "2017-11-08T16:00:00Z",
      reason: "因公外派，逾期系学校原因",
    });
    await district.lead.client.cases.reopen(theirs);
    const inbox = await person.client.messages.listMessages({});
    expect(inbox.items[0]?.template).toBe("reopened");
    const { rows } = await database.query("select state from shice.application where id = $1", [person.application]);
    expect(rows[0].state).toBe("submitted");
  });
});

describe("the campaign and its directory", () => {
  test("an amendment may lengthen published periods but never shorten them; a faulty plan is refused with its findings", async () => {
    const amend = (plan: string) => manager.client.campaigns.amendPlan({ campaign, plan, reason: "报名时间顺延两日" });
    const applyEnd = /(to: )(2017-11-02)/;
    expect(planText).toMatch(applyEnd);
    const shorter = await refusalOf(amend(planText.replace(applyEnd, "$12017-10-31")));
    expect(shorter).toMatchObject({ code: "plan.deadline-shortened" });
    expect(await refusalOf(amend("title: nothing else"))).toMatchObject({ status: 422 });
    const otherKey = planText.replace(/^key: .*$/m, "key: chongqing-2099-first");
    expect(await refusalOf(amend(otherKey))).toMatchObject({ code: "campaign.other-key" });
    expect(
      await refusalOf(administrator.client.campaigns.amendPlan({ campaign, plan: planText, reason: "不可" })),
    ).toMatchObject({ status: 403 });
    const { planVersion } = await anyone.campaigns.getCampaign({ campaign });
    expect(planVersion).toBe(1);
    const versions = await anyone.campaigns.listPlanVersions({ campaign });
    expect(versions.map(({ version, source }) => [version, source])).toEqual([[1, planText]]);
  });

  test("a second campaign with the same key is refused, and a campaign with pending cases cannot be closed", async () => {
    const twice = manager.client.campaigns.createCampaign({ plan: planText, reason: "再次发布方案" });
    expect(await refusalOf(twice)).toMatchObject({ code: "campaign.known" });
    await submitted({ district: 15 });
    const closing = await refusalOf(manager.client.campaigns.closeCampaign({ campaign }));
    expect(closing).toMatchObject({ code: "campaign.cases-pending" });
  });

  test("an extension needs an existing teacher, school or district, and an end after its beginning", async () => {
    const { district } = districtOf(15);
    const grant = (input: object) =>
      manager.client.campaigns.grantExtension({
        campaign,
        stage: "confirm" as const,
        until: "2017-11-10T16:00:00Z",
        reason: "停电三日，顺延办理",
        ...input,
      });
    expect(await refusalOf(grant({}))).toMatchObject({ code: "extension.for-exactly-one" });
    expect(await refusalOf(grant({ authority: district.authority, school: district.schools[0]?.id }))).toMatchObject({
      code: "extension.for-exactly-one",
    });
    const nobody = "0198a000-0000-7000-8000-000000000000";
    expect(await refusalOf(grant({ application: nobody }))).toMatchObject({ status: 404 });
    expect(await refusalOf(grant({ authority: district.authority, until: "2017-09-20T00:59:59Z" }))).toMatchObject({
      code: "extension.empty",
    });
    const { extension } = await grant({ authority: district.authority });
    const listed = await district.lead.client.campaigns.listExtensions({ campaign });
    expect(listed.map(({ id }) => id)).toContain(extension);
  });

  test("a restriction takes effect after a second person has reviewed it", async () => {
    const { district } = districtOf(15);
    const person = await submitted({ district: 15 });
    const { campaigns } = district.lead.client;
    const kinds = (await anyone.campaigns.getCampaign({ campaign })).restrictions;
    const enter = {
      campaign,
      idNumber: person.human.idNumber,
      kind: kinds[0]?.kind ?? "",
      from: "2017-01-05",
      source: "区教委处分决定",
    };
    expect(await refusalOf(campaigns.enterRestriction({ ...enter, kind: "gossip" }))).toMatchObject({
      code: "restriction.kind-unknown",
    });
    expect(await refusalOf(campaigns.enterRestriction({ ...enter, idNumber: "1234" }))).toMatchObject({
      code: "account.id-number",
    });
    const { restriction } = await campaigns.enterRestriction(enter);
    expect(await refusalOf(campaigns.reviewRestriction({ campaign, restriction }))).toMatchObject({
      code: "restriction.same-person",
    });
    await manager.client.campaigns.reviewRestriction({ campaign, restriction });
    const list = await campaigns.listRestrictions({ campaign });
    expect(list.find(({ id }) => id === restriction)).toMatchObject({
      name: person.human.name,
      reviewedAt: expect.any(String),
    });
    const theirs = { campaign, application: person.application };
    const { findings } = await person.school.clerk.client.cases.getCase(theirs);
    expect(findings.map(({ code }) => code).join()).toMatch(/restrict/);
  });

  test("schools are added completely or not at all, found by former names, and cannot be chosen once merged", async () => {
    const { district } = districtOf(16);
    const { organisations } = manager.client;
    const school = {
      name: "桃花溪小学",
      kind: "primary" as const,
      ownership: "public" as const,
      authority: district.authority,
      validFrom: "2010-09-01",
    };
    const { schools } = await organisations.addSchools({ schools: [school] });
    const id = schools[0]?.id ?? "";
    const both = organisations.addSchools({ schools: [{ ...school, name: "杏花溪小学" }, school] });
    expect(await refusalOf(both)).toMatchObject({ code: "school.known", figures: { name: "桃花溪小学" } });
    expect(await anyone.organisations.searchSchools({ query: "杏花溪" })).toEqual([]);
    const nowhere = organisations.addSchools({ schools: [{ ...school, name: "梨花溪小学", authority: id }] });
    expect(await refusalOf(nowhere)).toMatchObject({ code: "school.authority-unknown" });

    await organisations.renameSchool({
      school: id,
      name: "桃花溪实验小学",
      on: "2017-09-01",
      reason: "按区教委批复更名",
    });
    const [byOldName] = await anyone.organisations.searchSchools({ query: "桃花溪小学" });
    expect(byOldName).toMatchObject({ id, name: "桃花溪实验小学" });
    const into = district.schools[0]?.id ?? "";
    expect(
      await refusalOf(organisations.mergeSchool({ school: into, into, on: "2017-09-02", reason: "并入自己" })),
    ).toMatchObject({ code: "school.into-itself" });
    await organisations.mergeSchool({ school: id, into, on: "2017-09-02", reason: "按区教委文件合并" });
    expect(await anyone.organisations.searchSchools({ query: "桃花溪" })).toEqual([]);
    const { items } = await auditor.client.audit.listAudit({ subject: id });
    expect(items.map(({ action }) => action)).toEqual(["merge-school", "rename-school", "add-school"]);
    const clerk = district.schools[0]?.clerk.client.organisations;
    expect(await refusalOf(clerk?.addSchools({ schools: [{ ...school, name: "梨花溪小学" }] }))).toMatchObject({
      status: 403,
    });
  });
});

describe("accounts, inboxes and the audit", () => {
  test("every signed-in user, also an administrator, has an inbox that nobody else can read", async () => {
    const person = await confirmed({ district: 3 });
    const mine = await person.client.messages.listMessages({});
    expect(mine.items.map(({ template }) => template)).toEqual(["confirmed", "submitted"]);
    const message = mine.items[0]?.id ?? "";
    for (const { client } of [administrator, auditor, manager]) {
      expect((await client.messages.listMessages({})).items).toEqual([]);
      expect(await refusalOf(client.messages.markRead({ message }))).toMatchObject({ status: 404 });
    }
    await person.client.messages.markRead({ message });
    const again = await person.client.messages.listMessages({});
    expect(again.items.map(({ readAt }) => readAt === null)).toEqual([false, true]);
    expect(await refusalOf(anyone.messages.listMessages({}))).toMatchObject({ status: 401 });
  });

  test("a withdrawn invitation cannot be used", async () => {
    const { district } = districtOf(4);
    const { accounts } = administrator.client;
    const invited = await accounts.invite({
      role: "district-reviewer",
      organisation: district.authority,
      name: "临时人员",
      email: "temporary@example.invalid",
    });
    const mails = await anyone.training.listMails({ to: "temporary@example.invalid" });
    const token = /^[\w-]{30,}$/m.exec(mails[0]?.text ?? "")?.[0] ?? "";
    await accounts.withdrawInvitation(invited);
    const accept = anyone.accounts.acceptInvitation({
      token,
      password: "a good long password",
      idNumber: invented(105),
    });
    expect(await refusalOf(accept)).toMatchObject({ code: "token.spent" });
    expect(await refusalOf(accounts.withdrawInvitation(invited))).toMatchObject({ status: 404 });
    const { items } = await accounts.listInvitations({});
    expect(items.find(({ id }) => id === invited.invitation)?.withdrawnAt).not.toBeNull();
  });

  test("disabling an account ends all its sessions at once, and enabling it restores access; posts are found by name", async () => {
    const { district } = districtOf(5);
    const security = await world.hire("security-administrator", world.stock.organisation);
    const leaver = await world.hire("district-reviewer", district.authority);
    const { accounts } = administrator.client;
    expect((await leaver.client.cases.countQueue({ campaign })).total).toBeGreaterThanOrEqual(0);
    const listed = await security.client.accounts.listPosts({ search: leaver.name });
    expect(listed.items.filter(({ account }) => account === leaver.account)).toMatchObject([
      { role: "district-reviewer", organisation: expect.any(String), disabled: false },
    ]);

    await security.client.accounts.disableAccount({ account: leaver.account, reason: "已调离本单位" });
    expect(await refusalOf(leaver.client.cases.countQueue({ campaign }))).toMatchObject({ status: 401 });
    expect(
      await refusalOf(security.client.accounts.enableAccount({ account: leaver.account, reason: "误操作" })),
    ).toMatchObject({ status: 403 });
    await accounts.enableAccount({ account: leaver.account, reason: "调回本单位工作" });
    const own = accounts.disableAccount({ account: administrator.account, reason: "试一试自己" });
    expect(await refusalOf(own)).toMatchObject({ code: "account.own" });
    expect(
      await refusalOf(
        security.client.accounts.disableAccount({ account: administrator.account, reason: "停用唯一的管理员" }),
      ),
    ).toMatchObject({ code: "post.last-administrator" });
    expect((await administrator.client.accounts.me()).account).toBe(administrator.account);
  });

  test("the security administrator sees refused sign-ins, with a name only if the account exists", async () => {
    const security = await world.hire("security-administrator", world.stock.organisation);
    const person = await teacher({ district: 6 });
    const wrong = { identifier: person.human.idNumber, password: "not the password" };
    expect(await refusalOf(anyone.accounts.signIn(wrong))).toMatchObject({ code: "account.sign-in-failed" });
    expect(await refusalOf(anyone.accounts.signIn({ ...wrong, identifier: invented(106) }))).toMatchObject({
      code: "account.sign-in-failed",
    });
    const { items } = await security.client.accounts.listRefusedSignIns({});
    expect(items.slice(0, 2)).toMatchObject([
      { name: null, sentence: "账号或密码不对，或账号已停用" },
      { name: person.human.name, sentence: "账号或密码不对，或账号已停用" },
    ]);
    expect(await refusalOf(administrator.client.accounts.listRefusedSignIns({}))).toMatchObject({ status: 403 });
  });

  test("only the auditor can verify all chains and read the log page by page", async () => {
    await confirmed({ district: 7 });
    const verified = await auditor.client.audit.verifyChains({ campaign });
    expect(verified.faults).toEqual([]);
    const { rows } = await database.query("select count(*)::int as n from shice.application_history");
    expect(verified.rows).toBe(rows[0].n);
    const first = await auditor.client.audit.listAudit({ limit: 5 });
    const second = await auditor.client.audit.listAudit({
      limit: 5,
      ...(first.next === null ? {} : { after: first.next }),
    });
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(10);
    expect(await refusalOf(manager.client.audit.listAudit({}))).toMatchObject({ status: 403 });
    const unknown = await anyone.audit.verifyConclusion({ campaign, number: "20170000000", name: "查无此人" });
    expect(unknown).toMatchObject({ found: false, conclusion: null });
  });
});

describe("keeping the program running", () => {
  test("only the account administrator sees jobs, and can retry a failed one", async () => {
    const { jobs } = administrator.client;
    const { rows } = await database.query(
      `select id::text as id from worker.add_job('deliver-mails', '{}', run_at => '2999-01-01', max_attempts => 1)`,
    );
    const id = rows[0].id;
    await database.query(
      "update worker._private_jobs set attempts = 1, last_error = 'Error ECONNREFUSED' where id = $1",
      [id],
    );
    const listed = await jobs.listJobs();
    expect(listed.counts["failed"]).toBe(1);
    expect(listed.jobs[0]).toMatchObject({ id, state: "failed", stateTitle: "失败", lastError: "Error ECONNREFUSED" });
    expect(listed.scheduled.map(({ task }) => task)).toContain("sweep-what-is-due");
    expect(await refusalOf(auditor.client.jobs.listJobs())).toMatchObject({ status: 403 });

    await jobs.retryJob({ job: id });
    await expect
      .poll(async () => (await database.query("select from worker.jobs where id = $1", [id])).rowCount)
      .toBe(0);
    expect(await refusalOf(jobs.retryJob({ job: id }))).toMatchObject({ status: 404 });
  });

  test("metrics are served only to this machine, by operation, without personal data", async () => {
    const person = await teacher({ district: 2 });
    const metrics = (headers: Record<string, string> = {}) => fetch(`${world.url}/api/metrics`, { headers });
    const metricsText = await (await metrics()).text();
    expect(metricsText).toMatch(
      /shice_call_duration_seconds_count\{operation="applicant\.start",method="POST",status="200"\} [1-9]/,
    );
    expect(metricsText).toMatch(/shice_database_connections\{state="open"\} [1-9]/);
    expect(metricsText).toMatch(/shice_jobs\{state="failed"\} \d/);
    for (const secret of [person.human.name, person.human.idNumber, person.application])
      expect(metricsText).not.toContain(secret);
    expect((await metrics({ "x-forwarded-for": "203.0.113.9" })).status).toBe(404);
  });

  test("the health check reports whether the program can serve", async () => {
    const health = await fetch(`${world.url}/api/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ ok: true, database: "reached" });
  });
});

describe("public pages", () => {
  test("the calendar says in Chinese what is open and what opens next, with and without scripts", async () => {
    const page = async () => await (await fetch(`${world.url}/calendar`)).text();
    const open = await page();
    expect(open).toContain("2017");
    // Only the countdown needs a script.
    expect(open.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="/public.js">']);
    await at("2017-10-03T12:00");
    expect(await page()).toContain("10月9日");
    const missing = await fetch(`${world.url}/no/such/page`, { headers: { accept: "text/html" } });
    expect(missing.status).toBe(404);
  });
});
