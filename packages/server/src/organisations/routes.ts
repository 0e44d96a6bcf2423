import { databaseScopeOf, getActor } from "../application/act.ts";
import { api } from "../application/api.ts";
import { auditRequest } from "../application/audit-request.ts";
import type { RequestContext } from "../application/context.ts";
import { lookPublicly } from "../application/look-publicly.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import {
  addSchools,
  listAuthorities,
  listBodies,
  listKnownNames,
  listSchoolsById,
  mergeSchool,
  renameSchool,
  searchSchools,
} from "./queries.ts";

export const organisationsRoutes = {
  searchSchools: api.organisations.searchSchools.handler(({ input, context }) =>
    context.services.database.inScope({ kind: "public" }, (tx) =>
      searchSchools(tx, input.query, input.authority, input.limit),
    ),
  ),

  listBodies: api.organisations.listBodies.handler(({ input, context }) =>
    lookPublicly(context, input.campaign, ({ tx, campaign }) => listBodies(tx, campaign.id)),
  ),

  addSchools: api.organisations.addSchools.handler(({ input, context }) =>
    inDirectory(context, async (tx) => {
      const authorities = await listAuthorities(tx, [...new Set(input.schools.map((school) => school.authority))]);
      const unknown = input.schools.findIndex((school) => !authorities.has(school.authority));
      if (unknown >= 0)
        throw new RefusalError({ code: "school.authority-unknown", row: unknown + 1, field: "authority" });
      const [known] = await listKnownNames(tx, input.schools);
      if (known !== undefined) throw new RefusalError({ code: "school.known", name: known, field: "name" });
      const ids = await addSchools(tx, input.schools, context.services.clock.now());
      for (const id of ids) await auditRequest(tx, context, { action: "add-school", ...schoolOf(id) });
      const views = new Map((await listSchoolsById(tx, ids)).map((school) => [school.id, school]));
      return { schools: ids.flatMap((id) => views.get(id) ?? []) };
    }),
  ),

  renameSchool: api.organisations.renameSchool.handler(({ input, context }) =>
    inDirectory(context, async (tx) => {
      await getSchool(tx, input.school);
      await renameSchool(tx, input.school, input.name, input.on);
      const detail = { name: input.name, on: input.on };
      await auditRequest(tx, context, { action: "rename-school", ...schoolOf(input.school), detail });
      return await getSchool(tx, input.school);
    }),
  ),

  mergeSchool: api.organisations.mergeSchool.handler(({ input, context }) =>
    inDirectory(context, async (tx) => {
      await getSchool(tx, input.school);
      const into = await getSchool(tx, input.into);
      if (into.validTo !== null || into.id === input.school)
        throw new RefusalError({ code: "school.closed", field: "school" });
      await mergeSchool(tx, input.school, input.into, input.on, input.reason);
      const detail = { into: input.into, on: input.on };
      await auditRequest(tx, context, { action: "merge-school", ...schoolOf(input.school), detail });
      return await getSchool(tx, input.school);
    }),
  ),
};

function schoolOf(id: string) {
  return { subjectKind: "school", subjectId: id };
}

function inDirectory<T>(context: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  const actor = getActor(context);
  return context.services.database.inScope(
    databaseScopeOf(actor.scope),
    work,
    actor.accountId === null ? {} : { actorId: actor.accountId },
  );
}

async function getSchool(tx: Tx, id: string) {
  const [school] = await listSchoolsById(tx, [id]);
  if (school === undefined) throw new RefusalError({ code: "request.not-found" });
  return school;
}
