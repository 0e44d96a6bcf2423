import type { ReturnRanking } from "@shice/contract/returns.ts";
import { Link } from "@tanstack/react-router";
import { Typography } from "antd";
import { useEffect, useRef } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";
import type { ReturnsSearch } from "./search.ts";

type Row = Awaited<ReturnType<typeof client.returns.listReturned>>["items"][number];

const outcomes = { answered: "已答复", expired: "逾期未答复", open: "等待答复", withdrawn: "随申请撤回" } as const;

/** The cases behind a figure of the ranking. */
export function ReturnedCases({ search, reasons }: { search: ReturnsSearch; reasons: ReturnRanking["reasons"] }) {
  const { key: campaign } = useCampaign();
  const { stage, authority, school, reason, rounds, outcome } = search;
  const filter = {
    ...(stage === undefined ? {} : { stage }),
    ...(authority === undefined ? {} : { authority }),
    ...(school === undefined ? {} : { school }),
    ...(reason === undefined ? {} : { reason }),
    ...(rounds === undefined ? {} : { rounds }),
    ...(outcome === undefined ? {} : { outcome }),
  };
  const title =
    reason !== undefined
      ? `因“${reasons.find(({ code }) => code === reason)?.text ?? reason}”退回的申请`
      : rounds !== undefined
        ? `退回${rounds}次的申请`
        : outcome === undefined
          ? "退回过的申请"
          : `有退回${outcomes[outcome]}的申请`;
  const heading = useRef<HTMLDivElement>(null);
  const name = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another figure was opened
  useEffect(() => heading.current?.scrollIntoView({ block: "start" }), [name]);
  return (
    <section className="above-l" ref={heading} aria-label={title}>
      <Typography.Title level={3}>{title}</Typography.Title>
      <PagedTable<Row>
        key={name}
        title={title}
        name={["returned", campaign, filter]}
        read={(page) => client.returns.listReturned({ campaign, ...filter, ...page })}
        rowKey={({ application }) => application}
        empty="没有这样的申请。"
        columns={[
          {
            title: "姓名",
            render: (_, { application, name: person }) => (
              <Link to="/office/$campaign/case/$application" params={{ campaign, application }}>
                {person}
              </Link>
            ),
          },
          { title: "申请编号", dataIndex: "number" },
          { title: "任教学校", dataIndex: "school" },
          { title: "退回次数", dataIndex: "rounds" },
          { title: "原因", render: (_, row) => row.reasons.join("；") },
          {
            title: "最近一次",
            render: (_, { lastAt, lastOutcome }) => `${momentText(lastAt)} ${outcomes[lastOutcome]}`,
          },
          { title: "现在状态", dataIndex: "stateTitle" },
        ]}
      />
    </section>
  );
}
