import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { PlainPage } from "../ui/PlainPage.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { SignInForm } from "../ui/SignInForm.tsx";
import { begin } from "../ui/session.ts";

export function SignInPage() {
  const navigate = useNavigate();
  const { back } = useSearch({ strict: false });
  return (
    <PlainPage title="登录">
      <Note
        title="第一次报名的教师，请先注册账号。"
        action={
          <Link className="button" to="/register">
            教师注册账号
          </Link>
        }
      />
      <SignInForm
        onSignedIn={async (me) => {
          begin(me);
          // Only a path of our own: an address elsewhere would lead the just signed-in away.
          const safe = typeof back === "string" && /^\/(?!\/)/.test(back) ? back : undefined;
          await navigate({ to: safe ?? (me.kind === "applicant" ? "/my" : "/posts") });
        }}
      />
      <p className="row">
        <Link to="/forgotten">忘记密码</Link>
        <Link to="/assisted-reset">凭学校给的验证码重设密码</Link>
        <Link to="/invitation">接受邀请（工作人员）</Link>
      </p>
    </PlainPage>
  );
}
