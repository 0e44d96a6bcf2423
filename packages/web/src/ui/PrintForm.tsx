import { useCampaignKey } from "./campaign.ts";
import { client } from "./client.ts";
import { FileButton } from "./FileButton.tsx";

/** The application form as the teacher prints it, in a window of its own. */
export function PrintForm({ application }: { application: string }) {
  const campaign = useCampaignKey();
  return (
    <FileButton open read={() => client.documents.getForm({ campaign, application })}>
      打印申请表
    </FileButton>
  );
}
