import { wrongRowsSheet } from "../platform/excel/import-books.ts";
import { writeWorkbook } from "../platform/excel/writer.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { auditRequest } from "../request/audit-request.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { runRead } from "../request/run-act.ts";
import { runPublicRead } from "../request/run-public.ts";
import { directoryBook } from "./books.ts";
import { consequencesOf } from "./holds.ts";
import { checkSheet, importViewOf, pointOf, readSheet, wrongRowsOf } from "./import.ts";
import { pointFieldOf, pointWordsOf, writeDetails, writeSheet } from "./import-write.ts";
import { getLiving, lockSchools, mustBeDay, todayTextOf } from "./lock.ts";
import { succeed, wentViewOf } from "./merge.ts";
import { deleteAlias, insertAlias, insertSchools, listKnownNames, writeName } from "./names.ts";
import { passOn, passToAuthority } from "./pass.ts";
import { schoolPageOf } from "./school-page.ts";
import {
  directoryItemOf,
  getSchool,
  listAuthorities,
  listBodies,
  listDirectory,
  listSchoolsById,
  searchSchools,
} from "./schools.ts";
import { listPeople, personViewOf, splitSchool } from "./split.ts";
import { keep, keepWithCases, lookBeyond, lookInto, recordChanges } from "./work.ts";

