import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";
import type { Role } from "@shice/rules/lifecycle/role.ts";
import { sendMessages } from "../message/send-messages.ts";
import type { WentAlong } from "./follow.ts";
import type { DirectoryWork } from "./work.ts";

/** Tells the clerks of the school to which something came, in each campaign once, how much it is and from where. */
export async function tellOffices(
  work: DirectoryWork,
  { went, goal, name, change }: { went: readonly WentAlong[]; goal: string; name: string; change: string },
): Promise<void> {
  for (const { campaign, goals } of went) {
    const sums = goals.get(goal);
    if (sums === undefined) continue;
    await tell(work, {
      campaign: campaign.id,
      organisation: goal,
      roles: ["school-clerk"],
      template: "school-took-over",
      cause: `${change}:${campaign.id}`,
      parameters: { school: name, ...sums },
    });
  }
}

/** Tells the leads of the district to which schools passed. */
export async function tellDistrict(
  work: DirectoryWork,
  {
    went,
    authority,
    schools,
    cause,
  }: { went: readonly WentAlong[]; authority: string; schools: string; cause: string },
): Promise<void> {
  for (const { campaign, entries, cases } of went) {
    await tell(work, {
      campaign: campaign.id,
      organisation: authority,
      roles: ["district-lead", "district-reviewer"],
      template: "schools-passed",
      cause: `${cause}:${campaign.id}`,
      parameters: { school: schools, entries, cases },
    });
  }
}

async function tell(
  { tx, now }: DirectoryWork,
  told: {
    campaign: string;
    organisation: string;
    roles: Role[];
    template: AnyTemplate;
    cause: string;
    parameters: Record<string, string | number>;
  },
): Promise<void> {
  const { campaign, organisation, roles, template, cause: key, parameters } = told;
  const messages = roles.map((role) => ({ campaign, organisation, role, key, parameters }));
  await sendMessages(tx, messages, { template, now });
}
