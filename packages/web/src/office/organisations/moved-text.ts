import type { Went } from "@shice/contract/organisations.ts";

/** What moved along with a change, in one sentence. */
export function movedText({ campaigns, clerks }: Went): string {
  const entries = campaigns.reduce((sum, campaign) => sum + campaign.entries, 0);
  const cases = campaigns.reduce((sum, campaign) => sum + campaign.cases, 0);
  const moved = entries + cases === 0 ? "没有需要转移的名册和申请。" : `名册${entries}人、申请${cases}件已随之转移。`;
  return clerks.length === 0 ? moved : `${moved}经办人${clerks.join("、")}的岗位已终止。`;
}
