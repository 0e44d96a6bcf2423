import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { client } from "../ui/client.ts";
import { checkPasswords, PasswordFields } from "../ui/PasswordFields.tsx";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { TextEntry } from "../ui/plain/TextEntry.tsx";
import { textOf, useSending } from "../ui/plain/use-sending.ts";
import { fieldProblemsOf, ProblemAlert } from "../ui/problem.tsx";
import { begin } from "../ui/session.ts";

/** Somebody invited becomes a member of staff: with an own password, tied to an own identity document. */
export function InvitationPage() {
  const { token } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [first, setFirst] = useState(false);
  const { errors, problem, busy, form } = useSending({
    check: (entered) => ({
      ...(textOf(entered, "token").trim() === "" ? { token: "请填写邀请码。" } : {}),
      ...(textOf(entered, "idNumber").trim() === "" ? { idNumber: "请填写证件号码。" } : {}),
      ...(first && textOf(entered, "name").trim() === "" ? { name: "请填写姓名。" } : {}),
      ...(first && !textOf(entered, "email").includes("@") ? { email: "请填写有效的电子邮箱。" } : {}),
      ...checkPasswords(entered, [textOf(entered, "idNumber")]),
    }),
    send: async (entered) => {
      try {
        return await client.accounts.acceptInvitation({
          token: textOf(entered, "token").trim(),
          idNumber: textOf(entered, "idNumber"),
          password: textOf(entered, "password"),
          ...(first ? { name: textOf(entered, "name"), email: textOf(entered, "email") } : {}),
        });
      } catch (error) {
        // Whom nobody invited by name is the first administrator, who is asked for both.
        if (fieldProblemsOf(error).some(({ path }) => path === "name" || path === "email")) setFirst(true);
        throw error;
      }
    },
    onDone: async (me) => {
      begin(me);
      await navigate({ to: "/posts" });
    },
  });
  return (
    <PlainPage title="接受邀请">
      <form {...form}>
        {problem !== null && <ProblemAlert error={problem} />}
        <TextEntry
          name="token"
          label="邀请码"
          hint="在邀请邮件中。首位系统管理员的邀请码显示在服务器的启动信息中。"
          error={errors["token"]}
          longest={400}
          initial={token}
        />
        <TextEntry
          name="idNumber"
          label="本人居民身份证号码"
          hint="用来保证任何人都不能办理本人的申请，不作他用。"
          error={errors["idNumber"]}
          longest={40}
        />
        {first && (
          <>
            <Note title="这是首位系统管理员的邀请码，请一并填写姓名和电子邮箱。" />
            <TextEntry name="name" label="姓名" error={errors["name"]} longest={60} autoComplete="name" />
            <TextEntry
              name="email"
              label="电子邮箱"
              error={errors["email"]}
              type="email"
              longest={120}
              autoComplete="email"
            />
          </>
        )}
        <PasswordFields errors={errors} />
        <Button kind="primary" type="submit" busy={busy}>
          设置密码并登录
        </Button>
      </form>
    </PlainPage>
  );
}
