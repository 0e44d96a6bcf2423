import { useQuery } from "@tanstack/react-query";
import { Form, Input, Radio, Select } from "antd";
import { useCampaign } from "../../ui/campaign.ts";
import { api, client } from "../../ui/client.ts";
import { DayPicker } from "../../ui/DayPicker.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import { useOffice } from "../../ui/session.ts";
import { parkingKinds, selectionOf, type Target, targetText, todayIn } from "./items.ts";

export type Batch = Awaited<ReturnType<typeof client.roster.listBatches>>[number];

/** Puts people into a batch, or out of theirs. */
export function AssignDialog({ target, onClose }: { target: Target; onClose: () => void }) {
  const campaign = useCampaign();
  const batches = useQuery(api.roster.listBatches.queryOptions({ input: { campaign: campaign.key } }));
  return (
    <FormDialog<{ batch: string }, unknown>
      title={`编入分批：${targetText(target)}`}
      button="编入"
      tells="编入后，请在“分批安排”中通知本批教师；已在别的批的，改到这一批。"
      send={({ batch }, once) =>
        client.roster.assignBatch(
          { campaign: campaign.key, batch: batch === "none" ? null : batch, selection: selectionOf(target) },
          once,
        )
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item
        name="batch"
        label="哪一批"
        rules={[{ required: true, message: "请选择一批；还没有的，先到“分批安排”新增。" }]}
      >
        <Radio.Group
          className="stack"
          options={[
            ...(batches.data ?? []).map((batch) => ({
              value: batch.id,
              label: `${batch.name}（${batch.plannedOn}，现有${batch.people}人）`,
            })),
            { value: "none", label: "不编入任何一批" },
          ]}
        />
      </Form.Item>
    </FormDialog>
  );
}

/** Parks people whose certificates or files are being put right. */
export function ParkDialog({ target, onClose }: { target: Target; onClose: () => void }) {
  const campaign = useCampaign();
  const [one] = target.chosen;
  const known = target.chosen.length === 1 ? one?.parked : null;
  return (
    <FormDialog<{ kind: string; missing: string; since: string }, unknown>
      title={`登记更正中：${targetText(target)}`}
      button="登记"
      tells="登记证书或档案正在更正的教师。更正期间群发的提醒不发给他们；截止前系统会提醒学校。"
      initial={
        known == null
          ? { kind: "certificate-correction", since: todayIn(campaign) }
          : { kind: known.kind, missing: known.missing, since: known.since }
      }
      send={(entered, once) =>
        client.roster.park({ campaign: campaign.key, entries: target.chosen.map(({ id }) => id), ...entered }, once)
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="kind" label="种类" rules={[{ required: true, message: "请选择种类。" }]}>
        <Select options={parkingKinds(campaign)} />
      </Form.Item>
      <Form.Item
        name="missing"
        label="缺什么、办到哪一步"
        rules={[
          {
            required: true,
            whitespace: true,
            min: 2,
            message: "请写明缺什么，如：证书姓名与身份证不一致，已申请更正。",
          },
        ]}
      >
        <Input.TextArea rows={3} maxLength={300} showCount />
      </Form.Item>
      <Form.Item name="since" label="从哪一天开始" rules={[{ required: true, message: "请填写日期。" }]}>
        <DayPicker max={todayIn(campaign)} />
      </Form.Item>
    </FormDialog>
  );
}

/** Half hours of a day at school. */
const hours = Array.from({ length: 29 }, (_, half) => {
  const hour = `${String(7 + Math.floor(half / 2)).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
  return { value: hour, label: hour };
});

const ordinals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

interface Said {
  school?: string;
  name: string;
  plannedOn: string;
  fromHour?: string;
  toHour?: string;
  place?: string;
  remark?: string;
}

/** A new batch, or what is changed of one. */
export function BatchDialog({ batch, number, onClose }: { batch?: Batch; number: number; onClose: () => void }) {
  const campaign = useCampaign();
  const { post } = useOffice();
  const ofOffice = post.organisationKind !== "school";
  return (
    <FormDialog<Said, unknown>
      title={batch === undefined ? "新增一批" : `修改安排：${batch.name}`}
      button={batch === undefined ? "新增" : "保存"}
      tells={
        batch === undefined
          ? "安排一批教师在同一天现场确认。日期须在现场确认的开放日之内；保存后到名册中选择教师编入。"
          : "改动日期、时间或地点后，请重新通知本批教师。"
      }
      initial={initialOf(batch, number)}
      send={({ school, ...said }, once) => {
        const { fromHour, toHour, place, remark, ...rest } = said;
        const sent = {
          campaign: campaign.key,
          ...rest,
          fromHour: given(fromHour),
          toHour: given(toHour),
          place: given(place),
          remark: given(remark),
        };
        return batch === undefined
          ? client.roster.addBatch({ ...sent, school: school ?? post.organisationId }, once)
          : client.roster.changeBatch({ ...sent, batch: batch.id }, once);
      }}
      onDone={onClose}
      onCancel={onClose}
    >
      {batch === undefined && ofOffice && (
        <Form.Item name="school" label="学校" rules={[{ required: true, message: "请选择学校。" }]}>
          <SchoolPicker />
        </Form.Item>
      )}
      <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称。" }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="plannedOn" label="日期" rules={[{ required: true, message: "请选择日期。" }]}>
        <DayPicker min={todayIn(campaign)} />
      </Form.Item>
      <Form.Item name="fromHour" label="开始时间（可不填）">
        <Select allowClear className="w-l" placeholder="不定时间" options={hours} />
      </Form.Item>
      <Form.Item name="toHour" label="结束时间（可不填）">
        <Select allowClear className="w-l" placeholder="不定时间" options={hours} />
      </Form.Item>
      <Form.Item name="place" label="地点（可不填）">
        <Input maxLength={40} placeholder="如：行政楼201" />
      </Form.Item>
      <Form.Item name="remark" label="给教师的说明（可不填）">
        <Input.TextArea rows={2} maxLength={300} showCount />
      </Form.Item>
    </FormDialog>
  );
}

function initialOf(batch: Batch | undefined, number: number): Partial<Said> {
  if (batch === undefined) return { name: `第${ordinals[number - 1] ?? number}批` };
  const { name, plannedOn, fromHour, toHour, place, remark } = batch;
  return {
    name,
    plannedOn,
    ...(fromHour === null ? {} : { fromHour }),
    ...(toHour === null ? {} : { toHour }),
    ...(place === null ? {} : { place }),
    ...(remark === null ? {} : { remark }),
  };
}

function given(text: string | undefined): string | null {
  return text === undefined || text.trim() === "" ? null : text.trim();
}
