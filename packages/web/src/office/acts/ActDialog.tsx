import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Form, Modal, Typography } from "antd";
import { useState } from "react";
import { client, queryClient } from "../../ui/client.ts";
import { fieldProblemsOf, ProblemAlert } from "../../ui/problem.tsx";
import { ActFields } from "./ActFields.tsx";
import { RowRefused } from "./acts.ts";
import type { ActSpec, ActTarget, Entered } from "./spec.ts";

/**
 * Asks for exactly what an act records and does it once: what was typed stays when it is refused, and a repeated press
 * or a lost answer cannot do it twice.
 */
export function ActDialog({
  title,
  spec,
  target,
  about,
  proposed,
  onDone,
  onCancel,
}: {
  title: string;
  spec: ActSpec;
  target: ActTarget;
  /** Whose case it is. */
  about: string;
  proposed?: string | null;
  onDone: () => void;
  onCancel: () => void;
}) {
  const [form] = Form.useForm<Record<string, unknown>>();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const act = useMutation({
    mutationFn: (entered: Entered) => spec.send(client, target, entered, { context: { idempotencyKey } }),
    onSuccess: async () => {
      onDone();
      await queryClient.invalidateQueries();
    },
    onError: (error) => {
      form.setFields(
        fieldProblemsOf(error).map(({ path, sentence }) => ({ name: path.split("."), errors: [sentence] })),
      );
    },
  });
  return (
    <Modal
      open
      title={`${title}：${about}`}
      onCancel={onCancel}
      mask={{ closable: false }}
      destroyOnHidden
      footer={[
        <Button key="cancel" onClick={onCancel} disabled={act.isPending}>
          取消
        </Button>,
        <Button
          key="do"
          type="primary"
          danger={spec.grave === true}
          loading={act.isPending}
          onClick={() => form.submit()}
          autoFocus={spec.fields.length === 0}
        >
          {title}
        </Button>,
      ]}
    >
      <Typography.Paragraph>{spec.tells}</Typography.Paragraph>
      {act.error !== null &&
        (act.error instanceof RowRefused ? (
          <Alert type="error" showIcon role="alert" title={act.error.message} />
        ) : (
          <ProblemAlert error={act.error} />
        ))}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        onFinish={(entered) => act.mutate(entered)}
        style={{ marginTop: 12 }}
      >
        <ActFields fields={spec.fields} proposed={proposed ?? null} />
      </Form>
    </Modal>
  );
}
