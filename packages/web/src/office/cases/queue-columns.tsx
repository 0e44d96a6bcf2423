import { DownOutlined, SettingOutlined } from "@ant-design/icons";
import type { QueueColumn } from "@shice/contract/cases.ts";
import { certificateTitles } from "@shice/rules/plan/institution.ts";
import { Button, Checkbox, Popover, type TableColumnsType, Tag } from "antd";
import { useState } from "react";
import { readText, writeText } from "../../ui/browser-storage.ts";
import { type CampaignView, conclusionName } from "../../ui/campaign.ts";
import type { client } from "../../ui/client.ts";
import { shortMoment } from "../../ui/moment.ts";

export type QueueRow = Awaited<ReturnType<typeof client.cases.listQueue>>["items"][number];
const columnsKey = "shice-columns";

type Column = TableColumnsType<QueueRow>[number] & { key: QueueColumn };

/** The columns of a queue, in their order on the page and in the workbook. */
export function columnsOf(campaign: CampaignView): Column[] {
  return [
    { key: "name", title: "姓名", dataIndex: "name" },
    { key: "number", title: "申请编号", dataIndex: "number" },
    { key: "school", title: "任教学校", dataIndex: "school" },
    { key: "subject", title: "任教学科", dataIndex: "subject" },
    {
      key: "certificateKind",
      title: "教师资格种类",
      render: (_, { certificateKind }) => (certificateKind === null ? "" : certificateTitles[certificateKind]),
    },
    {
      key: "registrationKind",
      title: "注册类型",
      render: (_, { registrationKind }) => (registrationKind === "first" ? "首次注册" : "定期注册"),
    },
    { key: "state", title: "状态", dataIndex: "stateTitle" },
    { key: "since", title: "到达时间", render: (_, { stateSince }) => shortMoment(stateSince) },
    { key: "replyBy", title: "答复截止", render: (_, { replyBy }) => (replyBy === null ? "" : shortMoment(replyBy)) },
    {
      key: "proposed",
      title: "拟定结论",
      render: (_, row) => conclusionName(campaign, row.conclusion ?? row.proposedConclusion),
    },
    {
      key: "flags",
      title: "提示",
      render: (_, { flags, assisted }) => {
        // The school's filling in is a flag too; here it is said in words.
        const found = flags.filter((code) => code !== "assistance.by-school").length;
        return (
          <>
            {found > 0 && <Tag color="warning">{found}项</Tag>}
            {assisted !== null && <span className="mark">学校代填</span>}
          </>
        );
      },
    },
  ];
}

/** The columns that this browser hides. */
export function useHiddenColumns(): [string[], (hidden: string[]) => void] {
  const [hidden, setHidden] = useState<string[]>(() =>
    (readText("browser", columnsKey) ?? "certificateKind").split(",").filter((key) => key !== ""),
  );
  return [
    hidden,
    (now) => {
      writeText("browser", columnsKey, now.join(","));
      setHidden(now);
    },
  ];
}

export function ColumnChoice({
  columns,
  hidden,
  onChange,
}: {
  columns: TableColumnsType<QueueRow>;
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}) {
  const options = columns
    .filter(({ key }) => key !== "name")
    .map(({ key, title }) => ({ value: String(key), label: String(title) }));
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      content={
        <Checkbox.Group
          className="stack"
          options={options}
          value={options.map(({ value }) => value).filter((key) => !hidden.includes(key))}
          onChange={(shown) => onChange(options.map(({ value }) => value).filter((key) => !shown.includes(key)))}
        />
      }
    >
      <Button icon={<SettingOutlined aria-hidden />}>
        选择列 <DownOutlined aria-hidden />
      </Button>
    </Popover>
  );
}
