import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Form, Input } from "antd";
import { client } from "../ui/client.ts";
import { PlainPage } from "../ui/PlainPage.tsx";
import { ProblemAlert } from "../ui/problem.tsx";

/** Asks for the mail that sets a new password; answered alike whether the account exists or not. */
export function ForgottenPage() {
  const ask = useMutation({
    mutationFn: ({ email }: { email: string }) => client.accounts.askPasswordReset({ email }),
    retry: false,
  });
  return (
    <PlainPage title="忘记密码">
      {ask.isSuccess ? (
        <Alert
          type="success"
          showIcon
          title="如果这个邮箱登记过账号，您会收到一封邮件，请按邮件重设密码。没有收到的，请查看垃圾邮件，或联系学校经办人。"
        />
      ) : (
        <Form layout="vertical" requiredMark={false} onFinish={(entered: { email: string }) => ask.mutate(entered)}>
          <Form.Item
            name="email"
            label="登记的电子邮箱"
            rules={[{ required: true, type: "email", message: "请填写有效的电子邮箱。" }]}
          >
            <Input autoComplete="email" maxLength={120} />
          </Form.Item>
          {ask.error !== null && <ProblemAlert error={ask.error} />}
          <Button type="primary" htmlType="submit" loading={ask.isPending}>
            发送邮件
          </Button>
        </Form>
      )}
      <p>
        <Link to="/sign-in">回到登录</Link>
      </p>
    </PlainPage>
  );
}
