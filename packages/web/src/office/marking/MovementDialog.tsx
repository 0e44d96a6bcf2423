import { useQuery } from "@tanstack/react-query";
import { App, Form, Input, InputNumber, Select } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { FormDialog, type OnceContext } from "../../ui/FormDialog.tsx";
import { useOffice } from "../../ui/session.ts";
import { SerialsField } from "./SerialsField.tsx";

export type MovementKind = "series" | "receive" | "print" | "issue" | "return" | "scrap" | "count";

interface Entered {
  series: string;
  serials: string;
  partner: string;
  document?: string;
  conclusion: string;
  authority: string;
  reason: string;
  witness: string;
  counted: string;
  remark?: string;
  prefix?: string;
  digits: number;
}

const kinds: Record<MovementKind, { title: string; tells: string }> = {
  series: { title: "登记号段前缀", tells: "注册贴序号的前缀和位数，领取之前先登记。" },
  receive: { title: "领取", tells: "登记市中心领取的注册贴号段。" },
  print: { title: "打印结论", tells: "登记所选号段已经打印的注册结论。" },
  issue: { title: "发放", tells: "按区县实际注册数发放所选号段。" },
  return: { title: "退回", tells: "把未使用的注册贴退回发放单位。" },
  scrap: { title: "报废", tells: "打印错位或污损的注册贴，须有监销人。报废后不能再用。" },
  count: { title: "盘点", tells: "清点实物，与账面核对。" },
};

/** A movement of the stock: which serials, with whom, and what the kind of movement asks besides. */
export function MovementDialog({ kind, onClose }: { kind: MovementKind; onClose: () => void }) {
  const campaign = useCampaign();
  const { post } = useOffice();
  const { message } = App.useApp();
  const series = useQuery(api.marking.listSeries.queryOptions({ input: { campaign: campaign.key } }));
  const partners = useQuery(
    api.accounts.listColleagues.queryOptions({
      input: { role: post.role === "sticker-custodian" ? "sticker-handler" : "sticker-custodian" },
    }),
  );
  const bodies = useQuery(api.organisations.listBodies.queryOptions({ input: { campaign: campaign.key } }));
  const { title, tells } = kinds[kind];
  const ranged = kind !== "series" && kind !== "count";
  return (
    <FormDialog<Entered, string>
      title={`注册贴：${title}`}
      button={title}
      tells={tells}
      grave={kind === "scrap"}
      send={(entered, once) => sendMovement(campaign.key, kind, entered, once)}
      onDone={(sentence) => {
        message.success(sentence);
        onClose();
      }}
      onCancel={onClose}
    >
      {kind === "series" && (
        <>
          <Form.Item name="prefix" label="前缀" extra="没有前缀的不填。">
            <Input maxLength={20} />
          </Form.Item>
          <Form.Item
            name="digits"
            label="序号位数"
            initialValue={8}
            rules={[{ required: true, message: "请填写位数。" }]}
          >
            <InputNumber min={4} max={15} />
          </Form.Item>
        </>
      )}
      {kind !== "series" && (
        <>
          <Form.Item name="series" label="号段前缀" rules={[{ required: true, message: "请选择号段前缀。" }]}>
            <Select
              options={(series.data ?? []).map(({ id, prefix }) => ({
                value: id,
                label: prefix === "" ? "（无前缀）" : prefix,
              }))}
              notFoundContent="还没有登记号段前缀。"
            />
          </Form.Item>
          <Form.Item
            name="partner"
            label={post.role === "sticker-custodian" ? "经办人" : "保管人"}
            rules={[{ required: true, message: "请选择共同经手的人。" }]}
          >
            <Select
              options={(partners.data ?? []).map(({ account, name }) => ({ value: account, label: name }))}
              notFoundContent="本单位还没有这一岗位的人员，请联系系统管理员。"
            />
          </Form.Item>
        </>
      )}
      {ranged && <SerialsField series={series.data ?? []} />}
      {kind === "print" && (
        <Form.Item name="conclusion" label="打印的结论" rules={[{ required: true, message: "请选择结论。" }]}>
          <Select options={campaign.conclusions.map(({ key, name }) => ({ value: key, label: name }))} />
        </Form.Item>
      )}
      {kind === "issue" && (
        <Form.Item name="authority" label="发放给" rules={[{ required: true, message: "请选择区县。" }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={(bodies.data ?? [])
              .filter(({ area }) => area !== null)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
      {kind === "scrap" && (
        <>
          <Form.Item name="reason" label="事由" rules={[{ required: true, message: "请选择事由。" }]}>
            <Select
              options={campaign.reasons
                .filter(({ use }) => use.includes("scrap"))
                .map(({ code, text }) => ({ value: code, label: text }))}
            />
          </Form.Item>
          <Form.Item
            name="witness"
            label="监销人"
            rules={[{ required: true, whitespace: true, message: "请填写监销人。" }]}
          >
            <Input maxLength={50} />
          </Form.Item>
        </>
      )}
      {kind === "count" && (
        <>
          <Form.Item
            name="counted"
            label="实物枚数"
            rules={[{ required: true, pattern: /^\d+$/, message: "请填写数字。" }]}
          >
            <Input inputMode="numeric" maxLength={15} />
          </Form.Item>
          <Form.Item name="remark" label="说明">
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </>
      )}
      {ranged && (
        <Form.Item name="document" label="凭据（可不填）">
          <Input maxLength={100} placeholder="如：领用单编号" />
        </Form.Item>
      )}
    </FormDialog>
  );
}

async function sendMovement(
  campaign: string,
  kind: MovementKind,
  entered: Entered,
  once: OnceContext,
): Promise<string> {
  const { series, serials, partner } = entered;
  const document = entered.document?.trim();
  const range = {
    campaign,
    series,
    serials,
    partner,
    ...(document === undefined || document === "" ? {} : { document }),
  };
  switch (kind) {
    case "series":
      await client.marking.openSeries({ campaign, prefix: entered.prefix?.trim() ?? "", digits: entered.digits }, once);
      return "已登记号段前缀。";
    case "receive":
      return counted("领取", await client.marking.receiveStickers(range, once));
    case "print":
      return counted(
        "登记打印",
        await client.marking.printStickers({ ...range, conclusion: entered.conclusion }, once),
      );
    case "issue":
      return counted("发放", await client.marking.issueStickers({ ...range, authority: entered.authority }, once));
    case "return":
      return counted("退回", await client.marking.returnStickers(range, once));
    case "scrap":
      return counted(
        "报废",
        await client.marking.scrapStickers({ ...range, reason: entered.reason, witness: entered.witness }, once),
      );
    case "count": {
      const remark = entered.remark?.trim();
      const { expected, difference } = await client.marking.countStickers(
        {
          campaign,
          series,
          partner,
          counted: entered.counted,
          ...(remark === undefined || remark === "" ? {} : { remark }),
        },
        once,
      );
      return difference === "0" ? `账实相符，共${expected}枚。` : `账面${expected}枚，相差${difference}枚，已记录。`;
    }
  }
}

function counted(what: string, { count }: { count: string }): string {
  return `已${what}${count}枚。`;
}
