import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, client, queryClient } from "../ui/client.ts";
import { momentText } from "../ui/moment.ts";
import { checkPasswords, PasswordFields } from "../ui/PasswordFields.tsx";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { TextEntry } from "../ui/plain/TextEntry.tsx";
import { textOf, useSending } from "../ui/plain/use-sending.ts";
import { Fetched, ProblemAlert } from "../ui/problem.tsx";
import { useMe } from "../ui/session.ts";

/** One's own account: who, how to be reached, the password, where signed in. */
export function AccountPage() {
  const me = useMe();
  const contacts = useQuery(api.accounts.getContacts.queryOptions());
  const [changing, setChanging] = useState<"email" | "mobile" | "password">();
  if (me === undefined) return null;
  return (
    <PlainPage title="我的账号" wide>
      <dl className="facts">
        <div>
          <dt>姓名</dt>
          <dd>{me.name}</dd>
        </div>
        {me.posts.map((post) => (
          <div key={post.id}>
            <dt>{post.roleTitle}</dt>
            <dd>{post.organisation}</dd>
          </div>
        ))}
      </dl>
      {me.kind === "staff" && me.posts.length === 0 && (
        <Note kind="heed" title="您目前没有岗位。请联系本单位的系统管理员。" />
      )}
      <h2>联系方式和密码</h2>
      <Fetched query={contacts} rows={2}>
        {({ email, mobile, pendingEmail }) => (
          <table className="plain-table breaking">
            <tbody>
              <tr>
                <th scope="row">电子邮箱</th>
                <td>
                  {email ?? "未登记"}　{me.emailVerified ? "已验证" : <Link to="/verify-email">尚未验证，去验证</Link>}
                  {pendingEmail !== null && (
                    <div className="soft">
                      正在更换为 {pendingEmail}，请按那个邮箱收到的邮件验证，验证前仍用原邮箱。
                    </div>
                  )}
                </td>
                <td>
                  <Button onClick={() => setChanging("email")}>更换邮箱</Button>
                </td>
              </tr>
              {me.kind === "applicant" && (
                <tr>
                  <th scope="row">手机号码</th>
                  <td>{mobile ?? "未登记"}</td>
                  <td>
                    <Button onClick={() => setChanging("mobile")}>更换手机</Button>
                  </td>
                </tr>
              )}
              <tr>
                <th scope="row">密码</th>
                <td>修改后其他设备上的登录随即结束</td>
                <td>
                  <Button onClick={() => setChanging("password")}>修改密码</Button>
                </td>
              </tr>
            </tbody>
          </table>
        )}
      </Fetched>
      {changing === "email" && <ChangeEmail onDone={() => setChanging(undefined)} />}
      {changing === "mobile" && <ChangeMobile onDone={() => setChanging(undefined)} />}
      {changing === "password" && <ChangePassword onDone={() => setChanging(undefined)} />}
      <Telling />
      <Sessions />
      <p>
        <Link to={me.kind === "applicant" ? "/my" : "/office"}>
          {me.kind === "applicant" ? "到我的申请" : "到今日工作"}
        </Link>
      </p>
    </PlainPage>
  );
}

function ChangeEmail({ onDone }: { onDone: () => void }) {
  const { errors, problem, busy, done, form } = useSending({
    send: (entered) =>
      client.accounts.askEmailChange({ email: textOf(entered, "email"), password: textOf(entered, "password") }),
    onDone: () => queryClient.invalidateQueries(),
  });
  if (done) {
    return <Changed title="验证邮件已发往新邮箱。按邮件验证之后，新邮箱才生效。" onDone={onDone} />;
  }
  return (
    <form className="panel" {...form} aria-label="更换邮箱">
      {problem !== null && <ProblemAlert error={problem} />}
      <TextEntry name="email" label="新的电子邮箱" error={errors["email"]} type="email" longest={120} />
      <CurrentPassword error={errors["password"]} />
      <FormButtons busy={busy} title="发送验证邮件" onCancel={onDone} />
    </form>
  );
}

function ChangeMobile({ onDone }: { onDone: () => void }) {
  const { errors, problem, busy, form } = useSending({
    send: (entered) =>
      client.accounts.changeMobile({ mobile: textOf(entered, "mobile"), password: textOf(entered, "password") }),
    onDone: async () => {
      await queryClient.invalidateQueries();
      onDone();
    },
  });
  return (
    <form className="panel" {...form} aria-label="更换手机">
      {problem !== null && <ProblemAlert error={problem} />}
      <TextEntry name="mobile" label="新的手机号码" error={errors["mobile"]} type="tel" longest={20} inputMode="tel" />
      <CurrentPassword error={errors["password"]} />
      <FormButtons busy={busy} title="更换" onCancel={onDone} />
    </form>
  );
}

