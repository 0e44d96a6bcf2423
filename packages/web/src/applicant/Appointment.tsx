import { dayText, hourText } from "@shice/contract/sentences/days.zh.ts";
import { useQuery } from "@tanstack/react-query";
import { api } from "../ui/client.ts";
import { Note } from "../ui/plain/Note.tsx";
import { useOwn } from "./teacher-context.ts";

/** When and where the school wants to see the teacher, once it has said so; gone when the school has confirmed. */
export function Appointment() {
  const { campaign, own } = useOwn();
  const { data } = useQuery(api.roster.getAppointment.queryOptions({ input: { campaign: campaign.key } }));
  const isToCome = own === null || own.state === "draft" || own.state === "submitted" || own.state === "returned";
  if (data == null || !isToCome) return null;
  const { school, batch, plannedOn, fromHour, toHour, place, remark, over } = data;
  const hours = fromHour === null || toHour === null ? "" : ` ${hourText(fromHour)}至${hourText(toHour)}`;
  const when = `${dayText(plannedOn)}${hours}`;
  return (
    <Note
      kind={over ? "heed" : "info"}
      title={
        over
          ? `${school}安排您于${when}现场确认（${batch}），日期已过。还没有办理的，请尽快与学校经办人联系。`
          : `${school}请您于${when}现场确认（${batch}）。`
      }
    >
      {place !== null && <p>地点：{place}</p>}
      {remark !== null && <p>{remark}</p>}
      {!over && own?.state !== "submitted" && <p>请在这之前提交申请，届时携带打印并签名的申请表和材料原件。</p>}
    </Note>
  );
}
