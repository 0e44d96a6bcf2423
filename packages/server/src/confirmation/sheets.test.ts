import { beforeAll, expect, test } from "vitest";
import { documentsRoutes } from "../documents/routes.ts";
import { schoolSheetsOf } from "../documents/school-sheet.ts";
import { openTypesetter } from "../platform/typesetting/typesetter.ts";
import { withActContext } from "../testing/act-context.ts";
import { submitted } from "../testing/handed-over.ts";
import { callRoute as call, openOffices, refusalCodeOf } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { pagesOf } from "../testing/pdf.ts";
import { confirmationRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  offices.clock.set("2017-10-09T09:00");
  campaign = offices.campaign.key;
  const typesetter = openTypesetter();
  Object.assign(offices.services, { typesetter });
  return () => typesetter.close();
});

const by = () => offices.as(offices.wanzhou.clerk);
const supply = (applications: string[], material = "ethics", signer = "王校长") =>
  call(
    routes.supplySheets,
    { campaign, school: offices.wanzhou.school.id, material, signer, applications },
    { context: by() },
  );

test("N30, N50: the proofs of a school of 100 in one file within seconds, a page each, traceable to sheet and signer", async () => {
  const applications = await submitted(offices, offices.wanzhou, 100);
  const { recorded, sheets } = await supply(applications);
  expect(recorded).toBe(100);
  const [{ id: sheet, number } = { id: "", number: "" }, ...others] = sheets;
  expect(others).toEqual([]);
  expect(number).toMatch(/^ZM20171009-\d{6}$/);
  const begun = performance.now();
  const file = await call(documentsRoutes.getSchoolSheet, { campaign, sheet }, { context: by() });
  const seconds = (performance.now() - begun) / 1000;
  const pdf = Buffer.from(await file.arrayBuffer());
  process.stdout.write(`proofs of 100 teachers: ${pdf.length} bytes in ${seconds.toFixed(2)} s\n`);
  expect(pagesOf(pdf)).toBe(100);
  expect(seconds).toBeLessThan(10);
  const rows = await call(documentsRoutes.getSchoolSheet, { campaign, sheet, layout: "rows" }, { context: by() });
  expect(pagesOf(Buffer.from(await rows.arrayBuffer()))).toBeLessThan(6);
  // From the case to the sheet, and no further than the own school.
  const { items } = await call(routes.listSheets, { campaign, application: applications[7] ?? "" }, { context: by() });
  expect(items).toMatchObject([{ id: sheet, signer: "王校长", entries: 100, title: "师德表现证明" }]);
  const elsewhere = await call(routes.listSheets, { campaign }, { context: offices.as(offices.yuzhong.clerk) });
  expect(elsewhere.items).toEqual([]);
});

test("the rows stand in the order of the roster, and say the grade that the roster knows", async () => {
  const applications = await submitted(offices, offices.wanzhou, 3);
  const { owner } = offices.db;
  // Entered in the opposite order.
  for (const application of applications.toReversed()) {
    await owner.query(
      `insert into shice.roster_entry (campaign_id, school_id, confirmation_point_id, authority_id, name, id_number_sealed,
         id_number_index, facts, standing, source, entered_at)
       select a.campaign_id, a.school_id, a.confirmation_point_id, a.authority_id, a.name, p.id_number_sealed,
         p.id_number_index, '{"assessments": [{"year": 2016, "grade": "excellent"}]}', 'due', 'hand', a.created_at
       from shice.application a join shice.person p on p.id = a.person_id where a.id = $1`,
      [application],
    );
  }
  const [{ id: sheet } = { id: "" }] = (await supply(applications, "assessment")).sheets;
  const { rows } = await owner.query(
    "select application_id, facts from shice.school_sheet_item where sheet_id = $1 order by position",
    [sheet],
  );
  expect(rows.map((row) => row.application_id)).toEqual(applications.toReversed());
  expect(rows[0]?.facts).toEqual({ year: 2016, grade: "优秀" });
  const { rows: checks } = await owner.query(
    "select sheet_id, signer from shice.material_check where application_id = $1 and material = 'assessment'",
    [applications[0]],
  );
  expect(checks).toEqual([{ sheet_id: sheet, signer: "王校长" }]);
});

test("items 5, 6 and 7 come as one file, teacher by teacher in the order of the roster; a stranger's sheet is not there", async () => {
  const applications = await submitted(offices, offices.wanzhou, 4);
  const sheets: string[] = [];
  for (const material of ["fitness", "assessment", "ethics"])
    sheets.push(...(await supply(applications, material)).sheets.map(({ id }) => id));
  const { sheet } = await withActContext(offices, offices.wanzhou.clerk, (ctx) => schoolSheetsOf(ctx, sheets));
  const pages = sheet.document["pages"] as { title: string; application: string }[];
  expect(pages.map(({ title }) => title)).toEqual(
    Array(4).fill(["上一年年度考核证明", "师德表现证明", "身心健康证明"]).flat(),
  );
  const { rows } = await offices.db.owner.query(
    "select number from shice.application where id = any($1) order by number",
    [applications],
  );
  expect(pages.map(({ application }) => application)).toEqual(rows.flatMap(({ number }) => [number, number, number]));
  const file = await call(documentsRoutes.getSchoolSheets, { campaign, sheets }, { context: by() });
  expect(pagesOf(Buffer.from(await file.arrayBuffer()))).toBe(12);
  const stranger = call(
    documentsRoutes.getSchoolSheets,
    { campaign, sheets },
    { context: offices.as(offices.yuzhong.clerk) },
  );
  expect(await refusalCodeOf(stranger)).toBe("request.not-found");
});
