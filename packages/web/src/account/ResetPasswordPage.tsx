import { useSearch } from "@tanstack/react-router";
import { client } from "../ui/client.ts";
import { checkPasswords, PasswordFields } from "../ui/PasswordFields.tsx";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { TextEntry } from "../ui/plain/TextEntry.tsx";
import { textOf, useSending } from "../ui/plain/use-sending.ts";
import { ProblemAlert } from "../ui/problem.tsx";
import { PasswordSet } from "./PasswordSet.tsx";

/** A new password by the code of the mail; all other sign-ins end with it. */
export function ResetPasswordPage() {
  const { token } = useSearch({ strict: false });
  const { errors, problem, busy, done, form } = useSending({
    check: (entered) => ({
      ...(textOf(entered, "token").trim() === "" ? { token: "请填写邮件中的验证码。" } : {}),
      ...checkPasswords(entered),
    }),
    send: (entered) =>
      client.accounts.resetPassword({
        token: textOf(entered, "token").trim(),
        password: textOf(entered, "password"),
      }),
  });
  return (
    <PlainPage title="重设密码">
      {done ? (
        <PasswordSet />
      ) : (
        <form {...form}>
          {problem !== null && <ProblemAlert error={problem} />}
          <TextEntry
            name="token"
            label="邮件中的验证码"
            error={errors["token"]}
            longest={400}
            initial={token}
            autoComplete="one-time-code"
          />
          <PasswordFields errors={errors} />
          <Button kind="primary" type="submit" busy={busy}>
            重设密码
          </Button>
        </form>
      )}
    </PlainPage>
  );
}
