import { type ReactNode, useState } from "react";
import type { CaseView } from "../../ui/case-view.ts";
import { Tick } from "./Tick.tsx";
import { isWhole, type MaterialTick } from "./ticks.ts";

/** One material: original seen, copies stamped, how many, who signed, what is to be noted. */
export function MaterialRow({
  item,
  label,
  tick,
  editable,
  onToggle,
  onChange,
}: {
  item: CaseView["checklist"][number];
  /** Its number in the plan's list, or the key that ticks it. */
  label: ReactNode;
  tick: MaterialTick;
  editable: boolean;
  onToggle: () => void;
  onChange: (part: Partial<MaterialTick>) => void;
}) {
  const [remarking, setRemarking] = useState(tick.remark !== "");
  return (
    <fieldset className="desk-material" disabled={!editable}>
      <legend>
        {label}
        <Tick checked={isWhole(item, tick)} disabled={!editable} onChange={onToggle}>
          {item.name}
        </Tick>
      </legend>
      <div className="desk-parts">
        {item.originalSeen && (
          <Tick checked={tick.originalSeen} onChange={(originalSeen) => onChange({ originalSeen })}>
            已核对原件
          </Tick>
        )}
        {item.copyStamped && (
          <Tick checked={tick.copyStamped} onChange={(copyStamped) => onChange({ copyStamped })}>
            复印件已盖章
          </Tick>
        )}
        <span>
          份数{" "}
          <input
            type="number"
            aria-label={`${item.name}的份数`}
            min={0}
            max={99}
            value={tick.copies}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => onChange({ copies: Math.min(99, Math.max(0, Math.trunc(Number(target.value)))) })}
          />
          ／{item.copies}
        </span>
        {item.suppliedBy === "school" && (
          <input
            aria-label={`${item.name}的签字人`}
            placeholder="签字人"
            maxLength={50}
            className="signer"
            onKeyDown={({ key, currentTarget }) => key === "Enter" && currentTarget.blur()}
            value={tick.signer}
            onChange={({ target }) => onChange({ signer: target.value })}
          />
        )}
        {remarking ? (
          <input
            aria-label={`${item.name}的备注`}
            placeholder="备注"
            className="remark"
            maxLength={300}
            value={tick.remark}
            onChange={({ target }) => onChange({ remark: target.value })}
          />
        ) : (
          <button type="button" className="link" onClick={() => setRemarking(true)}>
            备注
          </button>
        )}
      </div>
    </fieldset>
  );
}
