import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { client } from "../ui/client.ts";
import { PasswordFields } from "../ui/PasswordFields.tsx";
import { PlainPage } from "../ui/PlainPage.tsx";
import { fieldProblemsOf, ProblemAlert } from "../ui/problem.tsx";
import { begin } from "../ui/session.ts";

interface Entered {
  token: string;
  idNumber: string;
  password: string;
  name?: string;
  email?: string;
}

/** Somebody invited becomes a member of staff: with an own password, tied to an own identity document. */
export function InvitationPage() {
  const { token } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [form] = Form.useForm<Entered>();
  const [first, setFirst] = useState(false);
  const accept = useMutation({
    mutationFn: ({ token, idNumber, password, name, email }: Entered) =>
      client.accounts.acceptInvitation({
        token: token.trim(),
        idNumber,
        password,
        ...(first && name !== undefined && email !== undefined ? { name, email } : {}),
      }),
    retry: false,
    onSuccess: async (me) => {
      begin(me);
      await navigate({ to: "/posts" });
    },
    onError: (error) => {
      const problems = fieldProblemsOf(error);
      // Whom nobody invited by name is the first administrator, who is asked for both.
      if (problems.some(({ path }) => path === "name" || path === "email")) setFirst(true);
      form.setFields(problems.map(({ path, sentence }) => ({ name: path as keyof Entered, errors: [sentence] })));
    },
  });
  return (
    <PlainPage title="接受邀请">
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ token }}
        onFinish={(entered) => accept.mutate(entered)}
      >
        <Form.Item
          name="token"
          label="邀请码"
          extra="在邀请邮件中。首位系统管理员的邀请码显示在服务器的启动信息中。"
          rules={[{ required: true, whitespace: true, message: "请填写邀请码。" }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="idNumber"
          label="本人居民身份证号码"
          extra="用来保证任何人都不能办理本人的申请，不作他用。"
          rules={[{ required: true, whitespace: true, message: "请填写证件号码。" }]}
        >
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
        {first && (
          <>
            <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: "请填写姓名。" }]}>
              <Input autoComplete="name" maxLength={60} />
            </Form.Item>
            <Form.Item
              name="email"
              label="电子邮箱"
              rules={[{ required: true, type: "email", message: "请填写有效的电子邮箱。" }]}
            >
              <Input autoComplete="email" maxLength={120} />
            </Form.Item>
          </>
        )}
        <PasswordFields />
        {accept.error !== null && <ProblemAlert error={accept.error} />}
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          block
          loading={accept.isPending}
          style={{ marginTop: 12 }}
        >
          设置密码并登录
        </Button>
      </Form>
      {first && (
        <Alert
          style={{ marginTop: 12 }}
          type="info"
          showIcon
          title="这是首位系统管理员的邀请码，请一并填写姓名和电子邮箱。"
        />
      )}
    </PlainPage>
  );
}
