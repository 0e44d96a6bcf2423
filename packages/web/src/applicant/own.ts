import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { CampaignView } from "../ui/campaign.ts";
import { api, type client } from "../ui/client.ts";
import type { Side } from "./side.tsx";
import type { Draft } from "./use-draft.ts";

export type Own = NonNullable<Awaited<ReturnType<typeof client.applicant.own>>>;
export type About = Awaited<ReturnType<typeof client.applicant.about>>;
/** What stands around a form, whoever fills it in. */
export type AboutForm = Awaited<ReturnType<typeof client.assistance.about>>;
export type FormPlan = Awaited<ReturnType<typeof client.campaigns.getFormPlan>>;

/** What the pages of a form that is being filled in share. */
export interface Filling {
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

/** Whether the form is open: one draft lives above all pages, so that going from step to step never reads it anew. */
export function isBeingFilled(own: Own | null): own is Own & { state: "draft" | "returned" } {
  return own !== null && (own.state === "draft" || own.state === "returned");
}

export const FillingContext = createContext<Filling | null>(null);

export function useFilling(): Filling {
  const filling = useContext(FillingContext);
  if (filling === null) throw new Error("a page of the form outside of it");
  return filling;
}

/** What stands around the application; asked anew when a file was added. */
export function useAbout(campaign: string, application: string) {
  return useQuery(api.applicant.about.queryOptions({ input: { campaign, application } }));
}

/** Where a sheet or a file of the application lies, for a link or a picture. */
export function addressOf(campaign: string, application: string, what: string): string {
  return `/api/campaigns/${campaign}/applications/${application}/${what}`;
}
