import { Link } from "@tanstack/react-router";
import { Input, Typography } from "antd";
import { useState } from "react";
import { useCampaignKey } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { PagedTable } from "../../ui/PagedTable.tsx";

type Item = Awaited<ReturnType<typeof client.archive.listCatalogue>>["items"][number];

/** Where each copy of each form lies: personal file, or box and item of the district's archive (Notice §三(七)). */
export function CataloguePage() {
  const campaign = useCampaignKey();
  const [box, setBox] = useState("");
  return (
    <>
      <Typography.Title level={2}>档案目录</Typography.Title>
      <Input.Search
        aria-label="档案盒号"
        placeholder="档案盒号"
        allowClear
        enterButton="查找"
        className="w-xl below"
        onSearch={(text) => setBox(text.trim())}
      />
      <PagedTable<Item>
        key={box}
        title="档案目录"
        name={["catalogue", campaign, box]}
        read={(page) => client.archive.listCatalogue({ campaign, ...(box === "" ? {} : { box }), ...page })}
        rowKey={({ application, copy }) => `${application}${copy}`}
        empty="还没有归档的申请。"
        columns={[
          {
            title: "姓名",
            render: (_, { application, name }) => (
              <Link to="/office/$campaign/case/$application" params={{ campaign, application }}>
                {name}
              </Link>
            ),
          },
          { title: "申请编号", dataIndex: "number" },
          { title: "份次", render: (_, { copy }) => `第${copy}份` },
          { title: "存放", render: (_, { place }) => (place === "personal-file" ? "个人档案" : "区县归档") },
          { title: "盒号", dataIndex: "box" },
          { title: "件号", dataIndex: "item" },
          { title: "结论填写", render: (_, { opinionBy }) => (opinionBy === "stamp" ? "盖章" : "手写") },
          { title: "归档时间", render: (_, { filedAt }) => momentText(filedAt) },
        ]}
      />
    </>
  );
}
