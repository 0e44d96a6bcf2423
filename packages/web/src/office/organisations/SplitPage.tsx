import { contract } from "@shice/contract/contract.ts";
import type { SchoolPage as School } from "@shice/contract/organisations.ts";
import { institutionKinds, institutionTitles } from "@shice/rules/plan/institution.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Card, DatePicker, Form, Input, Radio, Select, Space, Typography } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client, queryClient } from "../../ui/client.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Fetched, ProblemAlert } from "../../ui/problem.tsx";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import { useOffice } from "../../ui/session.ts";
import { Assignment } from "./Assignment.tsx";
import { Consequences } from "./Consequences.tsx";
import { isoDayOf } from "./fields.tsx";
import { movedText } from "./moved-text.ts";
import { labelOf, lackOf, newPart, type Part, sentOf, stays } from "./split-parts.ts";

/** A school is split: what it becomes, and who goes where. */
export function SplitPage() {
  const { key: campaign } = useCampaign();
  const { school = "" } = useParams({ strict: false });
  const query = useQuery(api.organisations.getSchool.queryOptions({ input: { campaign, school } }));
  return <Fetched query={query}>{(found) => <Split key={found.id} school={found} />}</Fetched>;
}

function Split({ school }: { school: School }) {
  const campaign = useCampaign();
  const { may } = useOffice();
  const navigate = useNavigate();
  const { message, modal } = App.useApp();
  const [ends, setEnds] = useState(true);
  const [parts, setParts] = useState<Part[]>(() => [newPart()]);
  const [rest, setRest] = useState<string>();
  const [assigned, setAssigned] = useState<ReadonlyMap<string, string>>(new Map());
  const [on, setOn] = useState<Dayjs>(() => dayjs(campaign.now));
  const [reason, setReason] = useState("");
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const split = useMutation({
    mutationFn: () =>
      client.organisations.splitSchool(
        { school: school.id, on: isoDayOf(on), reason, ends, ...sentOf(parts, rest ?? stays, assigned) },
        { context: { idempotencyKey } },
      ),
    onSuccess: async ({ went: moved }) => {
      message.success(movedText(moved));
      await queryClient.invalidateQueries();
      await navigate({
        to: "/office/$campaign/organisations/$school",
        params: { campaign: campaign.key, school: school.id },
      });
    },
  });
  const choices = [
    ...parts.map((part, at) => ({ value: part.key, label: labelOf(part, at) })),
    ...(ends ? [] : [{ value: stays, label: `留在${school.name}` }]),
  ];
  const restHere = choices.some(({ value }) => value === rest) ? rest : undefined;
  const lack = lackOf(parts, restHere, reason);
  const ask = () =>
    modal.confirm({
      title: `分立：${school.name}`,
      content: ends
        ? "分立后原学校撤销，经办人岗位终止，名册和没有报送的申请随即按分配转移。"
        : "名单中的人员随即转到所分的学校，其余人员留在原学校。",
      okText: "分立",
      okButtonProps: { danger: true },
      cancelText: "取消",
      onOk: () => split.mutate(),
    });
  if (school.validTo !== null) return <Alert type="warning" showIcon title="这所学校已经撤并，不能再分立。" />;
  return (
    <>
      <PageHead title={`分立：${school.name}`}>
        <Link to="/office/$campaign/organisations/$school" params={{ campaign: campaign.key, school: school.id }}>
          回到学校页面
        </Link>
      </PageHead>
      <Typography.Paragraph>
        写明分立后的学校，再分配人员：其余人员归入一所学校，个别的按名单另行分配。已经报送的申请不转移。
      </Typography.Paragraph>
      <Consequences school={school.id} to="school" />
      <Form layout="vertical" requiredMark={false} className="stack-l">
        <Card title="一、分立后的学校" size="small">
          <Form.Item label="原学校">
            <Radio.Group
              value={ends}
              onChange={({ target }) => setEnds(target.value)}
              options={[
                { value: true, label: "撤销" },
                { value: false, label: "继续办学" },
              ]}
            />
          </Form.Item>
          {parts.map((part, at) => (
            <PartEntry
              key={part.key}
              part={part}
              at={at}
              onChange={(change) =>
                setParts((now) => now.map((each) => (each.key === part.key ? { ...each, ...change } : each)))
              }
              onRemove={
                parts.length === 1 ? undefined : () => setParts((now) => now.filter((each) => each.key !== part.key))
              }
            />
          ))}
          <Button onClick={() => setParts((now) => [...now, newPart()])} disabled={parts.length >= 20}>
            增加一所
          </Button>
        </Card>
        <Card title="二、分配人员" size="small">
          <Form.Item label="名单之外的其余人员">
            <Select
              aria-label="名单之外的其余人员"
              className="w-search"
              value={restHere ?? null}
              onChange={setRest}
              placeholder="请选择"
              options={choices}
            />
          </Form.Item>
          {may(contract.organisations.listSchoolPeople) ? (
            <Assignment school={school.id} choices={choices} assigned={assigned} onAssign={setAssigned} />
          ) : (
            <p className="no-margin">要按名单分配的，由方案管理员办理；系统管理员不查看教师名单。</p>
          )}
        </Card>
        <Card title="三、日期和依据" size="small">
          <Form.Item label="自哪一天起">
            <DatePicker
              aria-label="自哪一天起"
              value={on}
              allowClear={false}
              onChange={(day) => setOn(day ?? dayjs(campaign.now))}
              disabledDate={(day: Dayjs) => day.isAfter(dayjs(campaign.now), "day")}
            />
          </Form.Item>
          <Form.Item label="依据" extra="批复、文件的名称和文号。">
            <Input
              aria-label="依据"
              maxLength={200}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </Form.Item>
        </Card>
        {split.error !== null && <ProblemAlert error={split.error} />}
        <Space wrap>
          <Button type="primary" danger disabled={lack !== undefined} loading={split.isPending} onClick={ask}>
            分立
          </Button>
          <span role="status">{lack ?? ""}</span>
        </Space>
      </Form>
    </>
  );
}

