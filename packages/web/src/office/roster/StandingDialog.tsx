import { needsReason, type RosterStanding, standingTitles } from "@shice/rules/roster/standing.ts";
import { needsStatement } from "@shice/rules/roster/statement.ts";
import { Form, Input, Select } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { DayPicker } from "../../ui/DayPicker.tsx";
import { FileButton } from "../../ui/FileButton.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { type Item, todayIn } from "./items.ts";

interface Said {
  standing: RosterStanding;
  reason?: string;
  remark?: string;
  statementOn?: string;
}

/** What is said of one teacher, or of several alike: the standing, and why somebody does not register. */
export function StandingDialog({ items, onClose }: { items: readonly Item[]; onClose: () => void }) {
  const campaign = useCampaign();
  const [one, second] = items;
  const single = second === undefined ? one : undefined;
  return (
    <FormDialog<Said, unknown>
      title={single === undefined ? `登记情形：${items.length}人` : `登记情形：${single.name}`}
      button="登记"
      tells={
        single === undefined
          ? `所选${items.length}名教师登记为同一情形。登记即表示已逐一核对。`
          : "登记这位教师在本批次的情形；不参加本次注册的，须写明原因。登记即表示已经核对。"
      }
      initial={initialOf(single)}
      send={(said, once) =>
        single === undefined
          ? client.roster.setStandings(
              { campaign: campaign.key, entries: items.map(({ id }) => id), ...sentOf(said) },
              once,
            )
          : client.roster.setStanding({ campaign: campaign.key, entry: single.id, ...sentOf(said) }, once)
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="standing" label="情形" rules={[{ required: true, message: "请选择情形。" }]}>
        <Select options={Object.entries(standingTitles).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Said, after: Said) => before.standing !== after.standing}>
        {({ getFieldValue }) => <Why standing={getFieldValue("standing")} single={single} />}
      </Form.Item>
      <Form.Item name="remark" label="备注（可不填）">
        <Input.TextArea rows={2} maxLength={300} showCount />
      </Form.Item>
    </FormDialog>
  );
}

/** Asked only of those who do not simply register. */
function Why({ standing, single }: { standing: RosterStanding | undefined; single: Item | undefined }) {
  const campaign = useCampaign();
  if (standing === undefined || !needsReason(standing)) return null;
  return (
    <>
      <Form.Item name="reason" label="不参加的原因" rules={[{ required: true, message: "请选择原因。" }]}>
        <Select
          allowClear
          options={campaign.reasons
            .filter(({ use }) => use.includes("not-applied"))
            .map(({ code, text }) => ({ value: code, label: text }))}
        />
      </Form.Item>
      {needsStatement(standing) && (
        <>
          <Form.Item
            name="statementOn"
            label="本人在声明上签字的日期"
            extra="须有本人签字的书面声明，由学校留存；签字后可在名册中上传扫描件。"
            rules={[{ required: true, message: "请填写签字日期。" }]}
          >
            <DayPicker min={campaign.issuedOn} max={todayIn(campaign)} />
          </Form.Item>
          <FileButton
            open
            size="small"
            read={() =>
              client.roster.getStatementForm({
                campaign: campaign.key,
                ...(single === undefined ? {} : { entry: single.id }),
              })
            }
          >
            打印声明，请本人签字
          </FileButton>
        </>
      )}
    </>
  );
}

function initialOf(single: Item | undefined): Partial<Said> {
  if (single === undefined) return {};
  const { standing, reason, remark, statementOn } = single;
  return {
    standing,
    ...(reason === null ? {} : { reason }),
    ...(remark === null ? {} : { remark }),
    ...(statementOn === null ? {} : { statementOn }),
  };
}

/** Of what was filled in, what belongs to the standing that was chosen in the end. */
function sentOf({ standing, reason, remark, statementOn }: Said): Said {
  return {
    standing,
    ...(needsReason(standing) && reason !== undefined ? { reason } : {}),
    ...(remark === undefined || remark.trim() === "" ? {} : { remark: remark.trim() }),
    ...(needsStatement(standing) && statementOn !== undefined && statementOn !== "" ? { statementOn } : {}),
  };
}
