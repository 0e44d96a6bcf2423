import { gradeOptions, interruptionOptions, optionsOf } from "@shice/contract/form-text.zh.ts";
import { ApplicationForm, type FormField } from "@shice/rules/form/form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select, Space } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { SchoolPicker } from "./SchoolPicker.tsx";

/** What is wrong with a field or worth knowing about it, in the words of the check. */
export interface FieldMark {
  status: "error" | "warning" | "success";
  sentences: readonly string[];
}

/**
 * One field of the application form, drawn after its schema: a list as a choice, a day as a calendar, a text with its
 * longest length; the check's sentence stands under it.
 */
export function FieldEntry({
  field,
  mark,
  disabled,
  schoolName,
}: {
  field: FormField;
  mark?: FieldMark | undefined;
  disabled: boolean;
  /** The name of the school that the form holds by number. */
  schoolName?: string | undefined;
}) {
  const help = mark?.sentences.map((sentence) => <div key={sentence}>{sentence}</div>);
  if (field === "assessments") return <Assessments disabled={disabled} help={help} />;
  if (field === "interruption") return <Interruption disabled={disabled} />;
  if (field === "certificateNumberAttested") {
    return (
      <Form.Item name={field} valuePropName="checked">
        <Checkbox disabled={disabled}>证书原件上的号码确实如此，我对此负责</Checkbox>
      </Form.Item>
    );
  }
  const isDay = isDayField(field);
  return (
    <Form.Item
      name={field}
      label={fieldTitles[field]}
      help={help}
      {...(mark === undefined ? {} : { validateStatus: mark.status })}
      {...(isDay
        ? {
            getValueProps: (value: string | undefined) => ({ value: value === undefined ? null : dayjs(value) }),
            normalize: (day: Dayjs | null) => day?.format("YYYY-MM-DD"),
          }
        : {})}
    >
      {controlOf(field, isDay, disabled, schoolName)}
    </Form.Item>
  );
}

function controlOf(field: FormField, isDay: boolean, disabled: boolean, schoolName: string | undefined): ReactNode {
  if (field === "schoolId") return <SchoolPicker disabled={disabled} knownName={schoolName} />;
  if (field === "lendingSchoolId") return <SchoolPicker disabled={disabled} />;
  if (isDay) return <DatePicker disabled={disabled} style={{ width: "100%" }} placeholder="年-月-日" />;
  const options = optionsOf(field);
  if (options !== undefined) {
    return options.length <= 3 ? (
      <Radio.Group disabled={disabled} options={options} />
    ) : (
      <Select disabled={disabled} allowClear showSearch={{ optionFilterProp: "label" }} options={options} />
    );
  }
  switch (typeOf(field)) {
    case "boolean":
      return (
        <Radio.Group
          disabled={disabled}
          options={[
            { value: true, label: "是" },
            { value: false, label: "否" },
          ]}
        />
      );
    case "number":
      return <InputNumber disabled={disabled} min={0} style={{ width: "100%" }} />;
    default:
      return <Input disabled={disabled} maxLength={longestOf(field)} />;
  }
}

/** Grades of past years, a line each: last year's is what the notice asks for (Notice §三(二)5). */
function Assessments({ disabled, help }: { disabled: boolean; help: ReactNode }) {
  return (
    <Form.Item label={fieldTitles.assessments} help={help}>
      <Form.List name="assessments">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <Space key={key} wrap style={{ display: "flex" }}>
                <Form.Item name={[name, "year"]} noStyle>
                  <InputNumber aria-label="年度" disabled={disabled} min={1950} max={2100} placeholder="年度" />
                </Form.Item>
                <Form.Item name={[name, "grade"]} noStyle>
                  <Select
                    aria-label="考核等次"
                    disabled={disabled}
                    placeholder="等次"
                    style={{ width: 140 }}
                    options={gradeOptions}
                  />
                </Form.Item>
                <Button disabled={disabled} onClick={() => remove(name)}>
                  删除
                </Button>
              </Space>
            ))}
            <Button disabled={disabled} onClick={() => add({})} style={{ marginTop: 8 }}>
              增加一个年度
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}

function Interruption({ disabled }: { disabled: boolean }) {
  return (
    <Form.Item label={fieldTitles.interruption} extra="没有中止教学的不填。">
      <Space wrap>
        <Form.Item name={["interruption", "semesters"]} noStyle>
          <InputNumber aria-label="中止学期数" disabled={disabled} min={0} max={40} placeholder="学期数" />
        </Form.Item>
        <Form.Item name={["interruption", "reason"]} noStyle>
          <Select
            aria-label="中止原因"
            disabled={disabled}
            allowClear
            placeholder="原因"
            style={{ width: 140 }}
            options={interruptionOptions}
          />
        </Form.Item>
      </Space>
    </Form.Item>
  );
}

/** What a schema is of, without `optional` around it. */
function innerOf(field: FormField): { type: string; format?: string | null; maxLength?: number | undefined } {
  const schema = ApplicationForm.shape[field];
  const inner = "unwrap" in schema ? schema.unwrap() : schema;
  const maxLength = inner.meta()?.["maxLength"];
  return {
    type: inner.def.type,
    format: "format" in inner ? (inner.format as string | null) : null,
    maxLength: typeof maxLength === "number" ? maxLength : undefined,
  };
}

function typeOf(field: FormField): string {
  return innerOf(field).type;
}

function isDayField(field: FormField): boolean {
  return innerOf(field).format === "date";
}

function longestOf(field: FormField): number {
  return innerOf(field).maxLength ?? 254;
}
