import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Alert, Button, Input } from "antd";
import { useState } from "react";
import { client } from "../ui/client.ts";
import { PlainPage } from "../ui/PlainPage.tsx";
import { ProblemAlert } from "../ui/problem.tsx";

/** The proof that an address works: pressed by a person, since mail scanners open links by themselves. */
export function VerifyEmailPage() {
  const search = useSearch({ strict: false });
  const [token, setToken] = useState(search.token ?? "");
  const verify = useMutation({ mutationFn: () => client.accounts.verifyEmail({ token: token.trim() }), retry: false });
  return (
    <PlainPage title="验证电子邮箱">
      {verify.isSuccess ? (
        <>
          <Alert type="success" showIcon title="电子邮箱已验证。遗忘密码时可以通过它找回。" />
          <p>
            <Link to="/my">到我的申请</Link>
          </p>
        </>
      ) : (
        <>
          <Input.TextArea
            aria-label="验证码"
            placeholder="邮件中的验证码"
            rows={3}
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
          {verify.error !== null && <ProblemAlert error={verify.error} />}
          <Button
            type="primary"
            style={{ marginTop: 12 }}
            loading={verify.isPending}
            disabled={token.trim() === ""}
            onClick={() => verify.mutate()}
          >
            验证
          </Button>
        </>
      )}
    </PlainPage>
  );
}
