import type { QueueColumn, SavedFilter } from "@shice/contract/cases.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select, Space } from "antd";
import { useState } from "react";
import { api, client, queryClient } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";
import { isSameFilter } from "./same-filter.ts";

/** What one looks for every day, under a name: heap, filter and columns, kept with the account. */
export function SavedFilters({
  campaign,
  filter,
  columns,
  onChoose,
}: {
  campaign: string;
  /** What is shown now. */
  filter: Record<string, string>;
  columns: QueueColumn[];
  onChoose: (saved: SavedFilter) => void;
}) {
  const [saving, setSaving] = useState(false);
  const { data: saved = [] } = useQuery(api.cases.listSavedFilters.queryOptions({ input: { campaign } }));
  const shown = saved.find((each) => isSameFilter(each.filter, filter));
  const remove = useMutation({
    mutationFn: (savedFilter: string) => client.cases.removeSavedFilter({ campaign, savedFilter }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: api.cases.listSavedFilters.key() }),
  });
  return (
    <Space wrap>
      {saved.length > 0 && (
        <Select
          aria-label="常用筛选"
          placeholder="常用筛选"
          className="w-m"
          value={shown?.id ?? null}
          options={saved.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: string | null) => {
            const chosen = saved.find((each) => each.id === id);
            if (chosen !== undefined) onChoose(chosen);
          }}
        />
      )}
      {shown === undefined ? (
        <Button onClick={() => setSaving(true)}>存为常用筛选</Button>
      ) : (
        <Button loading={remove.isPending} onClick={() => remove.mutate(shown.id)}>
          删除常用筛选“{shown.name}”
        </Button>
      )}
      {remove.error !== null && <ProblemAlert error={remove.error} />}
      {saving && (
        <FormDialog<{ name: string }, SavedFilter>
          title="存为常用筛选"
          button="保存"
          tells="当前的队列、筛选条件和所选的列会一起保存，在别的电脑上登录也能使用。与已有的同名时，替换原来的。"
          send={({ name }, once) => client.cases.saveFilter({ campaign, name, filter, columns }, once)}
          onDone={() => setSaving(false)}
          onCancel={() => setSaving(false)}
        >
          <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称。" }]}>
            <Input maxLength={20} placeholder="如：首次注册、有提示的" />
          </Form.Item>
        </FormDialog>
      )}
    </Space>
  );
}
