import { randomUUID } from "node:crypto";
import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices, Staff } from "../testing/offices-shape.ts";
import { confirmationRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
let colleague: Staff;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  const { clerk } = offices.wanzhou;
  const { owner } = offices.db;
  const accountId = randomUUID();
  await owner.query(
    "insert into shice.account (id, kind, display_name, created_at) values ($1, 'staff', '第二位经办人', now())",
    [accountId],
  );
  const { rows } = await owner.query(
    `insert into shice.post (account_id, role, organisation_id, valid_from) values ($1, 'school-clerk', $2, '2017-09-06') returning id`,
    [accountId, clerk.organisation.id],
  );
  colleague = { ...clerk, accountId, postId: rows[0].id, name: "第二位经办人" };
});
beforeEach(() => offices.clock.set("2017-10-09T09:00"));

const clerkOf = () => offices.wanzhou.clerk;
const takeUp = (application: string, by: Staff, reason?: string) =>
  call(
    routes.takeUp,
    { campaign, application, ...(reason === undefined ? {} : { reason }) },
    { context: offices.as(by) },
  );
const lookAt = (application: string, by = clerkOf()) =>
  call(routes.lookAtDesk, { campaign, application }, { context: offices.as(by) });
const confirm = (application: string, by: Staff, more: object = {}) =>
  call(routes.confirmAtDesk, { campaign, application, ...wholeChecks(), ...more }, { context: offices.as(by) });

function wholeChecks() {
  return {
    materials: checklistOf(offices.plan, { newlyHired: false, registrationKind: "periodic" }).map(
      ({ key, copies, suppliedBy }) => ({
        material: key,
        originalSeen: true,
        copyStamped: true,
        copies,
        ...(suppliedBy === "school" ? { signer: "王校长" } : {}),
      }),
    ),
    certificate: comparedFields.map((field) => ({ field, agrees: true })),
  };
}

test("two clerks never hold the same folder: the second is told who has it since when, and takes over with a reason", async () => {
  const [application = ""] = await submitted(offices, offices.wanzhou, 1);
  expect(await takeUp(application, clerkOf())).toMatchObject({ mine: true, by: clerkOf().name });
  expect(await refusalCodeOf(takeUp(application, colleague))).toBe("desk.held");
  expect(await lookAt(application, colleague)).toMatchObject({ held: { mine: false, by: clerkOf().name } });
  expect(await refusalCodeOf(confirm(application, colleague))).toBe("desk.held");
  const bulk = await call(
    routes.confirmMany,
    { campaign, applications: [application] },
    { context: offices.as(colleague) },
  );
  expect(bulk.rows[0]?.refusal?.code).toBe("desk.held");

  expect(await takeUp(application, colleague, "王老师临时开会，由我接手")).toMatchObject({ mine: true });
  expect(await refusalCodeOf(confirm(application, clerkOf()))).toBe("desk.held");
  expect(await confirm(application, colleague)).toMatchObject({ state: "confirmed" });
  const { rows } = await offices.db.owner.query(
    "select reason, from_account_id, to_account_id from shice.desk_takeover where application_id = $1",
    [application],
  );
  expect(rows).toEqual([
    { reason: "王老师临时开会，由我接手", from_account_id: clerkOf().accountId, to_account_id: colleague.accountId },
  ]);
  // The folder is put away with the act.
  expect((await lookAt(application)).held).toBeNull();
});

test("both reach for it at the same moment: one has it", async () => {
  const [application = ""] = await submitted(offices, offices.wanzhou, 1);
  const codes = await Promise.all(
    [clerkOf(), colleague].map((clerk) =>
      takeUp(application, clerk).then(
        () => "taken",
        (error: unknown) => refusalCodeOf(Promise.reject(error)),
      ),
    ),
  );
  expect(codes.toSorted()).toEqual(["desk.held", "taken"]);
});

test("a folder forgotten on a table overnight is free in the morning", async () => {
  const [application = ""] = await submitted(offices, offices.wanzhou, 1);
  await takeUp(application, clerkOf());
  offices.clock.set("2017-10-10T08:00");
  expect(await takeUp(application, colleague)).toMatchObject({ mine: true });
});

test("N22, N23: checks and confirmation are one act: all of it or nothing", async () => {
  const [application = ""] = await submitted(offices, offices.wanzhou, 1);
  const { materials, ...rest } = wholeChecks();
  const lacking = { ...rest, materials: materials.slice(1) };
  expect(
    await refusalCodeOf(
      call(routes.confirmAtDesk, { campaign, application, ...lacking }, { context: offices.as(clerkOf()) }),
    ),
  ).toBe("checks.missing");
  const { rows } = await offices.db.owner.query("select from shice.material_check where application_id = $1", [
    application,
  ]);
  expect(rows).toHaveLength(0);
  expect(await confirm(application, clerkOf())).toMatchObject({ state: "confirmed" });
});

