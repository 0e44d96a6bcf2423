import { assistedMarkOf } from "@shice/contract/sentences/assistance.zh.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Form, Segmented, Select, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import { PersonItems } from "../../ui/PersonItems.tsx";
import { useAsking } from "./Attestation.tsx";

type Item = Awaited<ReturnType<typeof client.assistance.list>>["items"][number];

/** For whom the school fills in, and who of them has still to look through it and submit. */
export function AssistancePage() {
  const campaign = useCampaign();
  const [attested, setAttested] = useState<"yes" | "no">("no");
  const [naming, setNaming] = useState(false);
  const asking = useAsking(campaign.key);
  return (
    <>
      <Typography.Title level={2}>学校代填</Typography.Title>
      <Typography.Paragraph>
        不便自己填报的教师，由学校代为填写，再由本人登录核对、作出承诺并提交。本人没有提交的只是草稿，到期按未申请处理。
        名册中的教师，请在名册中点“代为填写”。
      </Typography.Paragraph>
      <Space wrap className="below">
        <Segmented<"yes" | "no">
          value={attested}
          onChange={setAttested}
          options={[
            { value: "no", label: "待本人确认" },
            { value: "yes", label: "本人已确认" },
          ]}
        />
        <Link to="/office/$campaign/roster" params={{ campaign: campaign.key }}>
          <Button type="primary" tabIndex={-1}>
            从名册中选择教师
          </Button>
        </Link>
        <Button onClick={() => setNaming(true)}>代名册外的教师填写</Button>
      </Space>
      <PagedTable<Item>
        key={attested}
        title="学校代填的申请"
        name={["assistance", campaign.key, attested]}
        read={(page) => client.assistance.list({ campaign: campaign.key, attested, ...page })}
        rowKey={({ application }) => application}
        empty={attested === "no" ? "没有等待本人确认的代填申请。" : "还没有本人确认的代填申请。"}
        columns={[
          {
            title: "姓名",
            render: (_, { application, name, state }) => (
              <Link
                to={
                  state === "draft"
                    ? "/office/$campaign/assistance/$application"
                    : "/office/$campaign/case/$application"
                }
                params={{ campaign: campaign.key, application }}
              >
                {name}
              </Link>
            ),
          },
          { title: "申请编号", dataIndex: "number" },
          { title: "学校", dataIndex: "school" },
          { title: "情况", render: (_, item) => <Situation item={item} /> },
          {
            title: "代填",
            render: (_, { clerk, lastAt }) => (
              <>
                {clerk}
                <div>{momentText(lastAt)}</div>
              </>
            ),
          },
          {
            title: "提醒",
            render: (_, { registered, askedAt }) =>
              askedAt === null ? (registered ? "没有提醒过" : "还没有注册账号") : momentText(askedAt),
          },
          {
            title: "办理",
            render: (_, { application, state }) =>
              state === "draft" && (
                <Space wrap size={4}>
                  <Button
                    size="small"
                    loading={asking.isPending && asking.variables[0] === application}
                    onClick={() => asking.mutate([application])}
                  >
                    提醒本人
                  </Button>
                  <FileButton
                    size="small"
                    open
                    read={() => client.documents.getAssistanceSheet({ campaign: campaign.key, application })}
                  >
                    打印核对单
                  </FileButton>
                </Space>
              ),
          },
        ]}
      />
      {naming && <NameDialog onClose={() => setNaming(false)} />}
    </>
  );
}

function Situation({ item: { state, stateTitle, attestedAt, missing } }: { item: Item }) {
  if (attestedAt !== null) {
    return (
      <>
        {assistedMarkOf("attested", state)}
        <div>
          {momentText(attestedAt)} 提交，现为“{stateTitle}”
        </div>
      </>
    );
  }
  if (state !== "draft") return `${assistedMarkOf("unattested", state)}，${stateTitle}`;
  return missing === 0 ? (
    <Tag color="blue">已填齐，待本人核对确认</Tag>
  ) : (
    <span className="mark">还有{missing}处没有填好</span>
  );
}

interface Named {
  school: string;
  name: string;
  documentKind: string;
  idNumber: string;
}

/** Somebody of the own school who is not on the roster; with this they are. */
function NameDialog({ onClose }: { onClose: () => void }) {
  const campaign = useCampaign();
  const navigate = useNavigate();
  const schools = useQuery(
    api.assistance.listSchools.queryOptions({ input: { campaign: campaign.key }, staleTime: 300_000 }),
  );
  const [only, ...others] = schools.data ?? [];
  return (
    <FormDialog<Named, { application: string }>
      title="代名册外的教师填写"
      button="开始代填"
      tells="请对照证件填写。教师不在名册的，一并登记到本校名册；已有草稿的，接着填写。"
      initial={{ documentKind: "id-card" }}
      send={({ school, ...person }, once) =>
        client.assistance.start(
          { campaign: campaign.key, person: { ...person, school: school ?? only?.id ?? "" } },
          once,
        )
      }
      onDone={({ application }) =>
        void navigate({
          to: "/office/$campaign/assistance/$application",
          params: { campaign: campaign.key, application },
        })
      }
      onCancel={onClose}
    >
      {others.length > 0 && (
        <Form.Item name="school" label="学校" rules={[{ required: true, message: "请选择学校。" }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={[only, ...others].flatMap((school) =>
              school === undefined ? [] : [{ value: school.id, label: school.name }],
            )}
          />
        </Form.Item>
      )}
      <PersonItems />
    </FormDialog>
  );
}
