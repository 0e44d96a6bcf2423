import { Dialog } from "./plain/Dialog.tsx";
import { SignInForm } from "./SignInForm.tsx";

export function SignInDialog({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  return (
    <Dialog title="请重新登录">
      <p>登录已经失效。页面上填写的内容还在，重新登录后可以继续。</p>
      <SignInForm onSignedIn={onSignedIn} />
    </Dialog>
  );
}
