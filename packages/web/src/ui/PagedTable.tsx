import { useQuery } from "@tanstack/react-query";
import { Button, Space, type TableColumnsType, type TableProps } from "antd";
import { useState } from "react";
import { DataTable } from "./DataTable.tsx";
import { Nothing, ProblemAlert } from "./problem.tsx";

interface Page<Row> {
  items: Row[];
  next: string | null;
}

/** A list that goes on from page to page by its cursor; the pages before are kept, so that one can go back. */
export function PagedTable<Row extends object>({
  title,
  name,
  read,
  rowKey,
  columns,
  empty,
  refetchInterval,
  rowSelection,
}: {
  /** What is listed, for those who do not see it. */
  title: string;
  /** Distinguishes this list from others, filters included. */
  name: readonly unknown[];
  read: (page: { after?: string; limit: number }) => Promise<Page<Row>>;
  rowKey: (row: Row) => string;
  columns: TableColumnsType<Row>;
  empty: string;
  refetchInterval?: number;
  /** Rows to be chosen for an act; what was chosen on a page before stays chosen. */
  rowSelection?: NonNullable<TableProps<Row>["rowSelection"]>;
}) {
  const [cursors, setCursors] = useState<string[]>([]);
  const after = cursors.at(-1);
  const query = useQuery({
    queryKey: ["paged", ...name, after],
    queryFn: () => read({ limit: 50, ...(after === undefined ? {} : { after }) }),
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
  });
  return (
    <>
      {query.error !== null && <ProblemAlert error={query.error} again={() => query.refetch()} />}
      <DataTable<Row>
        label={title}
        size="middle"
        loading={query.isPending}
        dataSource={query.data?.items ?? []}
        rowKey={rowKey}
        columns={columns}
        pagination={false}
        {...(rowSelection === undefined ? {} : { rowSelection })}
        locale={{ emptyText: <Nothing text={empty} /> }}
      />
      {(after !== undefined || (query.data?.next ?? null) !== null) && (
        <Space className="above">
          <Button disabled={after === undefined} onClick={() => setCursors((now) => now.slice(0, -1))}>
            上一页
          </Button>
          <Button
            disabled={(query.data?.next ?? null) === null}
            onClick={() => setCursors((now) => [...now, query.data?.next ?? ""])}
          >
            下一页
          </Button>
        </Space>
      )}
    </>
  );
}
