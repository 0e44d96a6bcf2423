import { useQuery } from "@tanstack/react-query";
import { api, type client } from "../ui/client.ts";

export type Own = NonNullable<Awaited<ReturnType<typeof client.applicant.own>>>;
export type About = Awaited<ReturnType<typeof client.applicant.about>>;
/** What stands around a form, whoever fills it in. */
export type AboutForm = Awaited<ReturnType<typeof client.assistance.about>>;
export type FormPlan = Awaited<ReturnType<typeof client.campaigns.getFormPlan>>;

/** Whether the form is open: one draft lives above all pages, so that going from step to step never reads it anew. */
export function isBeingFilled(own: Own | null): own is Own & { state: "draft" | "returned" } {
  return own !== null && (own.state === "draft" || own.state === "returned");
}

/** What stands around the application; asked anew when a file was added. */
export function useAbout(campaign: string, application: string) {
  return useQuery(api.applicant.about.queryOptions({ input: { campaign, application } }));
}

/** Where a sheet or a file of the application lies, for a link or a picture. */
export function addressOf(campaign: string, application: string, what: string): string {
  return `/api/campaigns/${campaign}/applications/${application}/${what}`;
}
