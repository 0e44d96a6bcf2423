import { beforeAll, expect, test } from "vitest";
import { confirmationRoutes } from "../confirmation/routes.ts";
import { readWorkbook } from "../platform/excel/reader.ts";
import { openTypesetter } from "../platform/typesetting/typesetter.ts";
import { callRoute as call, openOffices } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { pagesOf } from "../testing/pdf.ts";
import { documentsRoutes as routes } from "./routes.ts";

let offices: Offices;
let campaign: string;
beforeAll(async () => {
  offices = await openOffices();
  campaign = offices.campaign.key;
  const typesetter = openTypesetter();
  Object.assign(offices.services, { typesetter });
  return () => typesetter.close();
});

const bytesOf = async (file: File) => Buffer.from(await file.arrayBuffer());

/** Hands confirmed cases over in the order given. */
async function handedOverAs(applications: readonly string[]): Promise<string> {
  const { manifest } = await call(
    confirmationRoutes.handOver,
    { campaign, applications: [...applications] },
    { context: offices.as(offices.wanzhou.clerk) },
  );
  return manifest ?? "";
}

test("N25: list, workbook and bag labels of a manifest say the same in the same order, with totals", async () => {
  const { wanzhou, clock, db } = offices;
  clock.set("2017-10-20T09:00");
  const applications = await offices.confirmed(wanzhou, 31);
  const manifest = await handedOverAs(applications.toReversed());
  const context = offices.as(wanzhou.clerk);

  const book = await readWorkbook(
    await bytesOf(await call(routes.getManifestBook, { campaign, manifest }, { context })),
  );
  if ("code" in book) throw new Error(book.code);
  const [list, totals] = book.sheets;
  const { rows: wanted } = await db.owner.query(
    `select a.number from unnest($1::uuid[]) with ordinality as i(id, place) join shice.application a on a.id = i.id order by i.place`,
    [applications.toReversed()],
  );
  const heading = list?.rows.findIndex(([first]) => first === "序号") ?? -1;
  const rows = list?.rows.slice(heading + 1) ?? [];
  expect(rows.map((row) => row[3])).toEqual(wanted.map(({ number }) => number));
  expect(rows.map(([position]) => position)).toEqual(Array.from({ length: 31 }, (_, at) => at + 1));
  expect(rows[30]?.[1]).toBe("WZQ-2017-001-0031");
  // Seven materials, each once a teacher and twice on paper.
  expect(rows.every((row) => row[7] === 14)).toBe(true);
  const materials = totals?.rows.filter(([item]) => /^[1-7]$/.test(String(item))) ?? [];
  expect(materials.map((row) => row.slice(2, 4))).toEqual(Array(7).fill([31, 62]));

  const sheet = await bytesOf(await call(routes.getManifestSheet, { campaign, manifest }, { context }));
  expect(pagesOf(sheet)).toBe(2);
  const labels = await bytesOf(await call(routes.getBagLabels, { campaign, manifest }, { context }));
  // Fourteen a page.
  expect(pagesOf(labels)).toBe(3);
  // The second list of the school counts on: no two bags bear the same number.
  const second = await handedOverAs(await offices.confirmed(wanzhou, 2));
  const next = await readWorkbook(
    await bytesOf(await call(routes.getManifestBook, { campaign, manifest: second }, { context })),
  );
  const bags =
    "code" in next ? [] : (next.sheets[0]?.rows ?? []).map((row) => row[1]).filter((bag) => /^WZQ/.test(`${bag}`));
  expect(bags).toEqual(["WZQ-2017-001-0032", "WZQ-2017-001-0033"]);
  // The same data give the same bytes, whenever they are printed.
  clock.set("2017-10-21T09:00");
  const again = await bytesOf(await call(routes.getManifestSheet, { campaign, manifest }, { context }));
  expect(again.equals(sheet)).toBe(true);
});

test("a manifest is printed by its school and its district, and by no other; each print is noted", async () => {
  const { wanzhou, yuzhong, db } = offices;
  const manifest = await handedOverAs(await offices.confirmed(wanzhou, 1));
  for (const reader of [wanzhou.clerk, wanzhou.reviewer, wanzhou.lead]) {
    const file = await call(routes.getManifestSheet, { campaign, manifest }, { context: offices.as(reader) });
    expect(file.name).toMatch(/^交接清单-JJ\d{8}-\d{6}\.pdf$/);
  }
  for (const stranger of [yuzhong.clerk, yuzhong.reviewer]) {
    for (const route of [routes.getManifestSheet, routes.getBagLabels, routes.getManifestBook]) {
      await expect(call(route, { campaign, manifest }, { context: offices.as(stranger) })).rejects.toMatchObject({
        refusal: { code: "request.not-found" },
      });
    }
  }
  const { rows } = await db.owner.query(
    "select action, detail from shice.audit_entry where subject_id = $1 order by at",
    [manifest],
  );
  expect(rows).toEqual(Array(3).fill({ action: "print-manifest", detail: { rows: 1 } }));
});
