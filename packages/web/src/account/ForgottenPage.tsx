import { Link } from "@tanstack/react-router";
import { makeProof } from "../ui/challenge.ts";
import { client } from "../ui/client.ts";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { TextEntry } from "../ui/plain/TextEntry.tsx";
import { textOf, useSending } from "../ui/plain/use-sending.ts";
import { ProblemAlert } from "../ui/problem.tsx";

/** Asks for the mail that sets a new password; answered alike whether the account exists or not. */
export function ForgottenPage() {
  const { errors, problem, busy, done, form } = useSending({
    check: (entered) =>
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(textOf(entered, "email").trim()) ? {} : { email: "请填写有效的电子邮箱。" },
    send: async (entered) =>
      client.accounts.askPasswordReset({ email: textOf(entered, "email"), proof: await makeProof() }),
  });
  return (
    <PlainPage title="忘记密码">
      {done ? (
        <Note kind="good" role="status" title="如果这个邮箱登记过账号，您会收到一封邮件，请在1小时内按邮件重设密码。">
          没有收到的，请查看垃圾邮件。
        </Note>
      ) : (
        <form {...form}>
          {problem !== null && <ProblemAlert error={problem} />}
          <TextEntry
            name="email"
            label="登记的电子邮箱"
            error={errors["email"]}
            type="email"
            longest={120}
            autoComplete="email"
          />
          <Button kind="primary" type="submit" busy={busy}>
            发送邮件
          </Button>
        </form>
      )}
      <h2>邮箱用不了了？</h2>
      <p>
        请带身份证件找本校经办人，经办人当面给您一个验证码，您凭它
        <Link to="/assisted-reset">重设密码、更换邮箱</Link>。
      </p>
      <p>
        <Link to="/sign-in">回到登录</Link>
      </p>
    </PlainPage>
  );
}
