import { base64Of } from "@shice/contract/base64.ts";
import type { DirectoryImport } from "@shice/contract/organisations.ts";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Card, Input, Space, Typography, Upload } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { FileButton } from "../../ui/FileButton.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { firstOutcome, OutcomeChoice } from "../../ui/OutcomeChoice.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Nothing, ProblemAlert } from "../../ui/problem.tsx";
import { SheetFindings } from "../../ui/SheetFindings.tsx";
import { ReasonItem } from "./fields.tsx";

interface Sheet {
  fileName: string;
  content: string;
}
type Row = DirectoryImport["rows"][number];

/** Schools from Excel in three steps: fill in, check, write; nothing reaches the directory before the third. */
export function DirectoryImportPage() {
  const campaign = useCampaignKey();
  const [sheet, setSheet] = useState<Sheet>();
  const [result, setResult] = useState<DirectoryImport>();
  const [pasted, setPasted] = useState<string>();
  const [writing, setWriting] = useState(false);
  const check = useMutation({
    mutationFn: async (sent: Sheet) => ({ sent, found: await client.organisations.checkDirectory(sent) }),
    onSuccess: ({ sent, found }) => {
      setSheet(sent);
      setResult(found);
      setPasted(undefined);
    },
  });
  const toWrite = result === undefined || result.applied !== null ? 0 : result.fresh + result.changed;
  return (
    <>
      <PageHead title="导入学校">
        <Link to="/office/$campaign/organisations" params={{ campaign }}>
          回到学校目录
        </Link>
      </PageHead>
      <Typography.Paragraph>
        第一步，下载模板并填写，或使用已有的学校名单；第二步，上传后逐行核对，只核对、不写入；第三步，看过核对结果，再写入目录。
      </Typography.Paragraph>
      <Space wrap className="below-l">
        <FileButton read={() => client.organisations.getDirectoryBook({})}>下载模板</FileButton>
        <Upload
          accept=".xlsx,.xlsm,.xls,.et,.xlsb,.ods,.csv,.txt"
          showUploadList={false}
          disabled={check.isPending}
          beforeUpload={async (file) => {
            const content = base64Of(new Uint8Array(await file.arrayBuffer()));
            check.mutate({ fileName: file.name, content });
            return Upload.LIST_IGNORE;
          }}
        >
          <Button type="primary" loading={check.isPending}>
            上传表格
          </Button>
        </Upload>
        <Button onClick={() => setPasted(pasted === undefined ? "" : undefined)} aria-expanded={pasted !== undefined}>
          从表格中复制、粘贴
        </Button>
      </Space>
      {pasted !== undefined && (
        <Card size="small" className="below-l">
          <Typography.Paragraph>
            在 Excel 或 WPS 中连同表头一起选中，复制后粘贴到下面。第一行应是列名，至少有“学校全称”和“注册机构”。
          </Typography.Paragraph>
          <Input.TextArea
            aria-label="粘贴的学校名单"
            rows={8}
            value={pasted}
            onChange={({ target }) => setPasted(target.value)}
            className="code"
          />
          <Button
            className="above-s"
            type="primary"
            disabled={pasted.trim() === ""}
            loading={check.isPending}
            onClick={() =>
              check.mutate({ fileName: "粘贴的学校名单.txt", content: base64Of(new TextEncoder().encode(pasted)) })
            }
          >
            核对
          </Button>
        </Card>
      )}
      {check.error !== null && <ProblemAlert error={check.error} />}
      {result !== undefined && sheet !== undefined && (
        <Card title={`${result.fileName}：${result.applied === null ? "核对完毕，待写入" : "已写入目录"}`}>
          {result.notes.map((note) => (
            <Alert key={note} type="warning" showIcon title={note} className="below-s" />
          ))}
          <div role="status" className="below-s">
            {countsText(result)}
          </div>
          <Space wrap>
            {toWrite > 0 && (
              <Button type="primary" onClick={() => setWriting(true)}>
                写入目录（{toWrite}所）
              </Button>
            )}
            {result.wrong > 0 && (
              <FileButton read={() => client.organisations.getDirectoryErrors(sheet)}>
                下载有误的{result.wrong}行
              </FileButton>
            )}
          </Space>
          {result.wrong > 0 && result.applied === null && (
            <Typography.Paragraph className="above-s">
              有误的行不会写入。可以先写入正确的，再下载有误的行，更正后重新上传。
            </Typography.Paragraph>
          )}
          <Rows key={`${sheet.content.length}${result.applied}`} result={result} />
        </Card>
      )}
      {writing && sheet !== undefined && (
        <FormDialog<{ reason: string }, DirectoryImport>
          title="写入学校目录"
          button="写入"
          tells={`新增${result?.fresh ?? 0}所，更新${result?.changed ?? 0}所。依据记入每所学校的变动记录。`}
          send={({ reason }, once) => client.organisations.applyDirectory({ ...sheet, reason }, once)}
          onDone={(written) => {
            setResult(written);
            setWriting(false);
          }}
          onCancel={() => setWriting(false)}
        >
          <ReasonItem />
        </FormDialog>
      )}
    </>
  );
}

function countsText({ total, fresh, changed, unchanged, wrong, applied }: DirectoryImport): string {
  const parts = [`共${total}行`, `新增${fresh}`, `更新${changed}`, `无变化${unchanged}`, `有误${wrong}`];
  return `${[...parts, ...(applied === null ? [] : [`已写入${applied}所`])].join("，")}。`;
}

function Rows({ result }: { result: DirectoryImport }) {
  const [outcome, setOutcome] = useState(() => firstOutcome(result));
  return (
    <div className="above">
      <OutcomeChoice counts={result} value={outcome} onChange={setOutcome} />
      <DataTable<Row>
        label="逐行核对结果"
        rowKey="row"
        dataSource={result.rows.filter((row) => row.outcome === outcome)}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Nothing text="没有这一类的行。" /> }}
        columns={[
          { title: "行号", dataIndex: "row", width: 80 },
          { title: "学校全称", dataIndex: "name" },
          { title: "注册机构", dataIndex: "authority" },
          {
            title: outcome === "wrong" ? "问题与改法" : "变化",
            render: (_, row) => <SheetFindings finding={row} />,
          },
        ]}
      />
    </div>
  );
}
