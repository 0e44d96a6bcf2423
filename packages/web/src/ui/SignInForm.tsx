import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { client } from "./client.ts";
import { fieldProblemsOf, ProblemAlert } from "./problem.tsx";
import type { Me } from "./session.ts";

interface Entered {
  identifier: string;
  password: string;
}

/** Applicants sign in by their document's number, staff by their e-mail address. */
export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [form] = Form.useForm<Entered>();
  const signIn = useMutation({
    mutationFn: ({ identifier, password }: Entered) =>
      client.accounts.signIn({ identifier: identifier.trim(), password }),
    retry: false,
    onSuccess: onSignedIn,
    onError: (error) =>
      form.setFields(
        fieldProblemsOf(error).flatMap(({ path, sentence }) =>
          path === "identifier" || path === "password" ? [{ name: path, errors: [sentence] }] : [],
        ),
      ),
  });
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(entered) => signIn.mutate(entered)}>
      <Form.Item
        name="identifier"
        label="证件号码或电子邮箱"
        extra="教师用证件号码登录，工作人员用电子邮箱登录。"
        rules={[{ required: true, whitespace: true, message: "请填写证件号码或电子邮箱。" }]}
      >
        <Input autoComplete="username" size="large" />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: "请填写密码。" }]}>
        <Input.Password autoComplete="current-password" size="large" />
      </Form.Item>
      {signIn.error !== null && <ProblemAlert error={signIn.error} />}
      <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending} style={{ marginTop: 12 }}>
        登录
      </Button>
    </Form>
  );
}