test("N22, N48: the history row holds what the desk confirmed, whatever is recorded later", async () => {
  const [application = ""] = await submitted(offices, offices.wanzhou, 1);
  await confirm(application, clerkOf(), { certificateVersion: "old" });
  const recordOf = async (name: string) => {
    const { rows } = await offices.db.owner.query(
      "select record from shice.application_history where application_id = $1 and transition = $2",
      [application, name],
    );
    return rows.map(({ record }) => record);
  };
  const { materials } = wholeChecks();
  const confirmed = {
    materials: expect.arrayContaining(
      materials.map(({ material, copies, ...rest }) => ({
        material,
        originalSeen: true,
        copyStamped: true,
        copies,
        signed: "signer" in rest,
      })),
    ),
    certificate: expect.arrayContaining([...comparedFields]),
    version: "old",
  };
  expect(await recordOf("confirm")).toEqual([confirmed]);
  expect(await recordOf("set-version")).toEqual([{ version: "old", before: null }]);
  await offices.db.owner.query("update shice.material_check set copies = 0 where application_id = $1", [application]);
  expect(await recordOf("confirm")).toEqual([confirmed]);
});

test("N39: a version that the desk corrects while it saves does not make its next act a conflict", async () => {
  const [application = ""] = await submitted(offices, offices.wanzhou, 1);
  const save = (certificateVersion: "old" | "new") =>
    call(
      routes.saveChecks,
      { campaign, application, ...wholeChecks(), certificateVersion },
      { context: offices.as(clerkOf()) },
    );
  const first = await save("old");
  expect(await save("old")).toEqual(first);
  const { version } = await save("new");
  expect(version).toBe(first.version + 1);
  expect(await refusalCodeOf(confirm(application, clerkOf(), { version: first.version }))).toBe("case.changed");
  expect(await confirm(application, clerkOf(), { version })).toMatchObject({ state: "confirmed" });
});

test("N39, N42: the certificate's version is set at the desk, and the marking follows it", async () => {
  const [application = ""] = await submitted(offices, offices.wanzhou, 1, { certificateIssuedOn: "2017-03-01" });
  expect(await lookAt(application)).toMatchObject({
    versionByYear: "new",
    certificateVersion: null,
    markWith: "annotation",
  });
  await confirm(application, clerkOf(), { certificateVersion: "old" });
  expect(await lookAt(application)).toMatchObject({ certificateVersion: "old", markWith: "sticker" });
});

test("a name, its sound, its first letters, the number and the slip's address find the folder; nobody else's school does", async () => {
  const [application = ""] = await submitted(offices, offices.wanzhou, 1);
  await offices.db.owner.query(
    "update shice.application set name = '欧阳修远', name_pinyin = 'ouyangxiuyuan', name_initials = 'oyxy' where id = $1",
    [application],
  );
  const find = async (text: string, by = clerkOf()) => {
    const { items, exact } = await call(routes.findAtDesk, { campaign, text }, { context: offices.as(by) });
    return { ids: items.map(({ id }) => id), exact };
  };
  for (const text of ["阳修", "ouyang", "OY", "oy xy", "欧阳xiu", "欧?修远"]) {
    expect([text, (await find(text)).ids]).toEqual([text, [application]]);
  }
  expect((await find("欧阳zheng")).ids).toEqual([]);
  const { items } = await call(routes.findAtDesk, { campaign, text: "欧阳" }, { context: offices.as(clerkOf()) });
  const address = `https://example.org/office/${campaign}/case/${application}`;
  expect(await find(address)).toEqual({ ids: [application], exact: true });
  expect((await find(address, offices.yuzhong.clerk)).ids).toEqual([]);
  expect(items[0]?.stateTitle).toBe("待现场确认");
  // What is typed is text, never a pattern.
  expect((await find("%")).ids).toEqual([]);
  expect((await find("欧阳%远")).ids).toEqual([]);
});

test("who has changed the name is found under the one on the certificate too, and both are shown", async () => {
  const [application = "", other = ""] = await submitted(offices, offices.wanzhou, 2);
  const named =
    "update shice.application set form = jsonb_set(form, '{certificateName}', to_jsonb($2::text)) where id = $1";
  await offices.db.owner.query(named, [application, "慕容小雨"]);
  const { rows } = await offices.db.owner.query("select name from shice.application where id = $1", [other]);
  await offices.db.owner.query(named, [other, rows[0].name]);
  const context = offices.as(clerkOf());
  const { items } = await call(routes.findAtDesk, { campaign, text: "慕容" }, { context });
  expect(items.map(({ id, nameOnCertificate }) => ({ id, nameOnCertificate }))).toEqual([
    { id: application, nameOnCertificate: "慕容小雨" },
  ]);
  // Where both are the same, there is no other name to show.
  const same = await call(routes.findAtDesk, { campaign, text: rows[0].name }, { context });
  expect(same.items.find(({ id }) => id === other)).toMatchObject({ nameOnCertificate: null });
});
