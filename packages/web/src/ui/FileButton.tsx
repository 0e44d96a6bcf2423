import { App, Button, type ButtonProps } from "antd";
import { useState } from "react";
import { sentenceOfError } from "./problem.tsx";
import { saveFile } from "./save-file.ts";

/** Fetches a file under the post that is worked with, and keeps it or opens it in a window; says why where it cannot. */
export function useFile(): [busy: boolean, fetchIt: (read: () => Promise<File>, open?: boolean) => Promise<void>] {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  async function fetchIt(read: () => Promise<File>, open = false): Promise<void> {
    setBusy(true);
    try {
      const file = await read();
      if (open) window.open(URL.createObjectURL(file), "_blank", "noopener");
      else saveFile(file);
    } catch (error) {
      message.error(sentenceOfError(error));
    } finally {
      setBusy(false);
    }
  }
  return [busy, fetchIt];
}

/** A button that fetches a file. */
export function FileButton({
  read,
  open = false,
  children,
  ...button
}: Pick<ButtonProps, "type" | "size" | "disabled" | "children"> & { read: () => Promise<File>; open?: boolean }) {
  const [busy, fetchIt] = useFile();
  return (
    <Button {...button} loading={busy} onClick={() => fetchIt(read, open)}>
      {children}
    </Button>
  );
}