/** The directory of schools and what happens to them (Notice §三(一): 统一规范填写任教学校名称, 正确选择注册机构和确认点). */
export const organisationsRoutes = {
  searchSchools: api.organisations.searchSchools.handler(({ input, context }) =>
    context.services.database.inScope({ kind: "public" }, (tx) =>
      searchSchools(tx, input.query, input.authority, input.limit),
    ),
  ),

  listBodies: api.organisations.listBodies.handler(({ input, context }) =>
    runPublicRead(context, input.campaign, ({ tx, campaign }) => listBodies(tx, campaign.id)),
  ),

  listSchools: api.organisations.listSchools.handler(({ input, context }) =>
    context.services.database.inScope({ kind: "public" }, async (tx) => {
      const rows = await listDirectory(tx, input, { after: parseCursor(input.after, 2), limit: input.limit });
      return cutPage(rows, input.limit, directoryItemOf, (row) => [row.spelt, row.id]);
    }),
  ),

  getSchool: api.organisations.getSchool.handler(({ input, context }) =>
    runRead(context, input.campaign, (ctx) => schoolPageOf(ctx, input.school)),
  ),

  getConsequences: api.organisations.getConsequences.handler(({ input, context }) =>
    lookBeyond(context, async ({ tx, now }) => {
      await getSchool(tx, input.school);
      return await consequencesOf(tx, input.school, now);
    }),
  ),

  listSchoolPeople: api.organisations.listSchoolPeople.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listPeople(ctx, input.school, { after: parseCursor(input.after, 2), limit: input.limit });
      await audit(ctx, { action: "list-school-people", subjectKind: "school", subjectId: input.school });
      return cutPage(
        rows,
        input.limit,
        (row) => personViewOf(ctx, row),
        ({ sound, person }) => [sound, person],
      );
    }),
  ),

  addSchools: api.organisations.addSchools.handler(({ input, context }) =>
    keep(context, async (keeping) => {
      const { tx, now } = keeping;
      const authorities = await listAuthorities(tx, [...new Set(input.schools.map((school) => school.authority))]);
      const unknown = input.schools.findIndex((school) => !authorities.has(school.authority));
      if (unknown >= 0)
        throw new RefusalError({ code: "school.authority-unknown", row: unknown + 1, field: "authority" });
      const [known] = await listKnownNames(tx, input.schools);
      if (known !== undefined) throw new RefusalError({ code: "school.known", name: known, field: "name" });
      const ids = await insertSchools(tx, input.schools, now);
      await recordChanges(
        keeping,
        input.schools.map(({ authority, validFrom }, at) => ({
          school: ids[at] ?? "",
          kind: "added",
          on: validFrom,
          reason: input.reason ?? null,
          detail: { authority: authorities.get(authority) ?? "" },
        })),
      );
      return { schools: await listSchoolsById(tx, ids) };
    }),
  ),

  renameSchool: api.organisations.renameSchool.handler(({ input, context }) =>
    keep(context, async (keeping) => {
      const { tx } = keeping;
      await lockSchools(keeping, [input.school]);
      const school = await getLiving(keeping, input.school);
      mustBeDay(keeping, school, input.on);
      if (input.name === school.name) throw new RefusalError({ code: "school.nothing-changed" });
      const [known] = await listKnownNames(tx, [{ name: input.name, authority: school.authorityId }]);
      if (known !== undefined) throw new RefusalError({ code: "school.known", name: known, field: "name" });
      await writeName(tx, school.id, input.name, input.on);
      await recordChanges(keeping, [
        {
          school: school.id,
          kind: "renamed",
          on: input.on,
          reason: input.reason,
          detail: { from: school.name, to: input.name },
        },
      ]);
      return await getSchool(tx, school.id);
    }),
  ),

  addAlias: api.organisations.addAlias.handler(({ input, context }) =>
    keep(context, async (keeping) => {
      const { tx } = keeping;
      const { id, authorityId } = await getLiving(keeping, input.school);
      const [known] = await listKnownNames(tx, [{ name: input.name, authority: authorityId }]);
      if (known !== undefined) throw new RefusalError({ code: "school.known", name: known, field: "name" });
      if (!(await insertAlias(tx, id, input.name))) {
        throw new RefusalError({ code: "school.alias-known", name: input.name, field: "name" });
      }
      const change = { school: id, kind: "alias-added", on: todayTextOf(keeping), reason: null } as const;
      await recordChanges(keeping, [{ ...change, detail: { name: input.name } }]);
      return await getSchool(tx, id);
    }),
  ),

  removeAlias: api.organisations.removeAlias.handler(({ input, context }) =>
    keep(context, async (keeping) => {
      const { tx } = keeping;
      const { id } = await getSchool(tx, input.school);
      if (!(await deleteAlias(tx, id, input.name))) {
        throw new RefusalError({ code: "school.alias-unknown", name: input.name, field: "name" });
      }
      const change = { school: id, kind: "alias-removed", on: todayTextOf(keeping), reason: input.reason } as const;
      await recordChanges(keeping, [{ ...change, detail: { name: input.name } }]);
      return await getSchool(tx, id);
    }),
  ),

  changeSchool: api.organisations.changeSchool.handler(({ input, context }) =>
    keepWithCases(context, async (work) => {
      const { school: id, on, reason, confirmationPoint: point, ...details } = input;
      await lockSchools(work, [id]);
      const school = await getLiving(work, id);
      mustBeDay(work, school, on);
      const moves = point !== undefined && point !== pointOf(school);
      const fields = await writeDetails(work.tx, school, { ...details, confirmationPoint: point });
      if (fields.length === 0 && !moves) throw new RefusalError({ code: "school.nothing-changed" });
      if (!moves) {
        await recordChanges(work, [{ school: id, kind: "changed", on, reason, detail: { fields } }]);
        return { school: await getSchool(work.tx, id), went: wentViewOf([], []) };
      }
      const { went } = await passOn(work, {
        schools: [school],
        on,
        reason,
        changeOf: () => ({ kind: "changed", detail: { fields: [...fields, pointFieldOf(school, point)] } }),
        wordsOf: () => pointWordsOf(school, point),
      });
      return { school: await getSchool(work.tx, id), went: wentViewOf(went, []) };
    }),
  ),

  passSchools: api.organisations.passSchools.handler(({ input, context }) =>
    keepWithCases(context, async (work) => {
      const ids = [...new Set(input.schools)].toSorted();
      await lockSchools(work, ids);
      const name = (await listAuthorities(work.tx, [input.authority])).get(input.authority);
      if (name === undefined) throw new RefusalError({ code: "school.no-such-authority", field: "authority" });
      const schools = [];
      for (const id of ids) {
        const school = await getLiving(work, id);
        mustBeDay(work, school, input.on);
        if (school.authorityId === input.authority) {
          throw new RefusalError({ code: "school.authority-same", name: school.name, field: "authority" });
        }
        schools.push(school);
      }
      const wanted = schools.map((school) => ({ name: school.name, authority: input.authority }));
      const [known] = await listKnownNames(work.tx, wanted);
      if (known !== undefined) throw new RefusalError({ code: "school.known", name: known, field: "authority" });
      const authority = { id: input.authority, name };
      const went = await passToAuthority(work, schools, { authority, on: input.on, reason: input.reason });
      return { schools: await listSchoolsById(work.tx, ids), went };
    }),
  ),

  mergeSchool: api.organisations.mergeSchool.handler(({ input, context }) =>
    keepWithCases(context, async (work) => {
      const { on, reason } = input;
      await lockSchools(work, [input.school, input.into]);
      const school = await getLiving(work, input.school);
      if (input.into === input.school) throw new RefusalError({ code: "school.into-itself", field: "into" });
      const into = await getLiving(work, input.into);
      mustBeDay(work, school, on);
      const went = await succeed(work, {
        kind: "merged",
        school,
        ends: true,
        on,
        reason,
        made: new Set<string>(),
        successors: [{ school: into, takesRest: true }],
        goalOf: () => into.id,
      });
      return { school: await getSchool(work.tx, school.id), into, went };
    }),
  ),

  splitSchool: api.organisations.splitSchool.handler(({ input, context }) =>
    keepWithCases(context, (work) => splitSchool(work, input)),
  ),

  getDirectoryBook: api.organisations.getDirectoryBook.handler(({ input, context }) =>
    lookInto(context, async ({ tx }) => {
      const { filled, ...filter } = input;
      const { bytes, rows } = await directoryBook(tx, filled === "yes" ? filter : undefined);
      if (filled === "yes") {
        await auditRequest(tx, context, { action: "export-directory", subjectKind: "directory", detail: { rows } });
      }
      return bookFile(bytes, filled === "yes" ? "学校目录.xlsx" : "学校目录（模板）.xlsx");
    }),
  ),

  checkDirectory: api.organisations.checkDirectory.handler(async ({ input, context }) => {
    const book = await readSheet(input.content);
    return await lookInto(context, async (keeping) =>
      importViewOf(input.fileName, await checkSheet(keeping, book), null),
    );
  }),

  applyDirectory: api.organisations.applyDirectory.handler(async ({ input, context }) => {
    const book = await readSheet(input.content);
    return await keepWithCases(context, async (work) => {
      const checked = await checkSheet(work, book);
      return importViewOf(input.fileName, checked, await writeSheet(work, checked, input));
    });
  }),

  getDirectoryErrors: api.organisations.getDirectoryErrors.handler(async ({ input, context }) => {
    const book = await readSheet(input.content);
    return await lookInto(context, async (keeping) => {
      const checked = await checkSheet(keeping, book);
      const wrong = wrongRowsOf(checked);
      if (wrong.length === 0) throw new RefusalError({ code: "import.nothing-wrong" });
      return bookFile(await writeWorkbook([wrongRowsSheet(checked.columns, wrong)]), "学校目录有误的行.xlsx");
    });
  }),
};

function bookFile(bytes: Buffer, name: string): File {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return new File([Uint8Array.from(bytes)], name, { type });
}
