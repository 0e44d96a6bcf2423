import { fitsConclusion } from "@shice/rules/conclusions/opinion.ts";
import { useQuery } from "@tanstack/react-query";
import { Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from "antd";
import type { Dayjs } from "dayjs";
import { type ReactNode, useEffect } from "react";
import { conclusionName, useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import type { ActField } from "./act-spec.ts";
import { StickerPicker } from "./StickerPicker.tsx";

/** The entries of an act, each by its kind; the form around them holds and sends them. */
export function ActFields({ fields, proposed }: { fields: readonly ActField[]; proposed?: string | null }) {
  return fields.map((field) => <ActEntry key={field.name} field={field} proposed={proposed ?? null} />);
}

/** The reasons as one group for a screen reader; what the form item adds for single fields has no place on a group. */
function ReasonChoice({
  id,
  value,
  onChange,
  options,
}: {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
  options: { value: string; label: ReactNode }[];
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a border and a legend beside the form's own label
    <div id={id} role="group" aria-label="事由（可多选）">
      <Checkbox.Group
        className="stack"
        value={value ?? []}
        onChange={(chosen) => onChange?.(chosen)}
        options={options}
      />
    </div>
  );
}

/** A reason for a return says what the teacher will be able to change. */
function reasonLabel(text: string, use: string, opens: readonly { title: string }[]) {
  if ((use !== "return" && use !== "send-back") || opens.length === 0) return text;
  return (
    <>
      {text}
      <span className="opens">可修改：{opens.map(({ title }) => title).join("、")}</span>
    </>
  );
}

/** The plan's reasons for an opinion: those that can stand under the conclusion that is chosen. */
function OpinionReasons({
  value = [],
  onChange,
  id,
}: {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}) {
  const campaign = useCampaign();
  const conclusion: unknown = Form.useWatch("conclusion");
  const fitting = campaign.reasons.filter(
    (reason) => reason.use.includes("decide") && typeof conclusion === "string" && fitsConclusion(reason, conclusion),
  );
  const unfit = value.filter((code) => !fitting.some((reason) => reason.code === code));
  useEffect(() => {
    if (typeof conclusion === "string" && unfit.length > 0) onChange?.(value.filter((code) => !unfit.includes(code)));
  }, [conclusion, unfit, value, onChange]);
  if (typeof conclusion !== "string") return <span>请先选择拟注册结论。</span>;
  return (
    <ReasonChoice
      {...(id === undefined ? {} : { id })}
      value={value}
      {...(onChange === undefined ? {} : { onChange })}
      options={fitting.map(({ code, text }) => ({ value: code, label: text }))}
    />
  );
}

function ActEntry({ field, proposed }: { field: ActField; proposed: string | null }) {
  const campaign = useCampaign();
  switch (field.kind) {
    case "reasons":
      return (
        <Form.Item
          name={field.name}
          label="事由（可多选）"
          rules={[{ required: true, message: "请至少选择一项事由。" }]}
        >
          {field.use === "decide" ? (
            <OpinionReasons />
          ) : (
            <ReasonChoice
              options={campaign.reasons
                .filter(({ use }) => use.includes(field.use))
                .map(({ code, text, opens }) => ({ value: code, label: reasonLabel(text, field.use, opens) }))}
            />
          )}
        </Form.Item>
      );
    case "words":
      return (
        <Form.Item
          name={field.name}
          label={field.label}
          extra={field.help}
          rules={
            field.required ? [{ required: true, whitespace: true, min: 2, message: `请填写${field.label}。` }] : []
          }
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      );
    case "line":
      return (
        <Form.Item
          name={field.name}
          label={field.label}
          extra={field.help}
          rules={[{ required: true, whitespace: true, message: `请填写${field.label}。` }]}
        >
          <Input maxLength={60} placeholder={field.example === undefined ? undefined : `如：${field.example}`} />
        </Form.Item>
      );
    case "count":
      return (
        <Form.Item
          name={field.name}
          label={field.label}
          extra={field.help}
          initialValue={field.first}
          rules={[{ required: true, message: `请填写${field.label}。` }]}
        >
          <InputNumber min={1} precision={0} />
        </Form.Item>
      );
    case "choice":
      return (
        <Form.Item
          name={field.name}
          label={field.label}
          initialValue={field.options[0]?.value}
          rules={[{ required: true, message: `请选择${field.label}。` }]}
        >
          <Radio.Group options={[...field.options]} />
        </Form.Item>
      );
    case "reply-by":
      return (
        <Form.Item
          name={field.name}
          label="答复截止（可不填）"
          extra="不填的，以本环节结束时间为准；只能提前，不能推后。"
          getValueProps={() => ({})}
          normalize={(day: Dayjs | null) => day?.toISOString()}
        >
          <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" className="full" />
        </Form.Item>
      );
    case "conclusion":
      return (
        <Form.Item
          name={field.name}
          label="拟注册结论"
          extra={proposed === null ? undefined : `建议：${conclusionName(campaign, proposed)}`}
          rules={[{ required: true, message: "请选择拟注册结论。" }]}
        >
          <Radio.Group options={campaign.conclusions.map(({ key, name }) => ({ value: key, label: name }))} />
        </Form.Item>
      );
    case "school":
      return (
        <Form.Item name={field.name} label={field.label} rules={[{ required: true, message: "请选择学校。" }]}>
          <SchoolPicker />
        </Form.Item>
      );
    case "sticker":
      return (
        <Form.Item name={field.name} label="注册贴序号" rules={[{ required: true, message: "请选择注册贴序号。" }]}>
          <StickerPicker />
        </Form.Item>
      );
    case "colleague":
      return <Colleague field={field} />;
    case "declared":
      return (
        <Form.Item
          name={field.name}
          valuePropName="checked"
          rules={[
            {
              validator: (_, value) =>
                value === true ? Promise.resolve() : Promise.reject(new Error("请核对后勾选。")),
            },
          ]}
        >
          <Checkbox>{field.label}</Checkbox>
        </Form.Item>
      );
  }
}

/** The other of two people who answer for an act together. */
function Colleague({ field }: { field: Extract<ActField, { kind: "colleague" }> }) {
  const { data } = useQuery(api.accounts.listColleagues.queryOptions({ input: { role: field.role } }));
  return (
    <Form.Item name={field.name} label={field.label} rules={[{ required: true, message: `请选择${field.label}。` }]}>
      <Select
        loading={data === undefined}
        options={(data ?? []).map(({ account, name }) => ({ value: account, label: name }))}
        notFoundContent="本单位还没有这一岗位的人员，请联系系统管理员。"
      />
    </Form.Item>
  );
}
