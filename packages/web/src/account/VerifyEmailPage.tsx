import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { client, queryClient } from "../ui/client.ts";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { TextEntry } from "../ui/plain/TextEntry.tsx";
import { textOf, useSending } from "../ui/plain/use-sending.ts";
import { ProblemAlert } from "../ui/problem.tsx";
import { useKnownMe } from "../ui/session.ts";

/** The proof that an address works: pressed by a person, since mail scanners open links by themselves. */
export function VerifyEmailPage() {
  const { token } = useSearch({ strict: false });
  const me = useKnownMe();
  const { errors, problem, busy, done, form } = useSending({
    check: (entered) => (textOf(entered, "token").trim() === "" ? { token: "请填写邮件中的验证码。" } : {}),
    send: (entered) => client.accounts.verifyEmail({ token: textOf(entered, "token").trim() }),
    onDone: () => queryClient.invalidateQueries(),
  });
  const again = useMutation({ mutationFn: () => client.accounts.resendVerification(), retry: false });
  return (
    <PlainPage title="验证电子邮箱">
      {done ? (
        <>
          <Note kind="good" role="status" title="电子邮箱已验证。遗忘密码时可以通过它找回。" />
          <p>
            <Link to="/my">到我的申请</Link>
          </p>
        </>
      ) : (
        <form {...form}>
          {problem !== null && <ProblemAlert error={problem} />}
          <TextEntry
            name="token"
            label="邮件中的验证码"
            hint={token === undefined ? "整段复制到这里。" : "已从邮件的链接中填好，请按“验证”。"}
            error={errors["token"]}
            longest={400}
            initial={token}
            autoComplete="one-time-code"
          />
          <Button kind="primary" type="submit" busy={busy}>
            验证
          </Button>
        </form>
      )}
      {!done && me !== undefined && (
        <>
          <h2>没有收到邮件？</h2>
          <p>请先查看垃圾邮件。邮箱填错了的，请到“我的账号”更换。</p>
          {again.error !== null && <ProblemAlert error={again.error} />}
          {again.isSuccess && <Note kind="good" role="status" title="验证邮件已重新发出，几分钟内应能收到。" />}
          <p className="row">
            <Button busy={again.isPending} onClick={() => again.mutate()}>
              重发验证邮件
            </Button>
            <Link to="/account">到我的账号</Link>
          </p>
        </>
      )}
    </PlainPage>
  );
}
