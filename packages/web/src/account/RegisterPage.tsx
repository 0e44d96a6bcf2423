import { documentKinds } from "@shice/rules/form/lists.ts";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Checkbox, Form, Input, Select } from "antd";
import { client } from "../ui/client.ts";
import { PasswordFields } from "../ui/PasswordFields.tsx";
import { PlainPage } from "../ui/PlainPage.tsx";
import { fieldProblemsOf, ProblemAlert } from "../ui/problem.tsx";
import { begin } from "../ui/session.ts";
import { privacyNoticeVersion } from "../ui/texts.ts";

interface Entered {
  documentKind: string;
  idNumber: string;
  name: string;
  mobile: string;
  email: string;
  password: string;
}

/** A teacher's account: document, name, mobile, e-mail; an address that works, for the password (Notice §三(一)). */
export function RegisterPage() {
  const navigate = useNavigate();
  const [form] = Form.useForm<Entered>();
  const register = useMutation({
    mutationFn: ({ documentKind, idNumber, name, mobile, email, password }: Entered) =>
      client.accounts.register({
        ...{ documentKind, idNumber, name, mobile, email, password },
        privacyNotice: privacyNoticeVersion,
      }),
    retry: false,
    onSuccess: async (me) => {
      begin(me);
      await navigate({ to: "/my" });
    },
    onError: (error) =>
      form.setFields(
        fieldProblemsOf(error).map(({ path, sentence }) => ({ name: path as keyof Entered, errors: [sentence] })),
      ),
  });
  return (
    <PlainPage title="教师注册账号" width={560}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={{ documentKind: "id-card" }}
        onFinish={(entered) => register.mutate(entered)}
      >
        <Form.Item name="documentKind" label="证件类型">
          <Select options={documentKinds.map(({ code, name }) => ({ value: code, label: name }))} />
        </Form.Item>
        <Form.Item
          name="idNumber"
          label="证件号码"
          rules={[{ required: true, whitespace: true, message: "请填写证件号码。" }]}
        >
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item
          name="name"
          label="姓名"
          extra="与证件一致。少数民族姓名中的间隔号用“·”。"
          rules={[{ required: true, whitespace: true, message: "请填写姓名。" }]}
        >
          <Input autoComplete="name" maxLength={60} />
        </Form.Item>
        <Form.Item
          name="mobile"
          label="手机号码"
          rules={[{ required: true, whitespace: true, message: "请填写手机号码。" }]}
        >
          <Input autoComplete="tel" inputMode="tel" maxLength={20} />
        </Form.Item>
        <Form.Item
          name="email"
          label="电子邮箱"
          extra="遗忘密码时通过这个邮箱找回，请务必真实有效。"
          rules={[{ required: true, type: "email", message: "请填写有效的电子邮箱。" }]}
        >
          <Input autoComplete="email" maxLength={120} />
        </Form.Item>
        <PasswordFields />
        <Form.Item
          name="read"
          valuePropName="checked"
          rules={[
            {
              validator: (_, value) =>
                value === true ? Promise.resolve() : Promise.reject(new Error("请阅读个人信息处理告知后勾选。")),
            },
          ]}
        >
          <Checkbox>
            已阅读个人信息处理告知：所填信息只用于教师资格定期注册，由学校、区县和市级注册机构依职责查看，查看均有记录。
          </Checkbox>
        </Form.Item>
        {register.error !== null && <ProblemAlert error={register.error} />}
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          block
          loading={register.isPending}
          style={{ marginTop: 12 }}
        >
          注册账号
        </Button>
      </Form>
      <p>
        已有账号？<Link to="/sign-in">登录</Link>
      </p>
    </PlainPage>
  );
}
