import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { api } from "../ui/client.ts";
import type { Wiring } from "../ui/plain/Entry.tsx";

/**
 * A school of the directory by part of its name, a former name, its sound or first letters; no free text
 * (Notice §三(一): 统一规范填写任教学校名称). Driven by the arrow keys and Enter too.
 */
export function SchoolChoice({
  wiring,
  value,
  disabled,
  set,
  knownName,
}: {
  wiring: Wiring;
  value: string;
  disabled: boolean;
  set: (school: string | undefined) => void;
  /** Of the school that is stored. */
  knownName?: string | undefined;
}) {
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [chosenName, setChosenName] = useState<string>();
  const query = useDeferredValue(typed.trim());
  const { data: found, isFetching } = useQuery(
    api.organisations.searchSchools.queryOptions({ input: { query }, enabled: query !== "" && open }),
  );
  const name = value === "" ? undefined : (chosenName ?? knownName);
  const list = found ?? [];
  const listId = `${wiring.id}-list`;

  function take(school: (typeof list)[number] | undefined): void {
    if (school === undefined) return;
    setChosenName(school.name);
    setTyped("");
    setOpen(false);
    set(school.id);
  }

  if (value !== "" && !open) {
    return (
      <div className="chosen" id={wiring.id} tabIndex={-1}>
        <strong>{name ?? "已选择"}</strong>
        {!disabled && (
          <button type="button" className="link-button" onClick={() => setOpen(true)}>
            重新选择
          </button>
        )}
      </div>
    );
  }
  return (
    <div className="combobox">
      <input
        {...wiring}
        role="combobox"
        aria-expanded={open && query !== ""}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(open && list[at] !== undefined ? { "aria-activedescendant": `${listId}-${at}` } : {})}
        disabled={disabled}
        autoComplete="off"
        placeholder="输入校名的一部分，或拼音、首字母，如：一中、dadukou、ddk"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setOpen(true);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : -1;
            setAt((before) => Math.max(0, Math.min(list.length - 1, before + step)));
          } else if (event.key === "Enter") {
            event.preventDefault();
            take(list[at]);
          } else if (event.key === "Escape") {
            setOpen(false);
          }
        }}
      />
      {open && query !== "" && (
        <div className="options" id={listId} role="listbox" aria-label="学校">
          {list.map((school, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the entry's.
            <div
              key={school.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(school)}
            >
              {school.name}
              <span className="soft">　{school.authority}</span>
            </div>
          ))}
        </div>
      )}
      {open && query !== "" && list.length === 0 && (
        <div role="status" className="soft">
          {isFetching ? "正在查找……" : "没有找到。请换一个关键字；确实没有的，请联系学校经办人或区县登记学校。"}
        </div>
      )}

      {value !== "" && (
        <button type="button" className="link-button" onClick={() => setOpen(false)}>
          不改了，仍选{name ?? "原来的学校"}
        </button>
      )}
    </div>
  );
}
