import { Link } from "@tanstack/react-router";
import { Note } from "../ui/plain/Note.tsx";

/** A new password is in force, and whoever else was signed in is not any more. */
export function PasswordSet() {
  return (
    <>
      <Note kind="good" role="status" title="密码已重设，其他设备上的登录已经结束。" />
      <p>
        <Link to="/sign-in">登录</Link>
      </p>
    </>
  );
}
