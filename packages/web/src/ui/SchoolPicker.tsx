import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { api } from "./client.ts";

/** A school of the directory by part of its name or a former name; no free text (Notice §三(一)). */
export function SchoolPicker({
  value,
  onChange,
  id,
  disabled = false,
  knownName,
  label,
}: {
  value?: string | undefined;
  onChange?: (school: string | undefined, name?: string) => void;
  id?: string;
  /** Its name for those who do not see it, where no form gives one. */
  label?: string;
  disabled?: boolean;
  /** The name of the school that is chosen already. */
  knownName?: string | undefined;
}) {
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery(
    api.organisations.searchSchools.queryOptions({ input: { query }, enabled: query !== "" }),
  );
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      disabled={disabled}
      value={value ?? null}
      {...(label === undefined ? {} : { "aria-label": label })}
      className="full"
      onChange={(school: string | null) =>
        onChange?.(school ?? undefined, data?.find(({ id: known }) => known === school)?.name)
      }
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      loading={isFetching}
      placeholder="输入学校名称的一部分，从列表中选择"
      notFoundContent={
        query === "" ? "请输入学校名称" : isFetching ? "正在查找" : "没有找到。请核对名称，或联系区县登记学校。"
      }
      options={
        data === undefined && value !== undefined && knownName !== undefined
          ? [{ value, label: knownName }]
          : (data ?? []).map((school) => ({ value: school.id, label: `${school.name}（${school.authority}）` }))
      }
    />
  );
}
