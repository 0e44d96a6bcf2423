import { Typography } from "antd";
import type { ReactNode } from "react";

/** The head of a page that lies beneath another: its title, what stands beside it, and at the end the way back. */
export function PageHead({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) {
  return (
    <div className="page-head">
      <Typography.Title level={2} className="no-margin">
        {title}
      </Typography.Title>
      {beside}
      <span className="page-head-back">{children}</span>
    </div>
  );
}
