import { documentKinds } from "@shice/rules/form/lists.ts";
import { Form, Input, Select } from "antd";

/** Who somebody is, as it stands on the document: name, kind and number. */
export function PersonItems() {
  return (
    <>
      <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: "请填写姓名。" }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="documentKind" label="证件类型">
        <Select options={documentKinds.map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
      <Form.Item
        name="idNumber"
        label="证件号码"
        rules={[{ required: true, whitespace: true, message: "请填写证件号码。" }]}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
    </>
  );
}
