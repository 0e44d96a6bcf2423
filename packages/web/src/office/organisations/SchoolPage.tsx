import type { DirectoryChange, SchoolPage as School } from "@shice/contract/organisations.ts";
import { states, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { institutionTitles, ownershipTitles } from "@shice/rules/plan/institution.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, Button, Card, Descriptions, Space, Tag } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { useMenu } from "../../ui/menu.ts";
import { momentText } from "../../ui/moment.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { Fetched, Nothing } from "../../ui/problem.tsx";
import { useOffice } from "../../ui/session.ts";
import { ChangeDialog, RemoveAliasDialog, type SchoolChange } from "./ChangeDialogs.tsx";
import { mayEditDirectory } from "./editors.ts";

/** One school: names and their time, where it came from and what became of it, every change, who acts, how far it is. */
export function SchoolPage() {
  const campaign = useCampaignKey();
  const { school = "" } = useParams({ strict: false });
  const query = useQuery(api.organisations.getSchool.queryOptions({ input: { campaign, school } }));
  return <Fetched query={query}>{(found) => <One key={found.id} school={found} />}</Fetched>;
}

const changes: readonly { key: SchoolChange; title: string }[] = [
  { key: "rename", title: "更名" },
  { key: "alias", title: "增加简称" },
  { key: "details", title: "变更登记" },
  { key: "pass", title: "划转" },
  { key: "merge", title: "并入其他学校" },
];

function One({ school }: { school: School }) {
  const campaign = useCampaignKey();
  const { post } = useOffice();
  const [change, setChange] = useState<SchoolChange>();
  const mayEdit = mayEditDirectory(post.role) && school.validTo === null;
  return (
    <>
      <PageHead
        title={school.name}
        beside={
          school.validTo === null ? <Tag color="success">在办</Tag> : <Tag color="warning">{school.validTo} 撤并</Tag>
        }
      >
        <Link to="/office/$campaign/organisations" params={{ campaign }}>
          回到学校目录
        </Link>
      </PageHead>
      {school.validTo !== null && <EndedNote school={school} />}
      {mayEdit && (
        <Space wrap className="no-print below-l">
          {changes.map(({ key, title }) => (
            <Button key={key} onClick={() => setChange(key)}>
              {title}
            </Button>
          ))}
          <Link to="/office/$campaign/organisations/$school/split" params={{ campaign, school: school.id }}>
            <Button tabIndex={-1}>分立</Button>
          </Link>
        </Space>
      )}
      <div className="case">
        <div className="stack-l">
          <Card title="登记情况" size="small">
            <Registered school={school} />
          </Card>
          <Card title="变动记录" size="small">
            <Changes changes={school.changes} />
          </Card>
        </div>
        <div className="stack-l">
          <Card title="历次名称" size="small">
            <Names school={school} editable={mayEdit} />
          </Card>
          {(school.became.length > 0 || school.cameFrom.length > 0) && (
            <Card title="沿革" size="small">
              <Line title="去向" rows={school.became} />
              <Line title="来源" rows={school.cameFrom} />
            </Card>
          )}
          {school.figures !== null && <Figures school={school} figures={school.figures} />}
          {school.clerks !== null && <Clerks clerks={school.clerks} />}
        </div>
      </div>
      {change !== undefined && <ChangeDialog change={change} school={school} onClose={() => setChange(undefined)} />}
    </>
  );
}

function EndedNote({ school }: { school: School }) {
  const campaign = useCampaignKey();
  return (
    <Alert
      type="warning"
      showIcon
      className="below"
      title={
        <>
          本校已于{school.validTo}撤并，不再办理新的申请。没有报送的名册和申请由
          {school.successors.map(({ id, name }, at) => (
            <span key={id}>
              {at > 0 && "、"}
              <Link to="/office/$campaign/organisations/$school" params={{ campaign, school: id }}>
                {name}
              </Link>
            </span>
          ))}
          继续办理，已经报送的由区县继续办理。
        </>
      }
    />
  );
}

function Registered({ school }: { school: School }) {
  const own = school.confirmationPointId === school.id;
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        { key: "kind", label: "类别", children: institutionTitles[school.kind] },
        { key: "ownership", label: "举办者", children: ownershipTitles[school.ownership] },
        { key: "industry", label: "行业办学", children: school.industryRun ? "是" : "否" },
        { key: "authority", label: "注册机构", children: school.authority },
        { key: "point", label: "确认点", children: own ? "本校" : school.confirmationPoint },
        { key: "valid", label: "有效期", children: `${school.validFrom} 至 ${school.validTo ?? "今"}` },
      ]}
    />
  );
}

