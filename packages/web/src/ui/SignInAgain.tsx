import { lazy, Suspense } from "react";
import { queryClient } from "./client.ts";
import { setSessionEnded, useSessionEnded } from "./session-end.ts";

// Seldom needed: nobody's first page waits for it.
const SignInDialog = lazy(async () => ({ default: (await import("./SignInDialog.tsx")).SignInDialog }));

/** The session ended while a page was open: sign in again on the spot, with everything typed still there. */
export function SignInAgain() {
  const ended = useSessionEnded();
  if (!ended) return null;
  return (
    <Suspense>
      <SignInDialog
        onSignedIn={async () => {
          setSessionEnded(false);
          await queryClient.invalidateQueries();
        }}
      />
    </Suspense>
  );
}
