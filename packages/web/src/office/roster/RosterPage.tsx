import { documentKinds } from "@shice/rules/form/lists.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select, Space, Statistic, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { Fetched } from "../../ui/problem.tsx";
import { RowRefused } from "../../ui/row-refused.ts";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import { useOffice } from "../../ui/session.ts";
import { AssistedResetDialog } from "./AssistedResetDialog.tsx";
import { type Standing, standingTitles } from "./standings.ts";

type Item = Awaited<ReturnType<typeof client.roster.listRoster>>["items"][number];
const keepers = ["school-clerk", "district-reviewer", "district-lead"];

/** Who should register, and who has applied: nobody lapses whom the school has not seen (Notice §三(一)). */
export function RosterPage() {
  const campaign = useCampaign();
  const { post } = useOffice();
  const [applied, setApplied] = useState<"yes" | "no">();
  const [standing, setStanding] = useState<Standing>();
  const [chosen, setChosen] = useState<Item>();
  const [adding, setAdding] = useState(false);
  const [helping, setHelping] = useState(false);
  const counts = useQuery(api.roster.countRoster.queryOptions({ input: { campaign: campaign.key } }));
  const keeps = keepers.includes(post.role);
  const filter = {
    ...(applied === undefined ? {} : { applied }),
    ...(standing === undefined ? {} : { standing }),
  };
  return (
    <>
      <Typography.Title level={2}>应注册教师名册</Typography.Title>
      <Typography.Paragraph>
        名册与申请情况对照。没有申请的，请登记原因；应注册而未申请的，请提醒本人在截止前报名。
      </Typography.Paragraph>
      <Fetched query={counts} rows={2}>
        {({ due, applied: have, confirmed, notApplied }) => (
          <Space size={40} wrap style={{ marginBottom: 16 }}>
            <Statistic title="应注册" value={due} />
            <Statistic title="已申请" value={have} />
            <Statistic title="已确认" value={confirmed} />
            <Statistic title="未申请" value={notApplied} />
          </Space>
        )}
      </Fetched>
      <Space wrap style={{ marginBottom: 12 }}>
        <Select
          aria-label="申请情况"
          allowClear
          placeholder="申请情况"
          style={{ width: 140 }}
          value={applied ?? null}
          onChange={(value: "yes" | "no" | null) => setApplied(value ?? undefined)}
          options={[
            { value: "yes", label: "已申请" },
            { value: "no", label: "未申请" },
          ]}
        />
        <Select
          aria-label="名册情形"
          allowClear
          placeholder="名册情形"
          style={{ width: 160 }}
          value={standing ?? null}
          onChange={(value: Standing | null) => setStanding(value ?? undefined)}
          options={Object.entries(standingTitles).map(([value, label]) => ({ value, label }))}
        />
        {keeps && (
          <Button type="primary" onClick={() => setAdding(true)}>
            登记教师
          </Button>
        )}
        {post.role === "school-clerk" && <Button onClick={() => setHelping(true)}>协助重设密码</Button>}
      </Space>
      <PagedTable<Item>
        key={`${applied}${standing}`}
        title="应注册教师名册"
        name={["roster", campaign.key, filter]}
        read={(page) => client.roster.listRoster({ campaign: campaign.key, ...filter, ...page })}
        rowKey={({ id }) => id}
        empty="名册里没有符合条件的教师。"
        columns={[
          { title: "姓名", dataIndex: "name" },
          { title: "证件号码", dataIndex: "idNumberMasked" },
          ...(post.role === "school-clerk" ? [] : [{ title: "学校", dataIndex: "schoolName" }]),
          { title: "情形", render: (_, { standing }) => standingTitles[standing] },
          { title: "申请状态", render: (_, { stateTitle }) => stateTitle ?? "未申请" },
          { title: "原因", render: (_, row) => reasonText(campaign.reasons, row) },
          ...(keeps
            ? [
                {
                  title: "办理",
                  render: (_: unknown, row: Item) => (
                    <Button size="small" onClick={() => setChosen(row)}>
                      登记情形
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {chosen !== undefined && <StandingDialog item={chosen} onClose={() => setChosen(undefined)} />}
      {adding && <AddDialog onClose={() => setAdding(false)} />}
      {helping && <AssistedResetDialog onClose={() => setHelping(false)} />}
    </>
  );
}

function reasonText(reasons: readonly { code: string; text: string }[], { reason, remark }: Item): string {
  const text = reasons.find(({ code }) => code === reason)?.text ?? reason ?? "";
  return [text, remark ?? ""].filter((part) => part !== "").join("；");
}

function StandingDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const campaign = useCampaign();
  return (
    <FormDialog<{ standing: Standing; reason?: string; remark?: string }, unknown>
      title={`登记情形：${item.name}`}
      button="登记"
      tells="登记这位教师在本批次的情形。未申请的须写明原因。"
      initial={{
        standing: item.standing,
        ...(item.reason === null ? {} : { reason: item.reason }),
        ...(item.remark === null ? {} : { remark: item.remark }),
      }}
      send={({ standing, reason, remark }, once) =>
        client.roster.setStanding(
          {
            campaign: campaign.key,
            entry: item.id,
            standing,
            ...(reason === undefined ? {} : { reason }),
            ...(remark === undefined || remark.trim() === "" ? {} : { remark: remark.trim() }),
          },
          once,
        )
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="standing" label="情形" rules={[{ required: true, message: "请选择情形。" }]}>
        <Select options={Object.entries(standingTitles).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="reason" label="未申请的原因">
        <Select
          allowClear
          options={campaign.reasons
            .filter(({ use }) => use.includes("not-applied"))
            .map(({ code, text }) => ({ value: code, label: text }))}
        />
      </Form.Item>
      <Form.Item name="remark" label="备注">
        <Input.TextArea rows={2} maxLength={300} showCount />
      </Form.Item>
    </FormDialog>
  );
}

interface Added {
  school?: string;
  name: string;
  documentKind: string;
  idNumber: string;
  standing: Standing;
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const campaign = useCampaign();
  const { post } = useOffice();
  const ofSchool = post.role === "school-clerk" && post.organisationKind === "school";
  return (
    <FormDialog<Added, unknown>
      title="登记教师"
      button="登记"
      tells="登记一名应注册教师。名册已有同一证件号码的，更新原来的记录。"
      initial={{ documentKind: "id-card", standing: "due" }}
      send={async ({ school, ...row }, once) => {
        const { wrong } = await client.roster.addRoster(
          {
            campaign: campaign.key,
            source: "hand",
            rows: [{ ...row, school: ofSchool ? post.organisationId : (school ?? "") }],
          },
          once,
        );
        const [first] = wrong;
        if (first !== undefined) throw new RowRefused(first.refusal.sentence);
      }}
      onDone={onClose}
      onCancel={onClose}
    >
      {!ofSchool && (
        <Form.Item name="school" label="学校" rules={[{ required: true, message: "请选择学校。" }]}>
          <SchoolPicker />
        </Form.Item>
      )}
      <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: "请填写姓名。" }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="documentKind" label="证件类型">
        <Select options={documentKinds.map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
      <Form.Item
        name="idNumber"
        label="证件号码"
        rules={[{ required: true, whitespace: true, message: "请填写证件号码。" }]}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="standing" label="情形">
        <Select options={Object.entries(standingTitles).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
    </FormDialog>
  );
}
