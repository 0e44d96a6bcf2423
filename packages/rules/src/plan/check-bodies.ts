import type { Finding, PathSegment } from "./finding.ts";
import { findingOf } from "./finding-of.ts";
import { type InstitutionKind, institutionTitles, type Ownership, ownershipTitles } from "./institution.ts";
import type { Plan } from "./plan.ts";

/** Checks areas, bodies and scope (Notice §一): unique names, and references that exist. */
export function* checkBodies(plan: Plan): Generator<Finding> {
  yield* checkDuplicates(
    "区县标识",
    plan.areas.map((area) => area.key),
    (index) => ["areas", index, "key"],
  );
  yield* checkDuplicates(
    "区县代码",
    plan.areas.map((area) => area.code),
    (index) => ["areas", index, "code"],
  );
  yield* checkDuplicateNames(
    "区县",
    plan.areas.map((area) => area.name),
    (index) => ["areas", index, "name"],
  );
  yield* checkDuplicates(
    "复审机构标识",
    plan.bodies.review.map((body) => body.key),
    (index) => ["bodies", "review", index, "key"],
  );
  yield* checkDuplicates(
    "限制库类别",
    plan.restrictions.map((entry) => entry.kind),
    (index) => ["restrictions", index, "kind"],
  );
  yield* checkRoles(plan);
  yield* checkReviewBodies(plan);
  yield* checkScope(plan);
}

interface NamedBody {
  role: "final" | "review" | "authority";
  key: string;
  name: string;
  path: PathSegment[];
}

function listBodies(plan: Plan): NamedBody[] {
  const review = plan.bodies.review.map((body, index) => ({
    role: "review" as const,
    ...body,
    path: ["bodies", "review", index],
  }));
  const authorities = plan.areas.map(({ authority }, index) => ({
    role: "authority" as const,
    ...authority,
    path: ["areas", index, "authority"],
  }));
  return [{ role: "final", ...plan.bodies.final, path: ["bodies", "final"] }, ...review, ...authorities];
}

function* checkRoles(plan: Plan): Generator<Finding> {
  const bodies = listBodies(plan);
  for (const [index, body] of bodies.entries()) {
    const namesake = bodies.slice(0, index).find((earlier) => earlier.key === body.key);
    if (namesake !== undefined && namesake.name !== body.name) {
      const figures = { key: body.key, name: body.name, otherName: namesake.name };
      yield findingOf("body.same-key-other-name", body.path, figures);
    } else if (namesake !== undefined && namesake.role !== body.role) {
      yield findingOf("body.two-roles", body.path, { key: body.key, name: body.name });
    }
  }
  const known = [...new Set(bodies.map((body) => body.key))];
  const { operator } = plan.bodies;
  if (!known.includes(operator)) {
    yield findingOf("bodies.unknown-operator", ["bodies", "operator"], { operator, known });
  }
}

function* checkReviewBodies(plan: Plan): Generator<Finding> {
  const { review } = plan.bodies;
  const known = review.map((body) => body.key);
  if (plan.stages.review !== undefined && review.length === 0) {
    yield findingOf("review.stage-without-body", ["bodies", "review"], {}, plan.stages.review.source);
  }
  if (plan.stages.review === undefined && review.length > 0) {
    yield findingOf("review.body-without-stage", ["bodies", "review"], {});
  }
  for (const [index, area] of plan.areas.entries()) {
    if (area.reviewedBy === undefined) {
      if (review.length > 1) {
        yield findingOf("area.review-body-missing", ["areas", index], { area: area.name, known });
      }
    } else if (!known.includes(area.reviewedBy)) {
      const figures = { area: area.name, reviewedBy: area.reviewedBy, known };
      yield findingOf("area.unknown-review-body", ["areas", index, "reviewedBy"], figures);
    }
  }
  if (review.length > 1) {
    for (const [index, body] of review.entries()) {
      if (!plan.areas.some((area) => area.reviewedBy === body.key)) {
        yield findingOf("review.body-unused", ["bodies", "review", index], { name: body.name });
      }
    }
  }
}

function* checkScope(plan: Plan): Generator<Finding> {
  for (const [index, entry] of plan.scope.institutions.entries()) {
    for (const kind of new Set(entry.kinds)) {
      for (const ownership of new Set(entry.ownership)) {
        // If two entries accept exactly the same, only the later one has no effect.
        const others = plan.scope.institutions.filter(
          (other, at) =>
            at !== index &&
            takesAllOf(other, entry, kind, ownership) &&
            (at < index || !takesAllOf(entry, other, kind, ownership)),
        );
        if (others.length === 0) continue;
        const figures = { kind: institutionTitles[kind], ownership: ownershipTitles[ownership] };
        yield findingOf("scope.kind-twice", ["scope", "institutions", index, "kinds"], figures, entry.source);
      }
    }
  }
  const { persons, institutions } = plan.scope;
  if (persons.inEstablishment && institutions.some(({ ownership }) => ownership.includes("private"))) {
    const path = ["scope", "persons", "inEstablishment"];
    yield findingOf("scope.private-needs-no-establishment", path, {}, persons.source);
  }
  const { years, reopensAfterMonths: months, source } = plan.cycle;
  if (months > years * 12) {
    yield findingOf("cycle.reopens-after-expiry", ["cycle", "reopensAfterMonths"], { months, years }, source);
  }
}

type InstitutionScope = Plan["scope"]["institutions"][number];

/** Whether one entry of the scope accepts every teacher of this kind of institution whom the other accepts. */
function takesAllOf(
  one: InstitutionScope,
  other: InstitutionScope,
  kind: InstitutionKind,
  ownership: Ownership,
): boolean {
  return (
    one.kinds.includes(kind) &&
    one.ownership.includes(ownership) &&
    (one.industryRun || !other.industryRun) &&
    (!one.onlyWithTeacherTitle || other.onlyWithTeacherTitle)
  );
}

/** One finding for each value that repeats an earlier one. */
export function* checkDuplicates(
  what: string,
  keys: readonly (string | number | undefined)[],
  pathAt: (index: number) => PathSegment[],
): Generator<Finding> {
  for (const [index, key] of keys.entries()) {
    if (key !== undefined && keys.indexOf(key) < index) {
      yield findingOf("duplicate.key", pathAt(index), { what, key: String(key) });
    }
  }
}

/** Like `checkDuplicates`, for the Chinese names that users see. */
export function* checkDuplicateNames(
  what: string,
  names: readonly string[],
  pathAt: (index: number) => PathSegment[],
): Generator<Finding> {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) {
      yield findingOf("duplicate.name", pathAt(index), { what, name });
    }
  }
}