function ChangePassword({ onDone }: { onDone: () => void }) {
  const { errors, problem, busy, done, form } = useSending({
    check: (entered) => ({
      ...(textOf(entered, "current") === "" ? { current: "请填写现在的密码。" } : {}),
      ...checkPasswords(entered),
    }),
    send: (entered) =>
      client.accounts.changePassword({ current: textOf(entered, "current"), password: textOf(entered, "password") }),
    onDone: () => queryClient.invalidateQueries(),
  });
  if (done) {
    return <Changed title="密码已修改，其他设备上的登录已经结束。" onDone={onDone} />;
  }
  return (
    <form className="panel" {...form} aria-label="修改密码">
      {problem !== null && <ProblemAlert error={problem} />}
      <CurrentPassword name="current" error={errors["current"]} />
      <PasswordFields errors={errors} />
      <FormButtons busy={busy} title="修改密码" onCancel={onDone} />
    </form>
  );
}

/** What has been done, until it is put aside. */
function Changed({ title, onDone }: { title: string; onDone: () => void }) {
  return <Note kind="good" role="status" title={title} action={<Button onClick={onDone}>知道了</Button>} />;
}

function CurrentPassword({ name = "password", error }: { name?: string; error?: string | undefined }) {
  return (
    <TextEntry
      name={name}
      label="现在的密码"
      error={error}
      type="password"
      longest={128}
      autoComplete="current-password"
    />
  );
}

function FormButtons({ busy, title, onCancel }: { busy: boolean; title: string; onCancel: () => void }) {
  return (
    <div className="row">
      <Button kind="primary" type="submit" busy={busy}>
        {title}
      </Button>
      <Button onClick={onCancel}>取消</Button>
    </div>
  );
}

/** How messages reach the person beside the inbox, which holds them all. */
function Telling() {
  const preferences = useQuery(api.messages.getPreferences.queryOptions({ input: {} }));
  const set = useMutation({
    mutationFn: (wanted: { mail: "all" | "important"; sms: boolean }) => client.messages.setPreferences(wanted),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <section id="telling" aria-label="接收方式">
      <h2>接收方式</h2>
      <p>所有消息都在站内保存。要您办理、或者有后果的消息（退回、将要到期、结论等），总会发到电子邮箱。</p>
      {set.error !== null && <ProblemAlert error={set.error} />}
      <Fetched query={preferences} rows={2}>
        {({ hasMobile, ...kept }) => {
          // As it was pressed, until the server has it.
          const { mail, sms } = set.isPending ? set.variables : kept;
          return (
            <>
              <label className="choice">
                <input
                  type="checkbox"
                  checked={mail === "all"}
                  onChange={({ target }) => set.mutate({ mail: target.checked ? "all" : "important", sms })}
                />
                <span>其他消息也发到电子邮箱</span>
              </label>
              {hasMobile && (
                <label className="choice">
                  <input
                    type="checkbox"
                    checked={sms}
                    onChange={({ target }) => set.mutate({ mail, sms: target.checked })}
                  />
                  <span>要您办理、或者有后果的消息，同时发短信</span>
                </label>
              )}
              <p role="status" className="soft">
                {set.isSuccess ? "已保存。" : ""}
              </p>
            </>
          );
        }}
      </Fetched>
    </section>
  );
}

function Sessions() {
  const sessions = useQuery(api.accounts.listSessions.queryOptions());
  const end = useMutation({
    mutationFn: (session: string) => client.accounts.endSession({ session }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <h2>我的登录</h2>
      <p>不是您本人的登录，请结束它，并修改密码。</p>
      {end.error !== null && <ProblemAlert error={end.error} />}
      <Fetched query={sessions} rows={2}>
        {(rows) => (
          <div className="wide-scroll">
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">登录时间</th>
                  <th scope="col">失效时间</th>
                  <th scope="col">办理</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ id, createdAt, expiresAt, current }) => (
                  <tr key={id}>
                    <td>{momentText(createdAt)}</td>
                    <td>{momentText(expiresAt)}</td>
                    <td>{current ? "本次登录" : <Button onClick={() => end.mutate(id)}>结束这次登录</Button>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Fetched>
    </>
  );
}
