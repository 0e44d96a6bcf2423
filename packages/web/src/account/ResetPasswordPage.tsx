import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Alert, Button, Form, Input } from "antd";
import { client } from "../ui/client.ts";
import { PasswordFields } from "../ui/PasswordFields.tsx";
import { PlainPage } from "../ui/PlainPage.tsx";
import { ProblemAlert } from "../ui/problem.tsx";

/** A new password by the code of the mail; all other sign-ins end with it. */
export function ResetPasswordPage() {
  const { token } = useSearch({ strict: false });
  const reset = useMutation({
    mutationFn: ({ token, password }: { token: string; password: string }) =>
      client.accounts.resetPassword({ token: token.trim(), password }),
    retry: false,
  });
  return (
    <PlainPage title="重设密码">
      {reset.isSuccess ? (
        <>
          <Alert type="success" showIcon title="密码已重设，其他设备上的登录已经结束。" />
          <p>
            <Link to="/sign-in">登录</Link>
          </p>
        </>
      ) : (
        <Form
          layout="vertical"
          requiredMark={false}
          initialValues={{ token }}
          onFinish={(entered) => reset.mutate(entered)}
        >
          <Form.Item
            name="token"
            label="邮件中的验证码"
            rules={[{ required: true, whitespace: true, message: "请填写验证码。" }]}
          >
            <Input autoComplete="one-time-code" />
          </Form.Item>
          <PasswordFields />
          {reset.error !== null && <ProblemAlert error={reset.error} />}
          <Button type="primary" htmlType="submit" loading={reset.isPending}>
            重设密码
          </Button>
        </Form>
      )}
    </PlainPage>
  );
}
