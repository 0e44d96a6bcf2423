import type { Consequences as Told } from "@shice/contract/organisations.ts";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useCampaignKey } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

type Holds = Told["campaigns"][number];

const parts = [
  ["draft", "填报中"],
  ["submitted", "待现场确认"],
  ["returned", "退回修改"],
  ["confirmed", "已确认待报送"],
  ["sentBack", "区县退回"],
] as const;

/** What a change of a school will bring along, told before it is done. `with`: another school, or another authority. */
export function Consequences({ school, to }: { school: string; to: "school" | "authority" }) {
  const { data, error } = useQuery(api.organisations.getConsequences.queryOptions({ input: { school } }));
  if (error !== null) return <ProblemAlert error={error} />;
  if (data === undefined) return <Alert type="info" title="正在统计涉及的名册和申请……" className="below" />;
  return (
    <Alert
      type="info"
      showIcon
      className="below"
      title="随之转移的"
      description={
        <>
          {data.campaigns.length === 0 && <div>现在没有名册和申请，没有需要转移的。</div>}
          {data.campaigns.map((holds) => (
            <Held key={holds.campaign} holds={holds} to={to} />
          ))}
          {to === "school" && (
            <div>
              {data.clerks.length === 0
                ? "本校没有经办人。"
                : `经办人${data.clerks.map(({ name }) => name).join("、")}的岗位随学校撤销而终止；要在现在的学校办理的，由系统管理员另行邀请。`}
            </div>
          )}
        </>
      }
    />
  );
}

function Held({ holds, to }: { holds: Holds; to: "school" | "authority" }) {
  // What the old authority has asked is answered to it.
  const going = parts.filter(([key]) => to === "school" || key !== "sentBack");
  const cases = going.reduce((sum, [key]) => sum + holds[key], 0);
  const entries = holds.entries + (to === "school" ? holds.entriesSentBack : 0);
  const told = going.filter(([key]) => holds[key] > 0).map(([key, title]) => `${title}${holds[key]}件`);
  const staying = holds.beyond + (to === "school" ? 0 : holds.sentBack);
  return (
    <div>
      {holds.title}：名册{entries}人，申请{cases}件{told.length === 0 ? "" : `（${told.join("、")}）`}。
      {holds.confirmed > 0 && "已确认的不必重新确认。"}
      {staying > 0 && `已报送的${staying}件留在原处，由原注册机构继续办理。`}
    </div>
  );
}

/** Whether anybody is there to go on with what comes, and whether it goes to another authority. */
export function Receiving({ school, from }: { school: string; from: { authorityId: string } }) {
  const campaign = useCampaignKey();
  const { data } = useQuery(api.organisations.getSchool.queryOptions({ input: { campaign, school } }));
  if (data === undefined) return null;
  const clerks = (data.clerks ?? []).filter(({ until }) => until === null);
  return (
    <>
      {data.authorityId !== from.authorityId && (
        <Alert
          type="warning"
          showIcon
          className="below"
          title={`所选学校由${data.authority}管理，没有报送的申请随之改由该机构初审。请核对是否选对学校。`}
        />
      )}
      {clerks.length === 0 ? (
        <Alert
          type="warning"
          showIcon
          className="below"
          title="所选学校还没有经办人。请系统管理员尽快邀请，以免转去的申请无人办理。"
        />
      ) : (
        <Alert
          type="success"
          showIcon
          className="below"
          title={`转去后由${clerks.map(({ name }) => name).join("、")}办理。`}
        />
      )}
    </>
  );
}
