import type { SheetOutcome } from "@shice/contract/common.ts";
import { Segmented } from "antd";

interface Counts {
  wrong: number;
  changed: number;
  fresh: number;
  unchanged: number;
}

/** What is to be looked at first of a sheet that was checked: what is wrong, else what would change. */
export function firstOutcome({ wrong, changed, fresh }: Counts): SheetOutcome {
  return wrong > 0 ? "wrong" : changed > 0 ? "changed" : fresh > 0 ? "new" : "unchanged";
}

/** Which rows of a sheet are shown, each kind with its number. */
export function OutcomeChoice({
  counts,
  value,
  onChange,
}: {
  counts: Counts;
  value: SheetOutcome;
  onChange: (outcome: SheetOutcome) => void;
}) {
  return (
    <Segmented<SheetOutcome>
      value={value}
      onChange={onChange}
      options={[
        { value: "wrong", label: `有误 ${counts.wrong}` },
        { value: "changed", label: `更新 ${counts.changed}` },
        { value: "new", label: `新增 ${counts.fresh}` },
        { value: "unchanged", label: `无变化 ${counts.unchanged}` },
      ]}
      className="below-s"
    />
  );
}
