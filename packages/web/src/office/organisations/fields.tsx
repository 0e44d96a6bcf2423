import { pointTitles } from "@shice/rules/directory/columns.ts";
import { institutionKinds, institutionTitles, ownerships, ownershipTitles } from "@shice/rules/plan/institution.ts";
import { Checkbox, DatePicker, Form, Input, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useCampaign } from "../../ui/campaign.ts";

/** The day from which a change holds: at the latest today by the program's clock. */
export function DayItem({ label = "自哪一天起" }: { label?: string }) {
  const { now } = useCampaign();
  return (
    <Form.Item name="on" label={label} rules={[{ required: true, message: "请选择日期。" }]}>
      <DatePicker className="full" disabledDate={(day: Dayjs) => day.isAfter(dayjs(now), "day")} />
    </Form.Item>
  );
}

export function ReasonItem({ name = "reason" }: { name?: string }) {
  return (
    <Form.Item
      name={name}
      label="依据"
      extra="批复、文件的名称和文号，或变动的原因。"
      rules={[{ required: true, whitespace: true, min: 2, message: "请填写依据。" }]}
    >
      <Input maxLength={200} placeholder="如：万州教委〔2017〕31号" />
    </Form.Item>
  );
}

export function NameItem({ name, label }: { name: string | (string | number)[]; label: string }) {
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required: true, whitespace: true, min: 2, message: `请填写${label}。` }]}
    >
      <Input maxLength={60} />
    </Form.Item>
  );
}

export function KindItem({ name }: { name: string | (string | number)[] }) {
  return (
    <Form.Item name={name} label="类别" rules={[{ required: true, message: "请选择类别。" }]}>
      <Select options={institutionKinds.map((kind) => ({ value: kind, label: institutionTitles[kind] }))} />
    </Form.Item>
  );
}

export function DetailItems() {
  return (
    <>
      <Form.Item name="ownership" label="举办者">
        <Radio.Group options={ownerships.map((value) => ({ value, label: ownershipTitles[value] }))} />
      </Form.Item>
      <Form.Item name="industryRun" valuePropName="checked">
        <Checkbox>行业办学</Checkbox>
      </Form.Item>
      <Form.Item name="confirmationPoint" label="确认点">
        <Radio.Group
          options={(["school", "authority"] as const).map((value) => ({ value, label: pointTitles[value] }))}
        />
      </Form.Item>
    </>
  );
}

export function isoDayOf(day: Dayjs): string {
  return day.format("YYYY-MM-DD");
}
