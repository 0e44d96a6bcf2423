import { type Client, makeClient } from "@shice/contract/client.ts";
import { makeCookieJar } from "@shice/contract/cookie-jar.ts";
import type { StaffRole } from "@shice/rules/lifecycle/role.ts";
import { type InstitutionKind, institutionKinds, type Ownership } from "@shice/rules/plan/institution.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import type { Measure } from "./measure.ts";
import { type Human, inventHuman } from "./people.ts";
import { type Random, randomOf } from "./random.ts";
import { together } from "./together.ts";

/** A signed-in client that acts under one post. */
export interface Office {
  client: Client;
  account: string;
  name: string;
}

export interface School {
  id: string;
  name: string;
  kind: InstitutionKind;
  ownership: Ownership;
  clerk: Office;
}

export interface District {
  area: string;
  name: string;
  code: string;
  authority: string;
  reviewBody: string | null;
  reviewer: Office;
  lead: Office;
  custodian: Office;
  handler: Office;
  schools: School[];
  industrySchool: School | undefined;
}

interface Centre {
  id: string;
  reviewer: Office;
}

export interface World {
  plan: Plan;
  campaign: string;
  url: string;
  measure: Measure;
  mailsMayBeLost: boolean;
  random: Random;
  anyone: Client;
  administrator: Office;
  manager: Office;
  auditor: Office;
  commission: Office;
  centres: Centre[];
  stock: { organisation: string; custodian: Office; handler: Office };
  districts: District[];
  /** Invites an invented person to a post; the person accepts. */
  hire(role: string, organisation: string): Promise<Office>;
}

/** A client for one person, with its own cookie jar. */
export function clientFor(url: string, measure: Measure, post?: () => string | undefined): Client {
  return makeClient(url, { cookies: makeCookieJar(), fetch: measure.fetch, ...(post === undefined ? {} : { post }) });
}

const kinds: readonly InstitutionKind[] = [
  "primary",
  "junior",
  "kindergarten",
  "nine-year",
  "senior",
  "complete-secondary",
  "vocational",
];

/**
 * The schools of one district, all in the plan's scope: of each kind alternately public and private if an entry of the
 * scope accepts both. A plan for other institutions gets only those.
 */
export function inventSchools(
  plan: Plan,
  count: number,
  offset: number,
): { kind: InstitutionKind; ownership: Ownership }[] {
  const entriesOf = (kind: InstitutionKind) => plan.scope.institutions.filter((entry) => entry.kinds.includes(kind));
  const common = kinds.some((kind) => entriesOf(kind).length > 0) ? kinds : institutionKinds;
  const wanted = Array.from({ length: count }, (_, number) => common[(offset + number) % common.length] ?? "primary");
  const inScope = wanted.filter((kind) => entriesOf(kind).length > 0);
  const chosen = inScope.length > 0 ? inScope : common.filter((kind) => entriesOf(kind).length > 0).slice(0, count);
  return chosen.map((kind, number) => {
    const ownerships = [...new Set(entriesOf(kind).flatMap(({ ownership }) => ownership))].sort().toReversed();
    const ownership = ownerships[(offset + number) % ownerships.length] ?? "public";
    return { kind, ownership };
  });
}

