import type { DirectoryItem } from "@shice/contract/organisations.ts";
import { App, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useCampaign } from "../../ui/campaign.ts";
import { client } from "../../ui/client.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SchoolPicker } from "../../ui/SchoolPicker.tsx";
import { AuthorityItem } from "./authorities.tsx";
import { Consequences, Receiving } from "./Consequences.tsx";
import { DayItem, DetailItems, isoDayOf, KindItem, NameItem, ReasonItem } from "./fields.tsx";
import { movedText } from "./moved-text.ts";

export type SchoolChange = "rename" | "alias" | "details" | "pass" | "merge";
type School = Pick<
  DirectoryItem,
  "id" | "name" | "kind" | "ownership" | "industryRun" | "authorityId" | "confirmationPointId"
>;
interface DialogProps {
  school: School;
  onClose: () => void;
}

/** The dialogue of one change of a school. */
export function ChangeDialog({ change, ...props }: DialogProps & { change: SchoolChange }) {
  switch (change) {
    case "rename":
      return <RenameDialog {...props} />;
    case "alias":
      return <AliasDialog {...props} />;
    case "details":
      return <DetailsDialog {...props} />;
    case "pass":
      return <PassDialog schools={[props.school]} onClose={props.onClose} />;
    case "merge":
      return <MergeDialog {...props} />;
  }
}

function useToday(): Dayjs {
  return dayjs(useCampaign().now);
}

interface Dated {
  on: Dayjs;
  reason: string;
}

function RenameDialog({ school, onClose }: DialogProps) {
  return (
    <FormDialog<Dated & { name: string }, unknown>
      title={`更名：${school.name}`}
      button="更名"
      tells="原名保留备查，仍可按原名查找。名册和申请中的校名随之改为新名称。"
      initial={{ on: useToday() }}
      send={({ name, on, reason }, once) =>
        client.organisations.renameSchool({ school: school.id, name, on: isoDayOf(on), reason }, once)
      }
      onDone={onClose}
      onCancel={onClose}
    >
      <NameItem name="name" label="新名称" />
      <DayItem label="更名日期" />
      <ReasonItem />
    </FormDialog>
  );
}

function AliasDialog({ school, onClose }: DialogProps) {
  return (
    <FormDialog<{ name: string }, unknown>
      title={`增加简称：${school.name}`}
      button="增加"
      tells="增加后，教师和经办人可以按这个简称查找到学校。申请表上仍是学校全称。"
      send={({ name }, once) => client.organisations.addAlias({ school: school.id, name }, once)}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="name" label="简称" rules={[{ required: true, whitespace: true, message: "请填写简称。" }]}>
        <Input maxLength={60} />
      </Form.Item>
    </FormDialog>
  );
}

export function RemoveAliasDialog({ school, name, onClose }: DialogProps & { name: string }) {
  return (
    <FormDialog<{ reason: string }, unknown>
      title={`删除简称“${name}”`}
      button="删除"
      grave
      tells={`删除后，按“${name}”不再查找到${school.name}。删除的经过保留在变动记录中。`}
      send={({ reason }, once) => client.organisations.removeAlias({ school: school.id, name, reason }, once)}
      onDone={onClose}
      onCancel={onClose}
    >
      <ReasonItem />
    </FormDialog>
  );
}

function DetailsDialog({ school, onClose }: DialogProps) {
  const { message } = App.useApp();
  const point = school.confirmationPointId === school.id ? ("school" as const) : ("authority" as const);
  return (
    <FormDialog<
      Dated & Pick<School, "kind" | "ownership" | "industryRun"> & { confirmationPoint: "school" | "authority" },
      Awaited<ReturnType<typeof client.organisations.changeSchool>>
    >
      title={`变更登记：${school.name}`}
      button="变更"
      tells="变更类别、举办者、行业办学或确认点。变更确认点的，没有报送的名册和申请随之转到新的确认点。"
      initial={{
        kind: school.kind,
        ownership: school.ownership,
        industryRun: school.industryRun,
        confirmationPoint: point,
        on: useToday(),
      }}
      send={({ on, ...details }, once) =>
        client.organisations.changeSchool({ school: school.id, ...details, on: isoDayOf(on) }, once)
      }
      onDone={({ went: moved }) => {
        if (moved.campaigns.length > 0) message.success(movedText(moved));
        onClose();
      }}
      onCancel={onClose}
    >
      <KindItem name="kind" />
      <DetailItems />
      <DayItem />
      <ReasonItem />
    </FormDialog>
  );
}

/** One school or many pass to another authority, as when areas are reformed. */
export function PassDialog({
  schools,
  onClose,
}: {
  schools: readonly Pick<School, "id" | "name" | "authorityId">[];
  onClose: () => void;
}) {
  const { message } = App.useApp();
  const [first] = schools;
  const one = schools.length === 1 ? first : undefined;
  const authorities = new Set(schools.map(({ authorityId }) => authorityId));
  const [only] = authorities.size === 1 ? authorities : [];
  return (
    <FormDialog<Dated & { authority: string }, Awaited<ReturnType<typeof client.organisations.passSchools>>>
      title={one === undefined ? `划转：${schools.length}所学校` : `划转：${one.name}`}
      button="划转"
      grave
      tells={
        <>
          学校从所选日期起归另一注册机构管理。没有报送的名册和申请随之转去；已经报送的，由原注册机构办完。
          {one === undefined && `所选学校：${schools.map(({ name }) => name).join("、")}。`}
        </>
      }
      initial={{ on: useToday() }}
      send={({ authority, on, reason }, once) =>
        client.organisations.passSchools(
          { schools: schools.map(({ id }) => id), authority, on: isoDayOf(on), reason },
          once,
        )
      }
      onDone={({ went: moved }) => {
        message.success(movedText(moved));
        onClose();
      }}
      onCancel={onClose}
    >
      {one !== undefined && <Consequences school={one.id} to="authority" />}
      <AuthorityItem label="划归的注册机构" {...(only === undefined ? {} : { but: only })} />
      <DayItem label="划转日期" />
      <ReasonItem />
    </FormDialog>
  );
}

function MergeDialog({ school, onClose }: DialogProps) {
  const { message } = App.useApp();
  const [into, setInto] = useState<string>();
  return (
    <FormDialog<Dated & { into: string }, Awaited<ReturnType<typeof client.organisations.mergeSchool>>>
      title={`并入：${school.name}`}
      button="并入"
      grave
      tells="并入后本校撤销，不再办理新的申请。名册和没有报送的申请随即转到并入的学校，由该校继续办理；已经报送的，由区县继续办理。"
      initial={{ on: useToday() }}
      send={({ into, on, reason }, once) =>
        client.organisations.mergeSchool({ school: school.id, into, on: isoDayOf(on), reason }, once)
      }
      onDone={({ went: moved, into: { name } }) => {
        message.success(`已并入${name}。${movedText(moved)}`);
        onClose();
      }}
      onCancel={onClose}
    >
      <Consequences school={school.id} to="school" />
      <Form.Item name="into" label="并入的学校" rules={[{ required: true, message: "请选择学校。" }]}>
        <SchoolPicker onChange={setInto} />
      </Form.Item>
      {into !== undefined && into !== school.id && <Receiving school={into} from={school} />}
      <DayItem label="并入日期" />
      <ReasonItem />
    </FormDialog>
  );
}
