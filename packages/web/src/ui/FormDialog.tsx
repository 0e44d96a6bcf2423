import { useMutation } from "@tanstack/react-query";
import { Button, Form, Modal, Typography } from "antd";
import { type ReactNode, useState } from "react";
import { queryClient } from "./client.ts";
import { fieldProblemsOf, ProblemAlert } from "./problem.tsx";

/** Said with a call, so that a repeated press or a lost answer cannot act twice. */
export interface OnceContext {
  context: { idempotencyKey: string };
}

/**
 * A dialogue that asks for what an act records and does it once. What was typed stays when the act is refused, with the
 * sentence beside its field; after success everything shown is read anew.
 */
export function FormDialog<Entered extends object, Answer>({
  title,
  button = title,
  tells,
  grave = false,
  width,
  initial,
  send,
  onDone,
  onCancel,
  children,
}: {
  title: string;
  /** What the button says, where it is not the title. */
  button?: string;
  /** What pressing the button brings about. */
  tells: ReactNode;
  grave?: boolean;
  width?: number;
  initial?: Partial<Entered>;
  send: (entered: Entered, once: OnceContext) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onCancel: () => void;
  children?: ReactNode;
}) {
  const [form] = Form.useForm();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const act = useMutation({
    mutationFn: (entered: Entered) => send(entered, { context: { idempotencyKey } }),
    onSuccess: async (answer) => {
      onDone(answer);
      await queryClient.invalidateQueries();
    },
    onError: (error) => {
      const known = Object.keys(form.getFieldsValue(true));
      for (const { path, sentence } of fieldProblemsOf(error)) {
        const name = path.split(".");
        if (known.includes(name[0] ?? "")) form.setFields([{ name, errors: [sentence] }]);
      }
    },
  });
  return (
    <Modal
      open
      title={title}
      {...(width === undefined ? {} : { width })}
      onCancel={onCancel}
      mask={{ closable: false }}
      destroyOnHidden
      footer={[
        <Button key="cancel" onClick={onCancel} disabled={act.isPending}>
          取消
        </Button>,
        <Button key="do" type="primary" danger={grave} loading={act.isPending} onClick={() => form.submit()}>
          {button}
        </Button>,
      ]}
    >
      <Typography.Paragraph>{tells}</Typography.Paragraph>
      {act.error !== null && <ProblemAlert error={act.error} />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        {...(initial === undefined ? {} : { initialValues: initial })}
        onFinish={(entered) => act.mutate(entered)}
        className="above"
      >
        {children}
      </Form>
    </Modal>
  );
}
