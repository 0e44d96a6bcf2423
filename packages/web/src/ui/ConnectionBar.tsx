import { useEffect } from "react";
import { queryClient } from "./client.ts";
import { noteAnswer, useReached } from "./connection.ts";
import { Button } from "./plain/Button.tsx";
import { Note } from "./plain/Note.tsx";

/** Says that the line is down, tries by itself, and reads everything anew once it is back. */
export function ConnectionBar() {
  const reached = useReached();
  useEffect(() => {
    if (reached) return;
    const again = setInterval(tryAgain, 3000);
    return () => clearInterval(again);
  }, [reached]);
  if (reached) return null;
  return (
    <Note
      kind="heed"
      role="alert"
      title="与服务器的连接中断。已填写的内容还在，连接恢复后会自动继续，请不要关闭页面。"
      action={<Button onClick={tryAgain}>立即重试</Button>}
    />
  );
}

async function tryAgain(): Promise<void> {
  try {
    const answer = await fetch("/api/health");
    if (!answer.ok) return;
  } catch {
    return;
  }
  noteAnswer();
  await queryClient.invalidateQueries();
}
