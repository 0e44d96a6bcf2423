import { queryClient } from "./client.ts";
import { Dialog } from "./plain/Dialog.tsx";
import { SignInForm } from "./SignInForm.tsx";
import { setSessionEnded, useSessionEnded } from "./session-end.ts";

/** The session ended while a page was open: sign in again on the spot, with everything typed still there. */
export function SignInAgain() {
  const ended = useSessionEnded();
  if (!ended) return null;
  return (
    <Dialog title="请重新登录">
      <p>登录已经失效。页面上填写的内容还在，重新登录后可以继续。</p>
      <SignInForm
        onSignedIn={async () => {
          setSessionEnded(false);
          await queryClient.invalidateQueries();
        }}
      />
    </Dialog>
  );
}
