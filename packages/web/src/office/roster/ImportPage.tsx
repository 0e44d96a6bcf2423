import { sendRoster } from "@shice/contract/send-roster.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Card, Input, Progress, Space, Typography, Upload } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { momentText } from "../../ui/moment.ts";
import { firstOutcome, OutcomeChoice } from "../../ui/OutcomeChoice.tsx";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { SheetFindings } from "../../ui/SheetFindings.tsx";

type Import = Awaited<ReturnType<typeof client.roster.getImport>>;
type Row = Awaited<ReturnType<typeof client.roster.listImportRows>>["items"][number];

/** A roster from Excel in three steps: fill in, check, write; nothing reaches the roster before the third. */
export function ImportPage() {
  const campaign = useCampaign();
  const [chosen, setChosen] = useState<string>();
  const [pasting, setPasting] = useState(false);
  const [pasted, setPasted] = useState("");
  const [sent, setSent] = useState<{ part: number; of: number }>();
  const send = useMutation({
    mutationFn: async ({ fileName, bytes }: { fileName: string; bytes: Uint8Array }) =>
      sendRoster(client, { campaign: campaign.key, fileName }, bytes, (part, of) => setSent({ part, of })),
    onSuccess: async ({ id }) => {
      setChosen(id);
      setPasting(false);
      setPasted("");
      await queryClient.invalidateQueries();
    },
    onSettled: () => setSent(undefined),
    // Each piece is sent once more by whoever presses again; the server takes the same content once.
    retry: false,
  });
  return (
    <>
      <Typography.Title level={2}>导入名册</Typography.Title>
      <Typography.Paragraph>
        第一步，下载模板并填写，或使用学校已有的表格；第二步，上传后系统逐行核对，只核对、不写入；第三步，看过核对结果，再写入名册。
        <Link to="/office/$campaign/roster" params={{ campaign: campaign.key }}>
          回到名册
        </Link>
      </Typography.Paragraph>
      <Space wrap className="below-l">
        <FileButton read={() => client.roster.getRosterBook({ campaign: campaign.key })}>下载模板</FileButton>
        <Upload
          accept=".xlsx,.xlsm,.xls,.et,.xlsb,.ods,.csv,.txt"
          showUploadList={false}
          disabled={send.isPending}
          beforeUpload={async (file) => {
            send.mutate({ fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
            return Upload.LIST_IGNORE;
          }}
        >
          <Button type="primary" loading={send.isPending}>
            上传表格
          </Button>
        </Upload>
        <Button onClick={() => setPasting((now) => !now)} aria-expanded={pasting}>
          从表格中复制、粘贴
        </Button>
      </Space>
      {pasting && (
        <Card size="small" className="below-l">
          <Typography.Paragraph>
            在 Excel 或 WPS 中连同表头一起选中，复制后粘贴到下面。第一行应是列名，至少有“姓名”和“证件号码”。
          </Typography.Paragraph>
          <Input.TextArea
            aria-label="粘贴的名册"
            rows={8}
            value={pasted}
            onChange={({ target }) => setPasted(target.value)}
            className="code"
          />
          <Button
            className="above-s"
            type="primary"
            disabled={pasted.trim() === ""}
            loading={send.isPending}
            onClick={() => send.mutate({ fileName: "粘贴的名册.txt", bytes: new TextEncoder().encode(pasted) })}
          >
            核对
          </Button>
        </Card>
      )}
      {sent !== undefined && sent.of > 1 && (
        <Progress percent={Math.round((sent.part / sent.of) * 100)} aria-label="上传进度" />
      )}
      {send.error !== null && <ProblemAlert error={send.error} />}
      {chosen !== undefined && <OneImport id={chosen} again={send.data?.id === chosen && send.data.again} />}
      <Typography.Title level={3}>导入记录</Typography.Title>
      <PagedTable<Import>
        title="导入记录"
        name={["imports", campaign.key]}
        read={(page) => client.roster.listImports({ campaign: campaign.key, ...page })}
        rowKey={({ id }) => id}
        empty="还没有导入过。"
        refetchInterval={10_000}
        columns={[
          { title: "文件", dataIndex: "fileName" },
          { title: "上传", render: (_, { askedAt, askedBy }) => `${momentText(askedAt)} ${askedBy}` },
          { title: "状态", dataIndex: "stateTitle" },
          { title: "结果", render: (_, row) => countsText(row) },
          {
            title: "办理",
            render: (_, { id }) => (
              <Button size="small" onClick={() => setChosen(id)}>
                查看
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}

function countsText({ total, fresh, changed, unchanged, wrong, applied, state }: Import): string {
  if (total === null) return "";
  const parts = [`共${total}行`, `新增${fresh}`, `更新${changed}`, `无变化${unchanged}`, `有误${wrong}`];
  return [...parts, ...(state === "applied" || applied > 0 ? [`已写入${applied}`] : [])].join("，");
}

function OneImport({ id, again }: { id: string; again: boolean }) {
  const campaign = useCampaign();
  const query = useQuery(
    api.roster.getImport.queryOptions({
      input: { campaign: campaign.key, import: id },
      refetchInterval: ({ state }) =>
        state.data?.state === "checking" || state.data?.state === "applying" ? 700 : false,
    }),
  );
  return <Fetched query={query}>{(found) => <Outcome key={found.id} found={found} again={again} />}</Fetched>;
}

function Outcome({ found, again }: { found: Import; again: boolean }) {
  const campaign = useCampaign();
  const target = { campaign: campaign.key, import: found.id };
  const act = useMutation({
    mutationFn: (what: "apply" | "cancel") =>
      what === "apply" ? client.roster.applyImport(target) : client.roster.cancelImport(target),
    onSuccess: async () => await queryClient.invalidateQueries(),
  });
  const working = found.state === "checking" || found.state === "applying";
  const toWrite = found.fresh + found.changed;
  const part = found.state === "applying" ? found.applied / Math.max(1, toWrite) : found.checked / (found.total ?? 1);
  const whole = found.total !== null && found.checked === found.total;
  const canWrite = whole && toWrite > found.applied && (found.state === "checked" || found.state === "cancelled");
  return (
    <Card title={`${found.fileName}：${found.stateTitle}`} className="below-l">
      {again && (
        <Alert
          type="info"
          showIcon
          title={`同样内容的文件已于${momentText(found.askedAt)}上传过，这是那一次的结果。`}
        />
      )}
      {found.problem !== null && <Alert type="error" showIcon title={found.problem.sentence} />}
      {found.notes.map((note) => (
        <Alert key={note} type="warning" showIcon title={note} className="above-s" />
      ))}
      {working && <Progress percent={Math.floor(part * 100)} aria-label={found.stateTitle} />}
      <div role="status" className="around-s">
        {found.total === null ? "" : countsText(found)}
      </div>
      {act.error !== null && <ProblemAlert error={act.error} />}
      <Space wrap>
        {canWrite && (
          <Button type="primary" loading={act.isPending} onClick={() => act.mutate("apply")}>
            写入名册（{toWrite - found.applied}人）
          </Button>
        )}
        {found.wrong > 0 && !working && (
          <FileButton read={() => client.roster.getImportErrors(target)}>下载有误的{found.wrong}行</FileButton>
        )}
        {(working || found.state === "checked") && (
          <Button loading={act.isPending} onClick={() => act.mutate("cancel")}>
            取消
          </Button>
        )}
      </Space>
      {found.wrong > 0 && found.state === "checked" && (
        <Typography.Paragraph className="above-s">
          有误的行不会写入。可以先写入正确的，再下载有误的行，更正后重新上传。
        </Typography.Paragraph>
      )}
      {found.total !== null && !working && <Rows found={found} />}
    </Card>
  );
}

function Rows({ found }: { found: Import }) {
  const campaign = useCampaign();
  const [outcome, setOutcome] = useState(() => firstOutcome(found));
  return (
    <div className="above">
      <OutcomeChoice counts={found} value={outcome} onChange={setOutcome} />
      <PagedTable<Row>
        key={outcome}
        title="逐行核对结果"
        name={["import-rows", found.id, found.state, outcome]}
        read={(page) => client.roster.listImportRows({ campaign: campaign.key, import: found.id, outcome, ...page })}
        rowKey={({ row }) => String(row)}
        empty="没有这一类的行。"
        columns={[
          { title: "行号", dataIndex: "row" },
          { title: "姓名", dataIndex: "name" },
          { title: "证件号码", dataIndex: "idNumberMasked" },
          { title: "学校", dataIndex: "school" },
          {
            title: outcome === "wrong" ? "问题与改法" : "变化",
            render: (_, row) => <SheetFindings finding={row} />,
          },
        ]}
      />
    </div>
  );
}
