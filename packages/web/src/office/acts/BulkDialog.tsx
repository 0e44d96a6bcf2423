import { lifecycle } from "@shice/rules/lifecycle/lifecycle.ts";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Modal, Progress, Table, Typography } from "antd";
import { useState } from "react";
import { client, queryClient } from "../../ui/client.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { ActFields } from "./ActFields.tsx";
import type { BulkActSpec, BulkOutcome, Entered, RefusedRow } from "./act-spec.ts";

/** How many cases go in one call: few enough to show progress, enough to be quick. */
const chunkSize = 200;

/** How many cases are looked at in one call before the act. */
const checkSize = 1000;

interface BulkRow {
  id: string;
  name: string;
  number: string;
}

/** The rows that are acted on: all but those that would be refused. */
function rowsWithout(rows: readonly BulkRow[], refused: readonly RefusedRow[]): BulkRow[] {
  const out = new Set(refused.map(({ application }) => application));
  return rows.filter(({ id }) => !out.has(id));
}

async function listRefused(
  { check }: BulkActSpec,
  campaign: string,
  rows: readonly BulkRow[],
  entered: Entered,
): Promise<RefusedRow[]> {
  const refused: RefusedRow[] = [];
  for (let at = 0; check !== undefined && at < rows.length; at += checkSize) {
    const chunk = rows.slice(at, at + checkSize).map(({ id }) => id);
    refused.push(...(await check(client, campaign, chunk, entered)));
  }
  return refused;
}

/** An act on many cases: tells what it will do, shows how far it is, and then what became of each row. */
export function BulkDialog({
  spec,
  campaign,
  rows: chosen,
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
  // Only the conclusion decides who is left out; words are typed without asking the server again.
  const conclusion: unknown = Form.useWatch("conclusion", form);
  const checked = useQuery({
    queryKey: ["bulk-check", spec.transition, campaign, chosen.map(({ id }) => id), conclusion],
    queryFn: () => listRefused(spec, campaign, chosen, { conclusion }),
    enabled: spec.check !== undefined && conclusion !== undefined && outcomes.length === 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [leftOut, setLeftOut] = useState<readonly RefusedRow[]>();
  const flagged = leftOut ?? checked.data ?? [];
  const rows = rowsWithout(chosen, flagged);
  const ended = outcomes.length > 0 && outcomes.length === rows.length;
  const waiting = spec.check !== undefined && conclusion !== undefined && checked.data === undefined;

  async function run(entered: Entered): Promise<void> {
    if (rows.length === 0) return;
    setRunning(true);
    setFailure(null);
    setLeftOut(flagged);
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
  const nameOf = (id: string) => chosen.find((row) => row.id === id);
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
                disabled={waiting || rows.length === 0}
                onClick={() => form.submit()}
              >
                {failure === null ? title : "继续办理其余的"}
              </Button>,
            ]
      }
    >
      {!ended && <Typography.Paragraph>{spec.tells}</Typography.Paragraph>}
      {failure !== null && <ProblemAlert error={failure} />}
      {checked.error !== null && <ProblemAlert error={checked.error} />}
      {flagged.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={
            rows.length === 0
              ? "所选申请都不能作出这一结论。"
              : `以下${flagged.length}件不能作出这一结论，不列入本次办理；其余${rows.length}件照常办理。`
          }
          description={
            <ul aria-label="不列入本次办理的申请" className="left-out">
              {flagged.map(({ application, refusal }) => (
                <li key={application}>
                  {nameOf(application)?.name}：{refusal.sentence}
                </li>
              ))}
            </ul>
          }
        />
      )}
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
