import { useQuery } from "@tanstack/react-query";
import { App, Button, Input, type InputRef } from "antd";
import { memo, useEffect, useRef, useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { momentText } from "../../ui/moment.ts";
import { CameraDialog } from "./CameraDialog.tsx";

type Found = Awaited<ReturnType<typeof client.confirmation.findAtDesk>>["items"][number];

/** Scan or type to find a folder; with nothing typed, Enter takes the next of the pile. */
export const DeskSearch = memo(function DeskSearch({
  isTableFree,
  onOpen,
  onNext,
}: {
  /** Then whatever a scanner types goes here. */
  isTableFree: boolean;
  onOpen: (id: string) => void;
  onNext: () => void;
}) {
  const campaign = useCampaign();
  const { message } = App.useApp();
  const [text, setText] = useState("");
  const [filming, setFilming] = useState(false);
  const search = useRef<InputRef>(null);

  useEffect(() => {
    if (isTableFree) search.current?.focus();
  }, [isTableFree]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea, [role=dialog]");
      if (event.key !== "F2" && !(event.key === "/" && !typing)) return;
      event.preventDefault();
      search.current?.focus({ cursor: "all" });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  function open(id: string): void {
    setText("");
    onOpen(id);
  }
  async function find(typed = text): Promise<void> {
    if (typed.trim() === "") return onNext();
    try {
      const found = await client.confirmation.findAtDesk({ campaign: campaign.key, text: typed });
      const [only, second] = found.items;
      if (only !== undefined && second === undefined) open(only.id);
      else if (only === undefined) message.warning("没有找到。请核对姓名，或扫描教师的现场确认凭条。");
    } catch {
      message.error("现在查不到，请稍后再试。");
    }
  }

  return (
    <>
      <Input.Search
        ref={search}
        aria-label="扫描凭条，或输入姓名、拼音、申请编号"
        placeholder="扫描凭条，或输入姓名、拼音、申请编号后回车（F2）"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onSearch={() => find()}
        enterButton="查找"
        allowClear
        className="w-search"
      />
      <Button onClick={() => setFilming(true)}>用摄像头扫描</Button>
      {filming && (
        <CameraDialog
          onRead={(read) => {
            setFilming(false);
            void find(read);
          }}
          onClose={() => setFilming(false)}
        />
      )}
      {text.trim() !== "" && <Matches text={text.trim()} onOpen={open} />}
    </>
  );
});

function Matches({ text, onOpen }: { text: string; onOpen: (id: string) => void }) {
  const campaign = useCampaign();
  const query = useQuery(api.confirmation.findAtDesk.queryOptions({ input: { campaign: campaign.key, text } }));
  if (query.data === undefined) return null;
  return <People items={query.data.items} onOpen={onOpen} />;
}

export function People({ items, onOpen }: { items: readonly Found[]; onOpen: (id: string) => void }) {
  return (
    <ul className="desk-people">
      {items.map(({ id, name, nameOnCertificate, number, stateTitle, school, flags, held }) => (
        <li key={id}>
          <Button block onClick={() => onOpen(id)}>
            <strong>{name}</strong>
            {nameOnCertificate !== null && <span>证书姓名：{nameOnCertificate}</span>}
            <span>{number}</span>
            <span>{stateTitle}</span>
            <span>{school}</span>
            {flags > 0 && <span>{flags}项须核对</span>}
            {held !== null && !held.mine && (
              <span>
                {held.by}正在核验（{momentText(held.since)}起）
              </span>
            )}
          </Button>
        </li>
      ))}
    </ul>
  );
}
