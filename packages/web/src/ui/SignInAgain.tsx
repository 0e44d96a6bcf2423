import { Modal, Typography } from "antd";
import { queryClient } from "./client.ts";
import { SignInForm } from "./SignInForm.tsx";
import { setSessionEnded, useSessionEnded } from "./session-end.ts";

/** The session ended while a page was open: sign in again on the spot, with everything typed still there. */
export function SignInAgain() {
  const ended = useSessionEnded();
  return (
    <Modal open={ended} title="请重新登录" footer={null} closable={false} mask={{ closable: false }} destroyOnHidden>
      <Typography.Paragraph>登录已经失效。页面上填写的内容还在，重新登录后可以继续。</Typography.Paragraph>
      <SignInForm
        onSignedIn={async () => {
          setSessionEnded(false);
          await queryClient.invalidateQueries();
        }}
      />
    </Modal>
  );
}
