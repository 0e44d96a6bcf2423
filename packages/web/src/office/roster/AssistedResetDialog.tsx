import { Form, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { momentText } from "../../ui/moment.ts";

type Handed = Awaited<ReturnType<typeof client.accounts.startAssistedReset>>;

/** The clerk has the teacher and the document before them, and gets a code to hand out; the password stays the teacher's. */
export function AssistedResetDialog({ onClose }: { onClose: () => void }) {
  const campaign = useCampaign();
  const [handed, setHanded] = useState<Handed>();
  if (handed !== undefined) {
    return (
      <Modal
        open
        title="请把验证码交给教师本人"
        onCancel={onClose}
        onOk={onClose}
        cancelButtonProps={{ hidden: true }}
        okText="已交给本人"
      >
        <Typography.Paragraph>{handed.name}老师的验证码：</Typography.Paragraph>
        <Typography.Paragraph className="one-time-code" copyable>
          {handed.code}
        </Typography.Paragraph>
        <Typography.Paragraph>
          {momentText(handed.expiresAt)}{" "}
          前有效，只能用一次，关闭后不再显示。请教师本人打开登录页的“凭学校给的验证码重设密码”，自己设置新密码。
        </Typography.Paragraph>
      </Modal>
    );
  }
  return (
    <FormDialog<{ idNumber: string; reason: string }, Handed>
      title="协助重设密码"
      button="领取验证码"
      tells="请当面核对教师本人和身份证件。系统会立即通知教师本人，并记录由您协助；您看不到教师的密码。"
      send={(entered) => client.accounts.startAssistedReset({ campaign: campaign.key, ...entered })}
      onDone={setHanded}
      onCancel={onClose}
    >
      <Form.Item
        name="idNumber"
        label="教师的证件号码"
        rules={[{ required: true, whitespace: true, message: "请填写证件号码。" }]}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="reason"
        label="事由"
        rules={[{ required: true, whitespace: true, min: 2, message: "请写明事由，如：原邮箱已停用。" }]}
      >
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
    </FormDialog>
  );
}
