import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";

/** Beside a teacher of the roster who has not applied, or not finished: the clerk fills in for them. */
export function AssistButton({ item }: { item: { id: string; name: string; state: string | null } }) {
  const campaign = useCampaignKey();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  if (item.state !== null && item.state !== "draft" && item.state !== "withdrawn") return null;
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        代为填写
      </Button>
      {asking && (
        <FormDialog<object, { application: string }>
          title={`代为填写：${item.name}`}
          button="开始代填"
          tells={`由学校代${item.name}填写申请。填好后须由本人登录核对、作出承诺并提交，本人没有提交的只是草稿。已有草稿的，接着填写；代填的每次保存都有记录。`}
          send={(_, once) => client.assistance.start({ campaign, entry: item.id }, once)}
          onDone={({ application }) =>
            void navigate({ to: "/office/$campaign/assistance/$application", params: { campaign, application } })
          }
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  );
}
