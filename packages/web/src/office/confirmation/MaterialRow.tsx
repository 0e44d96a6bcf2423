import { Button, Checkbox, Input, InputNumber, Space } from "antd";
import { useState } from "react";
import type { CaseView } from "../cases/CasePage.tsx";
import { isWhole, type MaterialTick } from "./ticks.ts";

/** One material: original seen, copies stamped, how many, who signed, what is to be noted. */
export function MaterialRow({
  item,
  tick,
  editable,
  onToggle,
  onChange,
}: {
  item: CaseView["checklist"][number];
  tick: MaterialTick;
  editable: boolean;
  onToggle: () => void;
  onChange: (part: Partial<MaterialTick>) => void;
}) {
  const [remarking, setRemarking] = useState(tick.remark !== "");
  const whole = isWhole(item, tick);
  return (
    <fieldset className="desk-material" disabled={!editable}>
      <legend>
        <kbd>{item.item}</kbd>{" "}
        <Checkbox checked={whole} disabled={!editable} onChange={onToggle}>
          {item.name}
        </Checkbox>
      </legend>
      <Space wrap size={[8, 4]}>
        {item.originalSeen && (
          <Checkbox
            checked={tick.originalSeen}
            disabled={!editable}
            onChange={({ target }) => onChange({ originalSeen: target.checked })}
          >
            已核对原件
          </Checkbox>
        )}
        {item.copyStamped && (
          <Checkbox
            checked={tick.copyStamped}
            disabled={!editable}
            onChange={({ target }) => onChange({ copyStamped: target.checked })}
          >
            复印件已盖章
          </Checkbox>
        )}
        <span>
          份数{" "}
          <InputNumber
            aria-label={`${item.name}的份数`}
            size="small"
            min={0}
            max={99}
            style={{ width: 56 }}
            disabled={!editable}
            value={tick.copies}
            onChange={(copies) => onChange({ copies: copies ?? 0 })}
          />
          ／{item.copies}
        </span>
        {item.suppliedBy === "school" && (
          <Input
            aria-label={`${item.name}的签字人`}
            placeholder="签字人"
            size="small"
            style={{ width: 96 }}
            maxLength={50}
            className="signer"
            onPressEnter={({ currentTarget }) => currentTarget.blur()}
            disabled={!editable}
            value={tick.signer}
            onChange={({ target }) => onChange({ signer: target.value })}
          />
        )}
        {remarking ? (
          <Input
            aria-label={`${item.name}的备注`}
            placeholder="备注"
            size="small"
            style={{ width: 180 }}
            maxLength={300}
            disabled={!editable}
            value={tick.remark}
            onChange={({ target }) => onChange({ remark: target.value })}
          />
        ) : (
          <Button size="small" type="link" disabled={!editable} onClick={() => setRemarking(true)}>
            备注
          </Button>
        )}
      </Space>
    </fieldset>
  );
}
