import { Button, type ButtonProps } from "antd";

interface Action {
  title: string;
  allowed: boolean;
  refusal?: { sentence: string } | undefined;
}

/** A button for what the server says may be done; greyed, with the reason in words beside it, where it may not now. */
export function ActionButton({ action, children, ...button }: ButtonProps & { action: Action }) {
  return (
    <span>
      <Button {...button} disabled={!action.allowed}>
        {children ?? action.title}
      </Button>
      {action.refusal !== undefined && <span className="soft">　{action.refusal.sentence}</span>}
    </span>
  );
}
