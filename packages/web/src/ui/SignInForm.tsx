import { client } from "./client.ts";
import { Button } from "./plain/Button.tsx";
import { TextEntry } from "./plain/TextEntry.tsx";
import { textOf, useSending } from "./plain/use-sending.ts";
import { ProblemAlert } from "./problem.tsx";
import type { Me } from "./session.ts";

/** Applicants sign in by their document's number, staff by their e-mail address. */
export function SignInForm({ onSignedIn }: { onSignedIn: (me: Me) => unknown }) {
  const { errors, problem, busy, form } = useSending({
    check: (entered) => ({
      ...(textOf(entered, "identifier").trim() === "" ? { identifier: "请填写证件号码或电子邮箱。" } : {}),
      ...(textOf(entered, "password") === "" ? { password: "请填写密码。" } : {}),
    }),
    send: (entered) =>
      client.accounts.signIn({
        identifier: textOf(entered, "identifier").trim(),
        password: textOf(entered, "password"),
      }),
    onDone: onSignedIn,
  });
  return (
    <form {...form}>
      {problem !== null && <ProblemAlert error={problem} />}
      <TextEntry
        name="identifier"
        label="证件号码或电子邮箱"
        hint="教师用证件号码登录，工作人员用电子邮箱登录。"
        error={errors["identifier"]}
        longest={120}
        autoComplete="username"
      />
      <TextEntry
        name="password"
        label="密码"
        error={errors["password"]}
        type="password"
        longest={128}
        autoComplete="current-password"
      />
      <Button kind="primary" type="submit" busy={busy}>
        登录
      </Button>
    </form>
  );
}
