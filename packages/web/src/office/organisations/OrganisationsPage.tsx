import { institutionKinds, institutionTitles, ownerships } from "@shice/rules/plan/institution.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, DatePicker, Form, Input, Radio, Select, Space, Typography } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { Fetched, Nothing } from "../../ui/problem.tsx";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";

type School = Awaited<ReturnType<typeof client.organisations.searchSchools>>[number];
type Change = { school: School; kind: "rename" | "merge" };

const ownershipTitles: Record<(typeof ownerships)[number], string> = { public: "公办", private: "民办" };

/** The directory of schools, from which everyone picks: standard names, former names kept (Notice §三(一)). */
export function OrganisationsPage() {
  const [typed, setTyped] = useState("");
  const [adding, setAdding] = useState(false);
  const [change, setChange] = useState<Change>();
  const query = useQuery(
    api.organisations.searchSchools.queryOptions({ input: { query: typed, limit: 50 }, enabled: typed !== "" }),
  );
  return (
    <>
      <Typography.Title level={2}>学校目录</Typography.Title>
      <Space wrap style={{ marginBottom: 12 }}>
        <Input.Search
          aria-label="学校名称"
          placeholder="学校名称、曾用名或简称"
          allowClear
          enterButton="查找"
          style={{ width: 320 }}
          onSearch={(text) => setTyped(text.trim())}
        />
        <Button type="primary" onClick={() => setAdding(true)}>
          登记学校
        </Button>
      </Space>
      {typed === "" ? (
        <Nothing text="输入学校名称的一部分查找。" />
      ) : (
        <Fetched query={query}>
          {(schools) => (
            <DataTable
              label="学校目录"
              size="small"
              rowKey="id"
              dataSource={schools}
              pagination={false}
              locale={{ emptyText: <Nothing text="没有找到这所学校。" /> }}
              columns={[
                { title: "学校", dataIndex: "name" },
                { title: "类别", render: (_, { kind }) => institutionTitles[kind] },
                { title: "举办者", render: (_, { ownership }) => ownershipTitles[ownership] },
                { title: "行业办学", render: (_, { industryRun }) => (industryRun ? "是" : "否") },
                { title: "注册机构", dataIndex: "authority" },
                { title: "确认点", dataIndex: "confirmationPoint" },
                { title: "有效期", render: (_, { validFrom, validTo }) => `${validFrom} 至 ${validTo ?? "今"}` },
                {
                  title: "办理",
                  render: (_, school) => (
                    <Space>
                      <Button size="small" onClick={() => setChange({ school, kind: "rename" })}>
                        更名
                      </Button>
                      <Button size="small" onClick={() => setChange({ school, kind: "merge" })}>
                        并入
                      </Button>
                    </Space>
                  ),
                },
              ]}
            />
          )}
        </Fetched>
      )}
      {adding && <AddDialog onClose={() => setAdding(false)} />}
      {change?.kind === "rename" && <RenameDialog school={change.school} onClose={() => setChange(undefined)} />}
      {change?.kind === "merge" && <MergeDialog school={change.school} onClose={() => setChange(undefined)} />}
    </>
  );
}

interface Added {
  name: string;
  aliases?: string;
  kind: School["kind"];
  ownership: School["ownership"];
  industryRun: boolean;
  authority: string;
  confirmationPoint: "school" | "authority";
  validFrom: Dayjs;
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const campaign = useCampaignKey();
  const bodies = useQuery(api.organisations.listBodies.queryOptions({ input: { campaign } }));
  return (
    <FormDialog<Added, unknown>
      title="登记学校"
      button="登记"
      tells="名称按公章填写；曾用名和简称另行填写，便于查找。"
      initial={{ ownership: "public", industryRun: false, confirmationPoint: "school" }}
      send={({ aliases, validFrom, ...school }, once) =>
        client.organisations.addSchools(
          {
            schools: [
              {
                ...school,
                aliases: (aliases ?? "").split(/[，,；;\s]+/).filter((alias) => alias !== ""),
                validFrom: validFrom.format("YYYY-MM-DD"),
              },
            ],
          },
          once,
        )
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item
        name="name"
        label="学校全称"
        rules={[{ required: true, whitespace: true, min: 2, message: "请填写学校全称。" }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="aliases" label="曾用名、简称" extra="多个的，用逗号隔开。">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="kind" label="类别" rules={[{ required: true, message: "请选择类别。" }]}>
        <Select options={institutionKinds.map((kind) => ({ value: kind, label: institutionTitles[kind] }))} />
      </Form.Item>
      <Form.Item name="ownership" label="举办者">
        <Radio.Group options={ownerships.map((value) => ({ value, label: ownershipTitles[value] }))} />
      </Form.Item>
      <Form.Item name="industryRun" valuePropName="checked">
        <Checkbox>行业办学</Checkbox>
      </Form.Item>
      <Form.Item name="authority" label="注册机构" rules={[{ required: true, message: "请选择注册机构。" }]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={(bodies.data ?? [])
            .filter(({ area }) => area !== null)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="confirmationPoint" label="确认点">
        <Radio.Group
          options={[
            { value: "school", label: "本校" },
            { value: "authority", label: "注册机构" },
          ]}
        />
      </Form.Item>
      <Form.Item name="validFrom" label="成立日期" rules={[{ required: true, message: "请选择日期。" }]}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}

function RenameDialog({ school, onClose }: { school: School; onClose: () => void }) {
  return (
    <FormDialog<{ name: string; on: Dayjs }, unknown>
      title={`更名：${school.name}`}
      button="更名"
      tells="原名保留备查，仍可按原名查找。"
      send={({ name, on }, once) =>
        client.organisations.renameSchool({ school: school.id, name, on: on.format("YYYY-MM-DD") }, once)
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item
        name="name"
        label="新名称"
        rules={[{ required: true, whitespace: true, min: 2, message: "请填写新名称。" }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="on" label="更名日期" rules={[{ required: true, message: "请选择日期。" }]}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}

function MergeDialog({ school, onClose }: { school: School; onClose: () => void }) {
  return (
    <FormDialog<{ into: string; on: Dayjs; reason: string }, unknown>
      title={`并入：${school.name}`}
      button="并入"
      grave
      tells="并入后，本校不再办理新的申请，在办的申请由并入的学校继续办理。"
      send={({ into, on, reason }, once) =>
        client.organisations.mergeSchool({ school: school.id, into, on: on.format("YYYY-MM-DD"), reason }, once)
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="into" label="并入的学校" rules={[{ required: true, message: "请选择学校。" }]}>
        <SchoolPicker />
      </Form.Item>
      <Form.Item name="on" label="日期" rules={[{ required: true, message: "请选择日期。" }]}>
        <DatePicker style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item
        name="reason"
        label="依据"
        rules={[{ required: true, whitespace: true, min: 2, message: "请填写依据。" }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
