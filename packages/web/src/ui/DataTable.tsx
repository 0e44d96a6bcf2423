import { Table, type TableProps } from "antd";
import { WideRegion } from "./WideRegion.tsx";

/** A table of the office: named, and scrolled sideways by itself where the screen is narrow. */
export function DataTable<Row extends object>({ label, ...table }: TableProps<Row> & { label: string }) {
  return (
    <WideRegion label={label}>
      <Table<Row> aria-label={label} size="middle" pagination={false} {...table} />
    </WideRegion>
  );
}
