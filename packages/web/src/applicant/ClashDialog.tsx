import { formValueText } from "@shice/contract/form-text.zh.ts";
import type { FormField } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { useState } from "react";
import { Button } from "../ui/plain/Button.tsx";
import { Dialog } from "../ui/plain/Dialog.tsx";
import { useFilling } from "./filling.ts";

/** The same field was changed here and in another window or on another device: both are shown, one is chosen. */
export function ClashDialog() {
  const { draft } = useFilling();
  const [choices, setChoices] = useState<ReadonlyMap<FormField, "mine" | "theirs">>(new Map());
  return (
    <Dialog title="这份申请在别的窗口或设备上改过">
      <p>下面的内容两处填得不一样，请逐项选择保留哪一个。其他内容已经合并。</p>
      {draft.clashes.map(({ field, mine, theirs }) => (
        <fieldset key={field} className="entry clash">
          <legend>{fieldTitles[field]}</legend>
          {(
            [
              ["mine", "这里填的", mine],
              ["theirs", "别处保存的", theirs],
            ] as const
          ).map(([side, title, value]) => (
            <label key={side} className="choice">
              <input
                type="radio"
                name={`clash-${field}`}
                checked={(choices.get(field) ?? "mine") === side}
                onChange={() => setChoices(new Map([...choices, [field, side]]))}
              />
              <span>
                {title}：{formValueText(field, value) || "（空）"}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <div className="row">
        <Button kind="primary" onClick={() => draft.resolve(choices)}>
          按选择保存
        </Button>
      </div>
    </Dialog>
  );
}
