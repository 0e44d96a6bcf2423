import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, type client, queryClient } from "./client.ts";

export type CampaignView = Awaited<ReturnType<typeof client.campaigns.getCampaign>>;

const optionsOf = (campaign: string) =>
  api.campaigns.getCampaign.queryOptions({ input: { campaign }, staleTime: 30_000, refetchInterval: 60_000 });

/** The campaign of the page's address. */
export function useCampaign(): CampaignView {
  const { campaign } = useParams({ strict: false });
  return useSuspenseQuery(optionsOf(campaign ?? "")).data;
}

/** Its key alone. */
export function useCampaignKey(): string {
  const { campaign } = useParams({ strict: false });
  if (campaign === undefined) throw new Error("a page without a campaign");
  return campaign;
}

export async function readCampaign(campaign: string): Promise<CampaignView> {
  return queryClient.ensureQueryData(optionsOf(campaign));
}

/** The campaign that work is about where none is named: the newest that is not closed. */
export async function findDefaultCampaign(): Promise<string | undefined> {
  const all = await queryClient.ensureQueryData(api.campaigns.listCampaigns.queryOptions({ staleTime: 60_000 }));
  const newest = all.toSorted((a, b) => b.year - a.year);
  return (newest.find(({ closedAt }) => closedAt === null) ?? newest[0])?.key;
}

/** The name of a conclusion, 合格. */
export function conclusionName(campaign: CampaignView, key: string | null): string | null {
  return key === null ? null : (campaign.conclusions.find((conclusion) => conclusion.key === key)?.name ?? key);
}
