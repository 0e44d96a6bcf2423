import { createContext, useContext } from "react";
import type { CampaignView } from "../ui/campaign.ts";
import type { Own } from "./own-application.ts";

interface InCampaign {
  campaign: CampaignView;
  own: Own | null;
}

export const OwnContext = createContext<InCampaign | null>(null);

export function useOwn(): InCampaign {
  const found = useContext(OwnContext);
  if (found === null) throw new Error("a page of the teacher's outside of its frame");
  return found;
}
