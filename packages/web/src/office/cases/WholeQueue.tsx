import type { QueueColumn } from "@shice/contract/cases.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { api, client } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";

/** What a queue is filtered by, as the API takes it. */
type QueueInput = Omit<Parameters<typeof client.cases.countQueue>[0], "campaign">;
type Row = Awaited<ReturnType<typeof client.cases.listQueue>>["items"][number];

/** One list holds no more; so many are selected at once. */
const mostSelected = 5000;

/** Selects all that the filter finds, not this page alone. */
export function SelectWhole({
  campaign,
  filter,
  onSelect,
}: {
  campaign: string;
  filter: QueueInput;
  onSelect: (rows: Row[]) => void;
}) {
  const count = useQuery(api.cases.countQueue.queryOptions({ input: { campaign, ...filter } }));
  const total = Math.min(count.data?.total ?? 0, mostSelected);
  const select = useMutation({ mutationFn: () => readWhole(campaign, filter), onSuccess: onSelect });
  return (
    <>
      <Button disabled={total === 0} loading={select.isPending} onClick={() => select.mutate()}>
        选择全部{total}件
      </Button>
      {select.error !== null && <ProblemAlert error={select.error} />}
    </>
  );
}

async function readWhole(campaign: string, filter: QueueInput): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | undefined; rows.length < mostSelected; ) {
    const page = await client.cases.listQueue({
      campaign,
      ...filter,
      limit: 500,
      ...(after === undefined ? {} : { after }),
    });
    rows.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  return rows.slice(0, mostSelected);
}

/** What the filter finds, as a workbook with the columns that are shown. */
export function ExportWhole({
  campaign,
  filter,
  columns,
}: {
  campaign: string;
  filter: QueueInput;
  columns: QueueColumn[];
}) {
  return <FileButton read={() => client.cases.exportQueue({ campaign, ...filter, columns })}>导出 Excel</FileButton>;
}