/** Sets up the offices: bodies from the plan, schools, and invited staff with their own passwords. */
export async function buildWorld(setting: {
  url: string;
  measure: Measure;
  plan: Plan;
  firstInvitation: string;
  seed: number;
  teachers: number;
  mailsMayBeLost?: boolean;
}): Promise<World> {
  const { url, measure, plan, seed, mailsMayBeLost = false } = setting;
  const random = randomOf(seed);
  const campaign = plan.key;
  const anyone = clientFor(url, measure);
  const bodies = await anyone.organisations.listBodies({ campaign });
  const find = (part: string) => bodies.filter((body) => body.part === part);
  const [final] = find("final");
  const [operator] = find("operator");
  if (final === undefined || operator === undefined) throw new Error("the plan lacks a body");

  let staffIndex = 900_000;
  const human = (): Human => inventHuman(random, staffIndex++, "500103", undefined, plan.year);
  const administrator = await accept(url, measure, setting.firstInvitation, human());
  const hire = async (role: StaffRole, organisation: string): Promise<Office> => {
    const person = human();
    await administrator.client.accounts.invite({ role, organisation, name: person.name, email: person.email });
    const mails = await anyone.training.listMails({ to: person.email });
    const token = mails.map(({ text }) => /^[\w-]{30,}$/m.exec(text)?.[0]).findLast((found) => found !== undefined);
    if (token === undefined) throw new Error("no mail with the invitation arrived");
    return await accept(url, measure, token, person);
  };

  const manager = await hire("campaign-manager", operator.id);
  const auditor = await hire("auditor", final.id);
  const commission = await hire("commission-approver", final.id);
  const centres = await together(find("review"), 4, async (body) => ({
    id: body.id,
    reviewer: await hire("centre-reviewer", body.id),
  }));
  const keeper = find("review").length > 0 && operator.id !== final.id ? operator.id : final.id;
  const stock = {
    organisation: keeper,
    custodian: await hire("sticker-custodian", keeper),
    handler: await hire("sticker-handler", keeper),
  };

  const authorities = find("authority");
  const schoolsEach = Math.max(2, Math.min(12, Math.round(setting.teachers / authorities.length / 12)));
  const districts = await together(authorities, 4, async (body, at): Promise<District> => {
    const area = plan.areas.find((candidate) => candidate.key === body.area);
    if (area === undefined) throw new Error("an authority has no area");
    const [reviewer, lead, custodian, handler] = await Promise.all([
      hire("district-reviewer", body.id),
      hire("district-lead", body.id),
      hire("sticker-custodian", body.id),
      hire("sticker-handler", body.id),
    ]);
    const invented = inventSchools(plan, schoolsEach, at);
    const validFrom = `${plan.year - 10}-09-01`;
    const point = plan.confirmationPoint;
    const { schools } = await manager.client.organisations.addSchools({
      schools: [
        ...invented.map(({ kind, ownership }, number) => ({
          name: `${area.name}${ownership === "private" ? "民办" : ""}第${number + 1}${kindName(kind)}`,
          aliases: [`${area.name.slice(0, 2)}${number + 1}${kindName(kind).slice(0, 1)}`],
          kind,
          ownership,
          industryRun: false,
          authority: body.id,
          confirmationPoint: point,
          validFrom,
        })),
        {
          name: `${area.name}钢铁厂子弟学校`,
          aliases: [],
          kind: "nine-year" as const,
          ownership: "public" as const,
          industryRun: true,
          authority: body.id,
          confirmationPoint: point,
          validFrom,
        },
      ],
    });
    const office = point === "authority" ? await hire("school-clerk", body.id) : undefined;
    const staffed = await together(schools, 4, async (school) => ({
      id: school.id,
      name: school.name,
      kind: school.kind,
      ownership: school.ownership,
      clerk: office ?? (await hire("school-clerk", school.id)),
    }));
    return {
      area: area.key,
      name: area.name,
      code: area.code ?? "500112",
      authority: body.id,
      reviewBody: body.reviewBody,
      reviewer,
      lead,
      custodian,
      handler,
      schools: staffed.slice(0, -1),
      industrySchool: staffed.at(-1),
    };
  });
  return {
    plan,
    campaign,
    url,
    measure,
    mailsMayBeLost,
    random,
    anyone,
    administrator,
    manager,
    auditor,
    commission,
    centres,
    stock,
    districts,
    hire,
  };
}

async function accept(url: string, measure: Measure, token: string, person: Human): Promise<Office> {
  let post: string | undefined;
  const client = clientFor(url, measure, () => post);
  const me = await client.accounts.acceptInvitation({ token, password: person.password, idNumber: person.idNumber });
  post = me.posts[0]?.id;
  return { client, account: me.account, name: me.name };
}

function kindName(kind: InstitutionKind): string {
  const names: Partial<Record<InstitutionKind, string>> = {
    primary: "小学",
    junior: "初级中学",
    kindergarten: "幼儿园",
    "nine-year": "九年制学校",
    senior: "高级中学",
    "complete-secondary": "中学",
    vocational: "职业中学",
  };
  return names[kind] ?? "学校";
}
