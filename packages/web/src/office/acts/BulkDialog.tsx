import { lifecycle } from "@shice/rules/lifecycle/lifecycle.ts";
import { Alert, Button, Form, Modal, Progress, Table, Typography } from "antd";
import { useState } from "react";
import { client, queryClient } from "../../ui/client.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { ActFields } from "./ActFields.tsx";
import type { BulkActSpec, BulkOutcome, Entered } from "./act-spec.ts";

/** How many cases go in one call: few enough to show progress, enough to be quick. */
const chunkSize = 200;

interface BulkRow {
  id: string;
  name: string;
  number: string;
}

/** An act on many cases: tells what it will do, shows how far it is, and then what became of each row. */
export function BulkDialog({
  spec,
  campaign,
  rows,
  onClose,
}: {
  spec: BulkActSpec;
  campaign: string;
  rows: readonly BulkRow[];
  onClose: () => void;
}) {
  const [form] = Form.useForm<Record<string, unknown>>();
  const [key] = useState(() => crypto.randomUUID());
  const [outcomes, setOutcomes] = useState<BulkOutcome["rows"]>([]);
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { title } = lifecycle[spec.transition];
  const ended = outcomes.length === rows.length;

  async function run(entered: Entered): Promise<void> {
    setRunning(true);
    setFailure(null);
    const known = [...outcomes];
    try {
      const size = spec.oneList ? rows.length : chunkSize;
      for (let at = known.length; at < rows.length; at += size) {
        const chunk = rows.slice(at, at + size).map(({ id }) => id);
        const outcome = await spec.send(client, campaign, chunk, entered, {
          context: { idempotencyKey: `${key}-${at}` },
        });
        known.push(...outcome.rows);
        setOutcomes([...known]);
      }
      await queryClient.invalidateQueries();
    } catch (error) {
      setFailure(error);
    } finally {
      setRunning(false);
    }
  }

  const refused = outcomes.filter(({ ok }) => !ok);
  const done = outcomes.length - refused.length;
  const nameOf = (id: string) => rows.find((row) => row.id === id);
  return (
    <Modal
      open
      width={720}
      title={`${title}（${rows.length}件）`}
      onCancel={onClose}
      closable={!running}
      mask={{ closable: false }}
      footer={
        ended
          ? [
              <Button key="close" type="primary" onClick={onClose}>
                完成
              </Button>,
            ]
          : [
              <Button key="cancel" onClick={onClose} disabled={running}>
                取消
              </Button>,
              <Button
                key="do"
                type="primary"
                danger={spec.grave === true}
                loading={running}
                onClick={() => form.submit()}
              >
                {failure === null ? title : "继续办理其余的"}
              </Button>,
            ]
      }
    >
      {!ended && <Typography.Paragraph>{spec.tells}</Typography.Paragraph>}
      {failure !== null && <ProblemAlert error={failure} />}
      {(running || ended) && (
        <Progress
          percent={Math.round((outcomes.length / rows.length) * 100)}
          status={running ? "active" : refused.length > 0 ? "normal" : "success"}
          aria-label="办理进度"
        />
      )}
      <div role="status">
        {ended && (
          <Alert
            type={refused.length === 0 ? "success" : "warning"}
            showIcon
            title={
              refused.length === 0 ? `${done}件全部办理完毕。` : `办理完毕${done}件，未能办理${refused.length}件。`
            }
          />
        )}
      </div>
      {refused.length > 0 && (
        <Table
          size="small"
          className="above"
          rowKey="application"
          dataSource={refused}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          columns={[
            { title: "姓名", render: (_, row) => nameOf(row.application)?.name, width: 110 },
            { title: "申请编号", render: (_, row) => nameOf(row.application)?.number, width: 170 },
            { title: "未能办理的原因", render: (_, row) => row.refusal?.sentence },
          ]}
        />
      )}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        hidden={ended}
        disabled={running}
        onFinish={run}
        className="above"
      >
        <ActFields fields={spec.fields} />
      </Form>
    </Modal>
  );
}
