import { createContext, useContext } from "react";
import type { CampaignView } from "../ui/campaign.ts";
import type { Side } from "./form-host.tsx";
import type { AboutForm, FormPlan, Own } from "./own-application.ts";
import type { Draft } from "./use-draft.ts";

/** What the pages of a form that is being filled in share. */
interface Filling {
  campaign: CampaignView;
  own: Own;
  /** Whose draft it is, and who fills it in. */
  side: Side;
  about: AboutForm;
  plan: FormPlan;
  draft: Draft;
  /** Fields that this person may not change: a return opened others. */
  closed: ReadonlySet<string>;
  /** Whether a scan of this material may be added. */
  isSlotOpen: (slot: string) => boolean;
  /** Why the school asks for a field or a material again; undefined where it does not. */
  askedFor: (entry: string) => string | undefined;
  /** Steps whose text was read: 1, 2 and 6. */
  read: ReadonlySet<number>;
  noteRead: (step: number) => void;
  /** Steps that were looked at: what is missing in them is told. */
  seen: ReadonlySet<number>;
  see: (step: number) => void;
}

export const FillingContext = createContext<Filling | null>(null);

export function useFilling(): Filling {
  const filling = useContext(FillingContext);
  if (filling === null) throw new Error("a page of the form outside of it");
  return filling;
}
