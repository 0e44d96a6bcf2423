import { auditRoleTitles } from "@shice/contract/audit-words.ts";
import { momentText } from "@shice/contract/sentences/moment.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { AssistanceRecord } from "../ui/AssistanceRecord.tsx";
import { api } from "../ui/client.ts";
import { History } from "../ui/History.tsx";
import { Fetched, Nothing } from "../ui/problem.tsx";
import { Acts } from "./Acts.tsx";
import { useOwn } from "./teacher-context.ts";

const actionTexts: Record<string, string> = {
  view: "查看申请",
  "reveal-id-number": "查看完整证件号码",
  "print-form": "打印申请表",
  "view-file": "查看照片或扫描件",
  "assist-begin": "开始代为填写",
  "assist-view": "查看（代为填写）",
  "ask-attestation": "提醒本人核对代填的内容",
  "print-assistance": "打印代填核对单",
  "view-conversation": "查看留言",
};

/** Everything that was done with the application, and everyone who has looked at it. */
export function MorePage() {
  const { campaign, own } = useOwn();
  if (own === null) return <Nothing text="您还没有本批次的申请。" />;
  return (
    <>
      <p>
        <Link to="/my">回到我的申请</Link>
      </p>
      <h1>办理经过和查看记录</h1>
      <section className="panel" aria-label="办理经过">
        <h2>办理经过</h2>
        <History campaign={campaign.key} application={own.id} />
        <Acts own={own} />
      </section>
      {own.assistance !== null && (
        <section className="panel" aria-label="学校代填的记录">
          <h2>学校代填的记录</h2>
          <AssistanceRecord campaign={campaign.key} application={own.id} />
        </section>
      )}
      <section className="panel" aria-label="谁看过我的材料">
        <h2>谁看过我的材料</h2>
        <p className="soft">工作人员每次查看都有记录。这里不显示个人姓名，有疑问的可以向所列单位查询。</p>
        <Views campaign={campaign.key} application={own.id} />
      </section>
    </>
  );
}

function Views(target: { campaign: string; application: string }) {
  const views = useQuery(api.applicant.listViews.queryOptions({ input: target }));
  return (
    <Fetched query={views} rows={3}>
      {(rows) =>
        rows.length === 0 ? (
          <p>还没有人看过。</p>
        ) : (
          <div className="wide-scroll">
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">时间</th>
                  <th scope="col">单位</th>
                  <th scope="col">岗位</th>
                  <th scope="col">做了什么</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ at, organisation, role, action }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two views at one moment have nothing else apart.
                  <tr key={`${at} ${index}`}>
                    <td>{momentText(at)}</td>
                    <td>{organisation ?? "—"}</td>
                    <td>{auditRoleTitles[role]}</td>
                    <td>{actionTexts[action] ?? "办理"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </Fetched>
  );
}
