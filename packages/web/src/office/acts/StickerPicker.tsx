import { useQuery } from "@tanstack/react-query";
import { Input, Select, Space } from "antd";
import { conclusionName, useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";

interface StickerValue {
  series: string;
  serial: string;
}

/** One sticker of the stock in hand: its range, then its number on the paper. */
export function StickerPicker({
  value,
  onChange,
  id,
}: {
  value?: StickerValue;
  onChange?: (value: StickerValue) => void;
  id?: string;
}) {
  const campaign = useCampaign();
  const { data } = useQuery(api.marking.listHoldings.queryOptions({ input: { campaign: campaign.key } }));
  const ranges = (data ?? []).map((holding, index) => ({
    value: index,
    label: `${holding.from} 至 ${holding.to}（${conclusionName(campaign, holding.printedConclusion) ?? "未打印"}）`,
    holding,
  }));
  return (
    <Space orientation="vertical" className="full">
      <Select
        aria-label="在库号段"
        className="full"
        placeholder="在库号段"
        loading={data === undefined}
        notFoundContent="没有在库的注册贴，请先领取。"
        options={ranges.map(({ value, label }) => ({ value, label }))}
        onChange={(index: number) => {
          const chosen = ranges[index]?.holding;
          if (chosen !== undefined) onChange?.({ series: chosen.series, serial: chosen.from });
        }}
      />
      <Input
        {...(id === undefined ? {} : { id })}
        aria-label="注册贴序号"
        placeholder="证书上所贴的序号"
        value={value?.serial ?? ""}
        onChange={({ target }) => {
          if (value !== undefined) onChange?.({ ...value, serial: target.value });
        }}
      />
    </Space>
  );
}
