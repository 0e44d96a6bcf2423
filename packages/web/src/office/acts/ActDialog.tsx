import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { ActFields } from "./ActFields.tsx";
import type { ActSpec, ActTarget, Entered } from "./act-spec.ts";

/** The dialogue of one act on one case. */
export function ActDialog({
  title,
  spec,
  target,
  about,
  proposed,
  initial = {},
  onDone,
  onCancel,
}: {
  title: string;
  spec: ActSpec;
  target: ActTarget;
  /** Whose case it is. */
  about: string;
  proposed?: string | null;
  /** What the work so far suggests; a person looks at it before it is sent. */
  initial?: Entered;
  onDone: () => void;
  onCancel: () => void;
}) {
  return (
    <FormDialog<Entered, unknown>
      title={`${title}：${about}`}
      button={title}
      tells={spec.tells}
      grave={spec.grave === true}
      initial={initial}
      send={(entered, once) => spec.send(client, target, entered, once)}
      onDone={onDone}
      onCancel={onCancel}
    >
      <ActFields fields={spec.fields} proposed={proposed ?? null} />
    </FormDialog>
  );
}
