import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Modal, Space, Typography, Upload } from "antd";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { client, queryClient } from "../../ui/client.ts";
import { FileButton } from "../../ui/FileButton.tsx";
import { openPicture, scanOf } from "../../ui/picture.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { RowRefused } from "../../ui/row-refused.ts";
import type { Item } from "./items.ts";

/** The signed statement of one who does not take part: printed, scanned, looked at. */
export function StatementDialog({ item: opened, onClose }: { item: Item; onClose: () => void }) {
  const campaign = useCampaign();
  const [item, setItem] = useState(opened);
  const of = { campaign: campaign.key, entry: item.id };
  const add = useMutation({
    mutationFn: async (file: File) => {
      const picture = await openPicture(file);
      if (picture === undefined) throw new RowRefused("这个文件打不开。请选择 JPG、PNG 格式的照片或扫描件。");
      return await client.roster.addStatementScan({
        ...of,
        fileName: file.name.slice(0, 200),
        content: await scanOf(picture, { marked: true }),
      });
    },
    onSuccess: async (now) => {
      setItem(now);
      await queryClient.invalidateQueries();
    },
    retry: false,
  });
  const remove = useMutation({
    mutationFn: () => client.roster.removeStatementScan(of),
    onSuccess: async () => {
      setItem((now) => ({ ...now, scan: "none" }));
      await queryClient.invalidateQueries();
    },
    retry: false,
  });
  return (
    <Modal
      open
      title={`声明：${item.name}`}
      onCancel={onClose}
      footer={[
        <Button key="close" type="primary" onClick={onClose}>
          完成
        </Button>,
      ]}
    >
      <Typography.Paragraph>
        {item.statementOn === null
          ? "还没有登记签字日期，请在“登记情形”中补上。"
          : `本人于 ${item.statementOn} 在声明上签字。`}
        纸质声明由学校留存，扫描件可以不上传。
      </Typography.Paragraph>
      {item.scan === "lost" && (
        <Alert type="error" showIcon title="扫描件已损坏或丢失，请重新上传。" className="below" />
      )}
      {(add.error ?? remove.error) !== null && <ProblemAlert error={add.error ?? remove.error} />}
      <Space wrap>
        <FileButton open read={() => client.roster.getStatementForm(of)}>
          打印声明
        </FileButton>
        <Upload
          accept="image/*"
          showUploadList={false}
          disabled={add.isPending}
          beforeUpload={(file) => {
            add.mutate(file);
            return Upload.LIST_IGNORE;
          }}
        >
          <Button loading={add.isPending}>{item.scan === "none" ? "上传扫描件" : "换一份扫描件"}</Button>
        </Upload>
        {item.scan === "kept" && (
          <FileButton open read={() => client.roster.getStatementScan(of)}>
            查看扫描件
          </FileButton>
        )}
        {item.scan !== "none" && (
          <Button danger loading={remove.isPending} onClick={() => remove.mutate()}>
            移除扫描件
          </Button>
        )}
      </Space>
    </Modal>
  );
}
