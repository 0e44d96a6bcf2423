import { Form, Input } from "antd";

/** A new password, twice; its rule is told before it is broken. */
export function PasswordFields() {
  return (
    <>
      <Form.Item
        name="password"
        label="密码"
        extra="不少于10位。可以用几个词连成一句，不要用生日、电话。"
        rules={[{ required: true, min: 10, message: "密码不少于10位。" }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="repeated"
        label="再次填写密码"
        dependencies={["password"]}
        rules={[
          { required: true, message: "请再次填写密码。" },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === undefined || value === getFieldValue("password")
                ? Promise.resolve()
                : Promise.reject(new Error("两次填写的密码不一致。")),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
    </>
  );
}