function PartEntry({
  part,
  at,
  onChange,
  onRemove,
}: {
  part: Part;
  at: number;
  onChange: (change: Partial<Part>) => void;
  onRemove: (() => void) | undefined;
}) {
  const label = `第${at + 1}所`;
  return (
    <fieldset className="split-part">
      <legend>{label}</legend>
      <Radio.Group
        aria-label={`${label}的来历`}
        value={part.mode}
        onChange={({ target }) => onChange({ mode: target.value, name: "", school: undefined })}
        options={[
          { value: "new", label: "新设" },
          { value: "known", label: "目录中已有" },
        ]}
      />
      {part.mode === "new" ? (
        <>
          <Input
            aria-label={`${label}的全称`}
            placeholder="学校全称（按公章）"
            maxLength={60}
            className="w-search"
            value={part.name}
            onChange={({ target }) => onChange({ name: target.value })}
          />
          <Select
            aria-label={`${label}的类别`}
            placeholder="类别"
            className="w-l"
            value={part.kind ?? null}
            onChange={(kind) => onChange({ kind: kind ?? undefined })}
            options={institutionKinds.map((kind) => ({ value: kind, label: institutionTitles[kind] }))}
          />
        </>
      ) : (
        <KnownPart label={label} part={part} onChange={onChange} />
      )}
      {onRemove !== undefined && (
        <Button onClick={onRemove} aria-label={`移除${label}`}>
          移除
        </Button>
      )}
    </fieldset>
  );
}

function KnownPart({
  label,
  part,
  onChange,
}: {
  label: string;
  part: Part;
  onChange: (change: Partial<Part>) => void;
}) {
  return (
    <div className="w-search">
      <SchoolPicker
        label={label}
        value={part.school}
        onChange={(school, name) => onChange({ school, name: name ?? "" })}
        knownName={part.name}
      />
    </div>
  );
}
