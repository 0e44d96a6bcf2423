import type { SchoolPage } from "@shice/contract/organisations.ts";
import { DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { AuthorityItem } from "./authorities.tsx";
import { DetailItems, isoDayOf, KindItem, NameItem } from "./fields.tsx";

interface Added {
  name: string;
  aliases?: string;
  kind: SchoolPage["kind"];
  ownership: SchoolPage["ownership"];
  industryRun: boolean;
  authority: string;
  confirmationPoint: "school" | "authority";
  validFrom: Dayjs;
}

export function AddDialog({ authority, onClose }: { authority: string | undefined; onClose: () => void }) {
  return (
    <FormDialog<Added, unknown>
      title="登记学校"
      button="登记"
      tells="名称按公章填写；简称另行填写，便于查找。"
      initial={{
        ownership: "public",
        industryRun: false,
        confirmationPoint: "school",
        ...(authority === undefined ? {} : { authority }),
      }}
      send={({ aliases, validFrom, ...school }, once) =>
        client.organisations.addSchools(
          {
            schools: [
              {
                ...school,
                aliases: (aliases ?? "").split(/[，,；;、\s]+/).filter((alias) => alias !== ""),
                validFrom: isoDayOf(validFrom),
              },
            ],
          },
          once,
        )
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <NameItem name="name" label="学校全称" />
      <Form.Item name="aliases" label="简称" extra="多个的，用顿号或逗号隔开。">
        <Input maxLength={200} />
      </Form.Item>
      <KindItem name="kind" />
      <AuthorityItem label="注册机构" />
      <DetailItems />
      <Form.Item name="validFrom" label="成立日期" rules={[{ required: true, message: "请选择日期。" }]}>
        <DatePicker className="full" />
      </Form.Item>
    </FormDialog>
  );
}
