import { type RosterStanding, standings, standingTitles } from "@shice/rules/roster/standing.ts";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import type { RosterSearch } from "./search.ts";

/** A name, its sound or the end of the ID number; standing, batch, what is still owed. */
export function Filters({ search, onSearch }: { search: RosterSearch; onSearch: (search: RosterSearch) => void }) {
  const campaign = useCampaign();
  const batches = useQuery(api.roster.listBatches.queryOptions({ input: { campaign: campaign.key } }));
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  return (
    <Form layout="inline" className="filters below" role="search" aria-label="查找与筛选">
      <Form.Item>
        <Input.Search
          key={search.search ?? ""}
          aria-label="姓名、拼音、首字母或证件号码末4位"
          placeholder="姓名、拼音或证件号码末4位"
          defaultValue={search.search ?? ""}
          allowClear
          enterButton="查找"
          className="w-search"
          onSearch={(text) => onSearch({ ...search, search: text.trim() === "" ? undefined : text.trim() })}
        />
      </Form.Item>
      <Form.Item>
        <Select<RosterStanding | null>
          aria-label="情形"
          allowClear
          placeholder="情形"
          className="w-m"
          value={search.standing ?? null}
          onChange={(standing) => onSearch({ ...search, standing: standing ?? undefined })}
          options={[
            { value: null, label: "全部情形" },
            ...standings.map((value) => ({ value, label: standingTitles[value] })),
          ]}
        />
      </Form.Item>
      <Form.Item>
        <Select
          aria-label="还没有办完的"
          className="w-m"
          value={search.owing ?? ""}
          onChange={(owing) => onSearch({ ...search, owing: owing === "yes" ? "yes" : undefined })}
          options={[
            { value: "", label: "不论是否办完" },
            { value: "yes", label: "没有申请或没办完" },
          ]}
        />
      </Form.Item>
      {(batches.data ?? []).length > 0 && (
        <Form.Item>
          <Select
            aria-label="分批"
            className="w-m"
            value={search.batch ?? ""}
            onChange={(batch) => onSearch({ ...search, batch: batch === "" ? undefined : batch })}
            options={[
              { value: "", label: "全部各批" },
              ...(batches.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
              { value: "none", label: "没有编入" },
            ]}
          />
        </Form.Item>
      )}
      {isFiltered && (
        <Form.Item>
          <Button type="link" onClick={() => onSearch({})}>
            清除筛选
          </Button>
        </Form.Item>
      )}
    </Form>
  );
}
