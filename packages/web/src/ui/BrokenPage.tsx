import { PlainPage } from "./PlainPage.tsx";
import { Button } from "./plain/Button.tsx";
import { ProblemAlert } from "./problem.tsx";

/** A page that could not be shown, and the ways on from it. */
export function BrokenPage({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <PlainPage title="页面未能打开">
      <ProblemAlert error={error} />
      <div className="row">
        <Button kind="primary" onClick={reset}>
          重试
        </Button>
        <Button onClick={() => window.location.reload()}>刷新页面</Button>
      </div>
    </PlainPage>
  );
}
