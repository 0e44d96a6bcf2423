import { contract } from "@shice/contract/contract.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Card, Modal, Space, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { Fetched, Nothing, ProblemAlert } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { type Batch, BatchDialog } from "./BatchDialogs.tsx";
import { NotifiedText } from "./RemindDialog.tsx";
import { RosterTabs } from "./RosterTabs.tsx";

type Told = Awaited<ReturnType<typeof client.roster.announceBatch>>;

/** A school's batches by their days, how far each has come, and what is still to be done with it (Notice §三(一)). */
export function BatchesPage() {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const isClerk = may(contract.roster.addBatch);
  const [adding, setAdding] = useState(false);
  const batches = useQuery(api.roster.listBatches.queryOptions({ input: { campaign: campaign.key } }));
  return (
    <>
      <Typography.Title level={2}>分批安排</Typography.Title>
      <RosterTabs here="batches" />
      <Typography.Paragraph>
        教师档案、证书正在更正的，可以分批注册，但都应在规定时间内完成。在名册中选择教师编入各批；通知后，教师在自己的页面能看到时间、地点。
      </Typography.Paragraph>
      {isClerk && (
        <Button type="primary" className="below" onClick={() => setAdding(true)}>
          新增一批
        </Button>
      )}
      <Fetched query={batches}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing text="还没有分批。人数不多、不需要分批的，可以不用这一页。" />
          ) : (
            <div className="cards">
              {rows.map((batch) => (
                <BatchCard
                  key={batch.id}
                  batch={batch}
                  isClerk={isClerk}
                  showSchool={post.organisationKind !== "school"}
                />
              ))}
            </div>
          )
        }
      </Fetched>
      {adding && <BatchDialog number={(batches.data?.length ?? 0) + 1} onClose={() => setAdding(false)} />}
    </>
  );
}

function BatchCard({ batch, isClerk, showSchool }: { batch: Batch; isClerk: boolean; showSchool: boolean }) {
  const campaign = useCampaign();
  const { modal } = App.useApp();
  const [changing, setChanging] = useState(false);
  const [told, setTold] = useState<Told>();
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const announce = useMutation({
    mutationFn: () =>
      client.roster.announceBatch({ campaign: campaign.key, batch: batch.id }, { context: { idempotencyKey } }),
    onSuccess: async (outcome) => {
      setTold(outcome);
      setKey(crypto.randomUUID());
      await queryClient.invalidateQueries();
    },
  });
  const remove = useMutation({
    mutationFn: () => client.roster.removeBatch({ campaign: campaign.key, batch: batch.id }),
    onSuccess: () => queryClient.invalidateQueries(),
    retry: false,
  });
  const { fromHour, toHour, place, remark, people, applied, confirmed, handedOver, parked } = batch;
  const error = announce.error ?? remove.error;
  return (
    <Card
      size="small"
      className="batch-card"
      title={
        <>
          {batch.name} {batch.overdue && <span className="tag bad">已过日期，还有人没有确认</span>}
        </>
      }
    >
      {showSchool && <div>{batch.schoolName}</div>}
      <div>
        <strong>{batch.plannedOn}</strong>
        {fromHour !== null && toHour !== null && `　${fromHour}—${toHour}`}
        {place !== null && `　${place}`}
      </div>
      {remark !== null && <div className="soft">{remark}</div>}
      <div>
        共{people}人，已申请{applied}人，已确认{confirmed}人，已报送{handedOver}人{parked > 0 && `，更正中${parked}人`}
      </div>
      <div className={batch.announcedAt !== null && batch.untold === 0 ? undefined : "soft"}>
        {batch.announcedAt === null
          ? "还没有通知教师。"
          : batch.untold > 0
            ? `通知之后有变动，${batch.untold}人还不知道。`
            : "已通知教师。"}
      </div>
      {error !== null && <ProblemAlert error={error} />}
      <Space wrap>
        <Link to="/office/$campaign/roster" params={{ campaign: campaign.key }} search={{ batch: batch.id }}>
          名单
        </Link>
        {isClerk && (
          <>
            <Link
              to="/office/$campaign/queue"
              params={{ campaign: campaign.key }}
              search={{ queue: "to-confirm", batch: batch.id }}
            >
              待确认的
            </Link>
            <Link
              to="/office/$campaign/hand-over"
              params={{ campaign: campaign.key }}
              search={{ kind: "first", batch: batch.id }}
            >
              报送本批
            </Link>
            <Button
              size="small"
              type={batch.announcedAt === null || batch.untold > 0 ? "primary" : "default"}
              disabled={people === 0}
              loading={announce.isPending}
              onClick={() => announce.mutate()}
            >
              {batch.announcedAt === null ? "通知教师" : "再次通知"}
            </Button>
            <Button size="small" onClick={() => setChanging(true)}>
              修改
            </Button>
            <Button
              size="small"
              danger
              loading={remove.isPending}
              onClick={() =>
                modal.confirm({
                  title: `撤销${batch.name}？`,
                  content: `其中的${people}人回到没有编入的状态，已经发出的通知不会收回，请另行告知。`,
                  okText: "撤销",
                  cancelText: "不撤销",
                  onOk: () => remove.mutate(),
                })
              }
            >
              撤销
            </Button>
          </>
        )}
      </Space>
      {changing && <BatchDialog batch={batch} number={0} onClose={() => setChanging(false)} />}
      {told !== undefined && (
        <Modal
          open
          title={`通知：${batch.name}`}
          onCancel={() => setTold(undefined)}
          footer={[
            <Button key="close" type="primary" onClick={() => setTold(undefined)}>
              完成
            </Button>,
          ]}
        >
          <NotifiedText notified={told} />
          {told.already > 0 && <Typography.Paragraph>另有{told.already}人此前已经通知过。</Typography.Paragraph>}
        </Modal>
      )}
    </Card>
  );
}
