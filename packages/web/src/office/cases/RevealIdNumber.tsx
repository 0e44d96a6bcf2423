import { contract } from "@shice/contract/contract.ts";
import { useMutation } from "@tanstack/react-query";
import { Button, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";

/** The whole ID number for whoever says why; the look is written down. */
export function RevealIdNumber({ application }: { application: string }) {
  const campaign = useCampaignKey();
  const { may } = useOffice();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const reveal = useMutation({ mutationFn: () => client.cases.revealIdNumber({ campaign, application, reason }) });
  if (!may(contract.cases.revealIdNumber)) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        查看完整号码
      </Button>
      <Modal
        open={open}
        title="查看完整证件号码"
        onCancel={() => {
          setOpen(false);
          reveal.reset();
        }}
        okText="查看"
        cancelText="关闭"
        okButtonProps={{ disabled: reason.trim().length < 2, loading: reveal.isPending }}
        onOk={() => reveal.mutate()}
      >
        <Typography.Paragraph>查看的人员、时间和理由会记入日志。</Typography.Paragraph>
        <Input
          aria-label="查看的理由"
          placeholder="查看的理由"
          value={reason}
          maxLength={200}
          onChange={({ target }) => setReason(target.value)}
        />
        {reveal.error !== null && <ProblemAlert error={reveal.error} />}
        {reveal.data !== undefined && (
          <Typography.Paragraph className="id-number" copyable>
            {reveal.data.idNumber}
          </Typography.Paragraph>
        )}
      </Modal>
    </>
  );
}
