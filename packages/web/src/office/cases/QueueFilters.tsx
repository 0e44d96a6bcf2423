import { contract } from "@shice/contract/contract.ts";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { useOffice } from "../../ui/session.ts";
import type { QueueSearch } from "./search.ts";

/** What the list can be filtered by, as far as it means something to the role. */
export function QueueFilters({
  search,
  onSearch,
  decided,
}: {
  search: QueueSearch;
  onSearch: (change: Partial<QueueSearch>) => void;
  decided: boolean;
}) {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const wide = post.organisationKind !== "school" && post.organisationKind !== "authority";
  const bodies = useQuery(
    api.organisations.listBodies.queryOptions({ input: { campaign: campaign.key }, enabled: wide }),
  );
  return (
    <Form layout="inline" className="filters" role="search" aria-label="筛选">
      <Form.Item label="姓名或编号">
        <Input.Search
          aria-label="姓名或编号"
          placeholder="可用拼音、曾用名"
          defaultValue={search.search ?? ""}
          key={search.search ?? ""}
          allowClear
          onSearch={(text) => onSearch({ search: text.trim() === "" ? undefined : text.trim() })}
          className="w-xl"
          enterButton="查找"
        />
      </Form.Item>
      {wide && (
        <Form.Item label="区县">
          <Select
            aria-label="区县"
            allowClear
            className="w-m"
            value={search.authority ?? null}
            onChange={(authority: string | null) => onSearch({ authority: authority ?? undefined })}
            options={(bodies.data ?? [])
              .filter(({ area }) => area !== null)
              .map(({ id, areaName }) => ({ value: id, label: areaName }))}
          />
        </Form.Item>
      )}
      <Form.Item label="注册类型">
        <Select
          aria-label="注册类型"
          allowClear
          className="w-s"
          value={search.registrationKind ?? null}
          onChange={(kind: "first" | "periodic" | null) => onSearch({ registrationKind: kind ?? undefined })}
          options={[
            { value: "first", label: "首次注册" },
            { value: "periodic", label: "定期注册" },
          ]}
        />
      </Form.Item>
      {may(contract.roster.assignBatch) && <BatchChoice search={search} onSearch={onSearch} />}
      <Form.Item label="提示">
        <Select
          aria-label="提示"
          allowClear
          className="w-s"
          value={search.flagged ?? null}
          onChange={(flagged: "yes" | "no" | null) => onSearch({ flagged: flagged ?? undefined })}
          options={[
            { value: "yes", label: "有提示" },
            { value: "no", label: "无提示" },
          ]}
        />
      </Form.Item>
      {decided && (
        <Form.Item label="结论签收">
          <Select
            aria-label="结论签收"
            allowClear
            className="w-s"
            value={search.received ?? null}
            onChange={(received: "yes" | "no" | null) => onSearch({ received: received ?? undefined })}
            options={[
              { value: "yes", label: "已签收" },
              { value: "no", label: "未签收" },
            ]}
          />
        </Form.Item>
      )}
      {!may(contract.confirmation.confirm) && (
        <Form.Item label="结论">
          <Select
            aria-label="结论"
            allowClear
            className="w-s"
            value={search.conclusion ?? null}
            onChange={(conclusion: string | null) => onSearch({ conclusion: conclusion ?? undefined })}
            options={campaign.conclusions.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </Form.Item>
      )}
    </Form>
  );
}

/** The school's batches, where it has any. */
function BatchChoice({ search, onSearch }: { search: QueueSearch; onSearch: (change: Partial<QueueSearch>) => void }) {
  const campaign = useCampaign();
  const { data = [] } = useQuery(api.roster.listBatches.queryOptions({ input: { campaign: campaign.key } }));
  if (data.length === 0) return null;
  return (
    <Form.Item label="分批">
      <Select
        aria-label="分批"
        allowClear
        className="w-m"
        value={search.batch ?? null}
        onChange={(batch: string | null) => onSearch({ batch: batch ?? undefined })}
        options={data.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}
