import type { ManifestItem, ManifestView } from "@shice/contract/preliminary.ts";
import { Checkbox, Form, Input, Radio } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";

interface BagDialogProps {
  manifest: string;
  item: ManifestItem;
  onDone: (view: ManifestView) => void;
  onClose: () => void;
}

/** What is wrong with a bag: coded where the plan has reasons for it, in words, or that it is not there. */
export function DifferenceDialog({ manifest, item, onDone, onClose }: BagDialogProps) {
  const campaign = useCampaign();
  const reasons = campaign.reasons.filter(({ use }) => use.includes("difference"));
  const settled = item.outcome !== null;
  return (
    <FormDialog<
      { outcome: "received" | "differs" | "missing" | "undone"; reasons?: string[]; difference?: string },
      ManifestView
    >
      title={`第${item.position}号 ${item.name}`}
      button="登记"
      tells="登记后学校经办人会收到消息，在清单上看到缺少什么、哪里不符。"
      initial={{
        outcome: item.outcome === null || item.outcome === "received" ? "differs" : item.outcome,
        reasons: item.reasons,
      }}
      send={({ outcome, reasons: codes = [], difference }, once) => {
        const words = (difference ?? "").trim();
        const short = outcome === "differs" || outcome === "missing";
        return client.preliminary.settleItems(
          {
            campaign: campaign.key,
            manifest,
            rows: [
              {
                application: item.application,
                outcome: outcome === "undone" ? null : outcome,
                reasons: short ? codes : [],
                ...(short && words !== "" ? { difference: words } : {}),
                again: settled,
              },
            ],
          },
          once,
        );
      }}
      onDone={(view) => {
        onDone(view);
        onClose();
      }}
      onCancel={onClose}
    >
      <Form.Item name="outcome" label="核对结果">
        <Radio.Group
          options={[
            { value: "differs", label: "有出入" },
            { value: "missing", label: "材料袋未收到" },
            ...(settled
              ? [
                  { value: "received", label: "收到，没有出入" },
                  { value: "undone", label: "撤销登记，重新核对" },
                ]
              : []),
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["outcome"]}>
        {({ getFieldValue }) =>
          ["differs", "missing"].includes(getFieldValue("outcome")) && (
            <>
              {reasons.length > 0 && (
                <Form.Item name="reasons" label="出入（可多选）">
                  <Checkbox.Group
                    className="stack"
                    options={reasons.map(({ code, text }) => ({ value: code, label: text }))}
                  />
                </Form.Item>
              )}
              <Form.Item
                name="difference"
                label="写明缺少什么、哪里不符"
                {...(item.difference === null ? {} : { extra: `原来登记：${item.difference}` })}
              >
                <Input.TextArea rows={2} maxLength={300} showCount />
              </Form.Item>
            </>
          )
        }
      </Form.Item>
    </FormDialog>
  );
}

/** What was short has come: with what, taken in now by whoever enters it. */
export function SupplementDialog({ manifest, item, onDone, onClose }: BagDialogProps) {
  const { key: campaign } = useCampaign();
  return (
    <FormDialog<{ remark?: string }, ManifestView>
      title={`登记补交：第${item.position}号 ${item.name}`}
      button="登记补交"
      tells={`原来登记：${item.difference ?? ""}。补齐后登记，时间和收件人随之记下，学校在清单上可以看到。`}
      send={({ remark }, once) =>
        client.preliminary.supplementItem(
          {
            campaign,
            manifest,
            application: item.application,
            ...(remark === undefined || remark.trim() === "" ? {} : { remark: remark.trim() }),
          },
          once,
        )
      }
      onDone={(view) => {
        onDone(view);
        onClose();
      }}
      onCancel={onClose}
    >
      <Form.Item name="remark" label="补交了什么（可不填）">
        <Input maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}
