import { parkingKindsOf } from "@shice/rules/roster/parking.ts";
import type { CampaignView } from "../../ui/campaign.ts";
import type { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";

export type Item = Awaited<ReturnType<typeof client.roster.listRoster>>["items"][number];

/** Everybody whom an act is for: those chosen, or all that the list shows. */
export interface Target {
  chosen: readonly Item[];
  filter: object;
  /** How many the filter shows; undefined until it is counted. */
  count: number | undefined;
}

export function selectionOf({ chosen, filter, count }: Target) {
  return chosen.length > 0 ? { entries: chosen.map(({ id }) => id) } : { filter, count: count ?? 0 };
}

export function sizeOf({ chosen, count }: Target): number {
  return chosen.length > 0 ? chosen.length : (count ?? 0);
}

/** Whom an act is for, in words: 张小明, 所选3人, or 列出的全部45人. */
export function targetText(target: Target): string {
  const [one, second] = target.chosen;
  if (one === undefined) return `列出的全部${target.count ?? ""}人`;
  return second === undefined ? one.name : `所选${target.chosen.length}人`;
}

/** The reason with what was remarked. */
export function reasonText({ reasons }: CampaignView, { reason, remark }: Pick<Item, "reason" | "remark">): string {
  const text = reasons.find(({ code }) => code === reason)?.text ?? reason ?? "";
  return [text, remark ?? ""].filter((part) => part !== "").join("；");
}

/** Today in Beijing, by the program's clock. */
export function todayIn({ now }: CampaignView): string {
  return momentText(now).slice(0, 10);
}

/** For what somebody may be parked, under this campaign's plan. */
export function parkingKinds({ reasons }: CampaignView): { value: string; label: string }[] {
  const known = reasons.map((reason) => ({ ...reason, use: [...reason.use], opens: [] }));
  return parkingKindsOf({ reasons: known }).map(({ code, text }) => ({
    value: code,
    label: text,
  }));
}
