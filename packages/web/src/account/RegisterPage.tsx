import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import { privacyNoticeVersion } from "@shice/contract/texts.zh.ts";
import { documentKinds } from "@shice/rules/form/lists.ts";
import { checkDocumentNumber } from "@shice/rules/identity/id-number.ts";
import { checkName } from "@shice/rules/identity/name.ts";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { makeProof } from "../ui/challenge.ts";
import { client } from "../ui/client.ts";
import { checkPasswords, PasswordFields } from "../ui/PasswordFields.tsx";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { Entry } from "../ui/plain/Entry.tsx";
import { ErrorSummary } from "../ui/plain/ErrorSummary.tsx";
import { TextEntry } from "../ui/plain/TextEntry.tsx";
import { type EntryErrors, textOf, useSending } from "../ui/plain/use-sending.ts";
import { ProblemAlert } from "../ui/problem.tsx";
import { begin } from "../ui/session.ts";
import { IdNumberParts } from "./IdNumberParts.tsx";

/** A teacher's account: document, name, mobile, e-mail; an address that works, for the password (Notice §三(一)). */
export function RegisterPage() {
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ documentKind: "id-card", idNumber: "", name: "", mobile: "" });
  const note = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }));
  const known = [typed.idNumber, typed.name, typed.mobile].map((text) => text.trim());
  const { errors, problem, busy, form } = useSending({
    check,
    send: async (entered) =>
      client.accounts.register({
        documentKind: textOf(entered, "documentKind"),
        idNumber: textOf(entered, "idNumber"),
        name: textOf(entered, "name"),
        mobile: textOf(entered, "mobile"),
        email: textOf(entered, "email"),
        password: textOf(entered, "password"),
        privacyNotice: privacyNoticeVersion,
        proof: await makeProof(),
      }),
    onDone: async (me) => {
      begin(me);
      await navigate({ to: "/my" });
    },
  });
  return (
    <PlainPage title="教师注册账号">
      <p>
        账号由教师本人注册。请准备好身份证件、手机和能收信的电子邮箱。已有账号的，请<Link to="/sign-in">登录</Link>。
      </p>
      <form {...form}>
        {problem !== null && <ProblemAlert error={problem} />}
        <ErrorSummary errors={errors} />
        <Entry label="证件类型">
          {(wiring) => (
            <select
              {...wiring}
              name="documentKind"
              value={typed.documentKind}
              onChange={({ target }) => note({ documentKind: target.value })}
            >
              {documentKinds.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Entry>
        <TextEntry
          name="idNumber"
          label="证件号码"
          error={errors["idNumber"]}
          longest={40}
          onType={(idNumber) => note({ idNumber })}
        />
        {errors["idNumber"] === undefined && (
          <IdNumberParts documentKind={typed.documentKind} idNumber={typed.idNumber} />
        )}
        <TextEntry
          name="name"
          label="姓名"
          hint="与证件一致。少数民族姓名中的间隔号用“·”。"
          error={errors["name"]}
          longest={120}
          autoComplete="name"
          onType={(name) => note({ name })}
        />
        <TextEntry
          name="mobile"
          label="手机号码"
          error={errors["mobile"]}
          type="tel"
          longest={20}
          autoComplete="tel"
          inputMode="tel"
          onType={(mobile) => note({ mobile })}
        />
        <TextEntry
          name="email"
          label="电子邮箱"
          hint="遗忘密码时通过这个邮箱找回，请务必真实有效。注册后会收到一封验证邮件。"
          error={errors["email"]}
          type="email"
          longest={120}
          autoComplete="email"
          inputMode="email"
        />
        <PasswordFields errors={errors} known={known} />
        <div className={errors["read"] === undefined ? "entry" : "entry wrong"}>
          <label className="choice">
            <input type="checkbox" name="read" aria-describedby="read-more" />
            <span>我已阅读个人信息处理告知</span>
          </label>
          <div id="read-more" className="hint">
            所填信息只用于教师资格定期注册，由学校、区县和市级注册机构依职责查看，每次查看均有记录，您可以随时查询。
            <a href="/help/privacy">阅读全文</a>
          </div>
          {errors["read"] !== undefined && <div className="entry-error">{errors["read"]}</div>}
        </div>
        <Button kind="primary" type="submit" busy={busy}>
          {busy ? "正在注册……" : "注册账号"}
        </Button>
      </form>
    </PlainPage>
  );
}

function check(entered: FormData): EntryErrors {
  const known = ["idNumber", "name", "mobile"].map((name) => textOf(entered, name).trim());
  const [number] = checkDocumentNumber(textOf(entered, "documentKind"), textOf(entered, "idNumber")).filter(
    ({ level }) => level === "blocks",
  );
  const [name] = checkName(textOf(entered, "name"));
  const mobile = textOf(entered, "mobile").normalize("NFKC").replace(/[\s-]/g, "");
  const email = textOf(entered, "email").trim();
  return {
    ...(number === undefined ? {} : { idNumber: checksSentenceOf(number) }),
    ...(name === undefined ? {} : { name: checksSentenceOf(name) }),
    ...(/^1\d{10}$/.test(mobile) ? {} : { mobile: "手机号码应为11位数字，以1开头。" }),
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: "请填写有效的电子邮箱，如 zhang@example.com。" }),
    ...checkPasswords(entered, known),
    ...(entered.get("read") === "on" ? {} : { read: "请阅读个人信息处理告知后勾选。" }),
  };
}
