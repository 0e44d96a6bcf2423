import { App, Button } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { sentenceOfError } from "../../ui/problem.tsx";

/** The application form as the teacher prints it, in a window of its own; fetched under the post that is worked with. */
export function PrintForm({ application }: { application: string }) {
  const campaign = useCampaignKey();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  async function open(): Promise<void> {
    setBusy(true);
    try {
      const file = await client.documents.getForm({ campaign, application });
      window.open(URL.createObjectURL(file), "_blank", "noopener");
    } catch (error) {
      message.error(sentenceOfError(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button loading={busy} onClick={open}>
      打印申请表
    </Button>
  );
}