const nameKinds = { standard: "现名", former: "曾用名", alias: "简称" } as const;

function Names({ school, editable }: { school: School; editable: boolean }) {
  const [removing, setRemoving] = useState<string>();
  return (
    <>
      <ul className="plain-list">
        {school.names.map(({ name, kind, from, to }) => (
          <li key={name}>
            <Tag>{nameKinds[kind]}</Tag>
            {name}
            <span className="beside">{spanText(from, to)}</span>
            {kind === "alias" && editable && (
              <Button size="small" type="link" onClick={() => setRemoving(name)} aria-label={`删除简称${name}`}>
                删除
              </Button>
            )}
          </li>
        ))}
      </ul>
      {removing !== undefined && (
        <RemoveAliasDialog school={school} name={removing} onClose={() => setRemoving(undefined)} />
      )}
    </>
  );
}

function spanText(from: string | null, to: string | null): string {
  if (from === null) return to === null ? "" : `至 ${to}`;
  return `${from} ${to === null ? "起" : `至 ${to}`}`;
}

const lineKinds: Readonly<Record<string, string>> = {
  merged: "合并",
  split: "分立",
  replaced: "更替",
  transferred: "划转",
};

function Line({ title, rows }: { title: string; rows: School["became"] }) {
  const campaign = useCampaignKey();
  if (rows.length === 0) return null;
  return (
    <>
      <strong>{title}</strong>
      <ul className="plain-list">
        {rows.map(({ id, name, kind, on, reason }) => (
          <li key={id}>
            {on} {lineKinds[kind] ?? kind}：
            <Link to="/office/$campaign/organisations/$school" params={{ campaign, school: id }}>
              {name}
            </Link>
            <div className="soft">{reason}</div>
          </li>
        ))}
      </ul>
    </>
  );
}

const changeTitles: Record<DirectoryChange["kind"], string> = {
  added: "登记",
  renamed: "更名",
  "alias-added": "增加简称",
  "alias-removed": "删除简称",
  changed: "变更登记",
  passed: "划转",
  merged: "并入其他学校",
  "took-in": "接收其他学校",
  split: "分立",
  arose: "分立设立",
};

function Changes({ changes: list }: { changes: readonly DirectoryChange[] }) {
  if (list.length === 0) return <Nothing text="还没有变动记录。" />;
  return (
    <ol className="timeline" reversed>
      {list.map(({ id, kind, on, reason, by, at, lines }) => (
        <li key={id}>
          <div>
            <strong>{changeTitles[kind]}</strong>　自{on}起
          </div>
          {lines.map((line) => (
            <div key={line}>{line}</div>
          ))}
          {reason !== null && <div>依据：{reason}</div>}
          <small className="soft">
            {momentText(at)}　{by ?? "系统"}登记
          </small>
        </li>
      ))}
    </ol>
  );
}

function Figures({ school, figures }: { school: School; figures: NonNullable<School["figures"]> }) {
  const campaign = useCampaignKey();
  const opens = useMenu().some(({ path }) => path === "/office/$campaign/queue");
  return (
    <Card title="本批次办理情况" size="small">
      <p className="no-margin-top">
        名册{figures.roster}人，其中应注册{figures.due}人；申请{figures.total}件；交接清单{figures.manifests}份。
      </p>
      {figures.total > 0 && (
        <DataTable
          label="本校申请按状态"
          size="small"
          rowKey="state"
          dataSource={states.flatMap((state) => {
            const count = figures.counts[state];
            return count === undefined ? [] : [{ state, count }];
          })}
          columns={[
            { title: "状态", render: (_, { state }) => stateTitles[state] },
            { title: "件数", dataIndex: "count" },
          ]}
        />
      )}
      {opens && figures.total > 0 && (
        <p className="no-margin">
          <Link to="/office/$campaign/queue" params={{ campaign }} search={{ school: school.id }}>
            在“办件”中查看本校的申请
          </Link>
        </p>
      )}
    </Card>
  );
}

function Clerks({ clerks }: { clerks: NonNullable<School["clerks"]> }) {
  return (
    <Card title="经办人" size="small">
      {clerks.length === 0 ? (
        <Nothing text="还没有经办人。" />
      ) : (
        <ul className="plain-list">
          {clerks.map(({ name, since, until }) => (
            <li key={`${name}${since}`}>
              {name}
              <span className="beside">
                {momentText(since).slice(0, 10)} {until === null ? "起" : `至 ${momentText(until).slice(0, 10)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
