import { client } from "../ui/client.ts";
import { checkPasswords, PasswordFields } from "../ui/PasswordFields.tsx";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { TextEntry } from "../ui/plain/TextEntry.tsx";
import { textOf, useSending } from "../ui/plain/use-sending.ts";
import { ProblemAlert } from "../ui/problem.tsx";
import { PasswordSet } from "./PasswordSet.tsx";

/** A new password by the code that the school's clerk gave out face to face; confirmed here by the teacher. */
export function AssistedResetPage() {
  const { errors, problem, busy, done, form } = useSending({
    check: (entered) => ({
      ...(textOf(entered, "idNumber").trim() === "" ? { idNumber: "请填写证件号码。" } : {}),
      ...(textOf(entered, "code").trim() === "" ? { code: "请填写学校给的验证码。" } : {}),
      ...checkPasswords(entered, [textOf(entered, "idNumber")]),
      ...(entered.get("own") === "on" ? {} : { own: "请确认由您本人办理。" }),
    }),
    send: (entered) => {
      const email = textOf(entered, "email").trim();
      return client.accounts.finishAssistedReset({
        idNumber: textOf(entered, "idNumber"),
        code: textOf(entered, "code").trim(),
        password: textOf(entered, "password"),
        ...(email === "" ? {} : { email }),
      });
    },
  });
  return (
    <PlainPage title="凭学校给的验证码重设密码">
      {done ? (
        <PasswordSet />
      ) : (
        <form {...form}>
          <p>验证码由本校经办人当面核对您的身份证件后给出，30分钟内有效。请您本人填写，不要把新密码告诉任何人。</p>
          {problem !== null && <ProblemAlert error={problem} />}
          <TextEntry name="idNumber" label="证件号码" error={errors["idNumber"]} longest={40} />
          <TextEntry
            name="code"
            label="学校给的验证码"
            hint="8位数字"
            error={errors["code"]}
            longest={20}
            inputMode="numeric"
            autoComplete="one-time-code"
          />
          <TextEntry
            name="email"
            label="新的电子邮箱（原邮箱还能用的不填）"
            error={errors["email"]}
            type="email"
            longest={120}
            autoComplete="email"
          />
          <PasswordFields errors={errors} />
          <label className="choice">
            <input type="checkbox" name="own" />
            <span>我是账号本人，同意重设密码</span>
          </label>
          {errors["own"] !== undefined && <div className="entry-error">{errors["own"]}</div>}
          <div className="row">
            <Button kind="primary" type="submit" busy={busy}>
              重设密码
            </Button>
          </div>
        </form>
      )}
    </PlainPage>
  );
}
