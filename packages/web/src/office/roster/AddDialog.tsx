import { contract } from "@shice/contract/contract.ts";
import { Form, Input } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { PersonItems } from "../../ui/PersonItems.tsx";
import { RowRefused } from "../../ui/row-refused.ts";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import { useOffice } from "../../ui/session.ts";

interface Added {
  school?: string;
  name: string;
  documentKind: string;
  idNumber: string;
  mobile?: string;
}

/** One teacher put on the roster by hand; why somebody does not register is said afterwards. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const campaign = useCampaign();
  const { post, may } = useOffice();
  const ofSchool = may(contract.roster.markSeen) && post.organisationKind === "school";
  return (
    <FormDialog<Added, unknown>
      title="登记教师"
      button="登记"
      tells="登记一名应注册教师。名册已有同一证件号码的，更新原来的记录。"
      initial={{ documentKind: "id-card" }}
      send={async ({ school, mobile, ...row }, once) => {
        const facts = mobile === undefined || mobile.trim() === "" ? {} : { mobile: mobile.trim() };
        const { wrong } = await client.roster.addRoster(
          {
            campaign: campaign.key,
            source: "hand",
            rows: [{ ...row, facts, school: ofSchool ? post.organisationId : (school ?? "") }],
          },
          once,
        );
        const [first] = wrong;
        if (first !== undefined) throw new RowRefused(first.refusal.sentence);
      }}
      onDone={onClose}
      onCancel={onClose}
    >
      {!ofSchool && (
        <Form.Item name="school" label="学校" rules={[{ required: true, message: "请选择学校。" }]}>
          <SchoolPicker />
        </Form.Item>
      )}
      <PersonItems />
      <Form.Item
        name="mobile"
        label="手机号码（可不填）"
        extra="教师还没有账号时，用它发送提醒短信。"
        rules={[{ pattern: /^1\d{10}$/, message: "手机号码应为11位数字，以1开头。" }]}
      >
        <Input maxLength={11} inputMode="numeric" autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
