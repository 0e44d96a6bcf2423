import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Modal, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { client, queryClient } from "../../ui/client.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { selectionOf, type Target, targetText } from "./items.ts";

type Reminded = Awaited<ReturnType<typeof client.roster.remind>>;

/** One press: everyone chosen who has something to do is notified by every channel that reaches them; who is not reached is named. */
export function RemindDialog({ target, onClose }: { target: Target; onClose: () => void }) {
  const campaign = useCampaign();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const remind = useMutation({
    mutationFn: () =>
      client.roster.remind({ campaign: campaign.key, selection: selectionOf(target) }, { context: { idempotencyKey } }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <Modal
      open
      title={`提醒：${targetText(target)}`}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        remind.data === undefined
          ? [
              <Button key="cancel" onClick={onClose} disabled={remind.isPending}>
                取消
              </Button>,
              <Button key="do" type="primary" loading={remind.isPending} onClick={() => remind.mutate()}>
                发送提醒
              </Button>,
            ]
          : [
              <Button key="close" type="primary" onClick={onClose}>
                完成
              </Button>,
            ]
      }
    >
      {remind.data === undefined ? (
        <Typography.Paragraph>
          提醒其中没有申请、没有提交或退回后没有答复的教师。有账号的，发站内消息、邮件和短信；没有账号的，发短信到名册登记的手机。每人每天最多提醒一次。
        </Typography.Paragraph>
      ) : (
        <Outcome outcome={remind.data} />
      )}
      {remind.error !== null && <ProblemAlert error={remind.error} />}
    </Modal>
  );
}

/** How many were notified by each channel, and who must be reached otherwise. */
export function NotifiedText({
  notified,
}: {
  notified: Omit<Reminded, "nothingOwed" | "elsewhere" | "parked" | "over">;
}) {
  const ways = [
    `站内消息${notified.inbox}人`,
    `邮件${notified.email}人`,
    `短信${notified.sms}人`,
    ...(notified.smsToRoster > 0 ? [`名册登记的手机${notified.smsToRoster}人`] : []),
  ];
  return (
    <>
      <Alert
        type={notified.unreachable.length === 0 ? "success" : "warning"}
        showIcon
        title={notified.people === 0 ? "没有发出新的消息。" : `已通知${notified.people}人：${ways.join("，")}。`}
        className="below"
      />
      {notified.unreachable.length > 0 && (
        <Typography.Paragraph>
          下列{notified.unreachable.length}人没有账号，名册也没有手机号码，请当面或电话告知：
          <strong>{notified.unreachable.join("、")}</strong>。
        </Typography.Paragraph>
      )}
    </>
  );
}

function Outcome({ outcome }: { outcome: Reminded }) {
  const left = [
    [outcome.already, "今天已经提醒过"],
    [outcome.nothingOwed, "没有需要本人办的"],
    [outcome.elsewhere, "已在其他学校申请"],
    [outcome.parked, "证书、档案更正中"],
    [outcome.over, "办理时间已过"],
  ] as const;
  const some = left.filter(([count]) => count > 0);
  return (
    <div role="status">
      <NotifiedText notified={outcome} />
      {some.length > 0 && (
        <Typography.Paragraph>
          没有再提醒的：{some.map(([count, why]) => `${why}${count}人`).join("，")}。
        </Typography.Paragraph>
      )}
    </div>
  );
}
