import { listPasswordLacks, type PasswordLack, passwordLength } from "@shice/rules/account/password.ts";
import { useState } from "react";
import { TextEntry } from "./plain/TextEntry.tsx";
import { type EntryErrors, textOf } from "./plain/use-sending.ts";

const rules: readonly { lack: PasswordLack; text: string }[] = [
  { lack: "length", text: `不少于${passwordLength.least}位` },
  { lack: "letter", text: "有字母或汉字" },
  { lack: "digit", text: "有数字" },
  { lack: "personal", text: "不含姓名、证件号码、手机号码" },
];

/** A new password, twice; each rule shows while one types whether it is kept. `known`: what others know of the person. */
export function PasswordFields({ errors, known = [] }: { errors: EntryErrors; known?: readonly string[] }) {
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const [shown, setShown] = useState(false);
  const lacks = listPasswordLacks(password, known);
  const differs = repeated !== "" && !password.startsWith(repeated);
  const type = shown ? "text" : "password";
  return (
    <>
      <TextEntry
        name="password"
        label="密码"
        hint={
          <ul className="rules">
            {rules.map(({ lack, text }) => {
              const kept = password !== "" && !lacks.includes(lack);
              return (
                <li key={lack} className={kept ? "kept" : ""}>
                  {text}
                  {kept && <span className="hidden">（已满足）</span>}
                </li>
              );
            })}
          </ul>
        }
        error={errors["password"]}
        type={type}
        longest={passwordLength.most}
        autoComplete="new-password"
        onType={setPassword}
      />
      <TextEntry
        name="repeated"
        label="再次填写密码"
        error={errors["repeated"] ?? (differs ? "与上面的密码不一致。" : undefined)}
        type={type}
        longest={passwordLength.most}
        autoComplete="new-password"
        onType={setRepeated}
      />
      <label className="choice">
        <input type="checkbox" checked={shown} onChange={({ target }) => setShown(target.checked)} />
        显示密码
      </label>
    </>
  );
}

/** What is wrong with a password and its repetition, before they are sent. */
export function checkPasswords(entered: FormData, known: readonly string[] = []): EntryErrors {
  const password = textOf(entered, "password");
  const lacks = listPasswordLacks(password, known);
  const texts = rules.filter(({ lack }) => lacks.includes(lack)).map(({ text }) => text);
  return {
    ...(texts.length > 0 ? { password: `密码还须：${texts.join("；")}。` } : {}),
    ...(password === textOf(entered, "repeated") ? {} : { repeated: "两次填写的密码不一致。" }),
  };
}
