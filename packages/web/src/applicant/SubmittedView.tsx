import { assistedMarkOf } from "@shice/contract/sentences/assistance.zh.ts";
import { fullDayText } from "@shice/contract/sentences/days.zh.ts";
import { endText, momentText } from "@shice/contract/sentences/moment.ts";
import { remediesText } from "@shice/contract/sentences/remedies.zh.ts";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { type CampaignView, conclusionName } from "../ui/campaign.ts";
import { client, queryClient } from "../ui/client.ts";
import { FormFacts } from "../ui/FormFacts.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { Fetched, ProblemAlert } from "../ui/problem.tsx";
import { Standing } from "../ui/Standing.tsx";
import { Acts } from "./Acts.tsx";
import { forgetSubmitted, wasJustSubmitted } from "./just-submitted.ts";
import { OnNotice } from "./OnNotice.tsx";
import { type About, addressOf, type Own, useAbout } from "./own-application.ts";
import { Path } from "./StageList.tsx";
import { TalkLink } from "./TalkLink.tsx";
import { useOwn } from "./teacher-context.ts";

/** After submission: where it stands, whose turn, by when; what was sent; the result; what may still be done. */
export function After({ own, again }: { own: Own; again?: ReactNode }) {
  const { campaign } = useOwn();
  const about = useAbout(campaign.key, own.id);
  return (
    <>
      <h1>我的申请</h1>
      <JustSubmitted own={own} />
      <Standing sentence={own.standing.sentence} over={own.standing.whoseTurn === null} />
      <Path state={own.state} />
      <Fetched query={about}>
        {(known) => (
          <>
            <Result campaign={campaign} own={own} about={known} />
            <OnNotice campaign={campaign} own={own} about={known} />
            {own.state === "submitted" && <ToDo about={known} own={own} />}
            <section className="panel" aria-label="申请概况">
              <dl className="facts">
                <div>
                  <dt>申请编号</dt>
                  <dd>{own.number}</dd>
                </div>
                <div>
                  <dt>状态</dt>
                  <dd>{own.stateTitle}</dd>
                </div>
                {own.assistance !== null && (
                  <div>
                    <dt>填写</dt>
                    <dd>{assistedMarkOf(own.assistance.attestedAt === null ? "unattested" : "attested", own.state)}</dd>
                  </div>
                )}
                {own.submittedAt !== null && (
                  <div>
                    <dt>提交时间</dt>
                    <dd>{momentText(own.submittedAt)}</dd>
                  </div>
                )}
                <div>
                  <dt>确认点</dt>
                  <dd>{known.confirmationPoint ?? "未确定"}</dd>
                </div>
                <div>
                  <dt>注册机构</dt>
                  <dd>{known.authority ?? "未确定"}</dd>
                </div>
              </dl>
              <Prints own={own} />
              <Acts own={own} />
            </section>
            <details className="panel">
              <summary>查看填报的内容</summary>
              <FormFacts
                form={own.form}
                known={{
                  ...(own.school === null ? {} : { schoolId: own.school }),
                  ...(known.lendingSchool === null ? {} : { lendingSchoolId: known.lendingSchool }),
                }}
              />
            </details>
          </>
        )}
      </Fetched>
      <p className="row">
        <TalkLink campaign={campaign.key} application={own.id} />
        <Link to="/my/messages">我的消息</Link>
        <Link to="/my/more">办理经过、谁看过我的材料</Link>
      </p>
      {again}
    </>
  );
}

/** Said once, right after the button: that it is submitted, and what comes next. */
function JustSubmitted({ own }: { own: Own }) {
  const note = useRef<HTMLDivElement>(null);
  const [just] = useState(() => wasJustSubmitted(own.id));
  useEffect(() => {
    note.current?.focus();
    return forgetSubmitted;
  }, []);
  // Said for as long as it is true: whoever takes it back the next moment must not be told to print.
  if (!just || own.submittedAt === null || own.state !== "submitted") return null;
  return (
    <div ref={note} tabIndex={-1}>
      <Note
        kind="good"
        role="status"
        title={`申请已提交，申请编号 ${own.number}，提交时间 ${momentText(own.submittedAt)}。`}
      >
        请打印申请表和现场确认凭条，按时带材料原件到学校确认。提交的回执已发到您的消息和邮箱。
      </Note>
    </div>
  );
}

function Prints({ own }: { own: Own }) {
  const { campaign } = useOwn();
  if (own.state === "withdrawn" || own.state === "lapsed") return null;
  const link = (what: string) => addressOf(campaign.key, own.id, what);
  return (
    <div className="row">
      <a className="button primary" href={link("form.pdf")} target="_blank" rel="noreferrer">
        打印申请表（一式两份）
      </a>
      <a className="button" href={link("slip.pdf")} target="_blank" rel="noreferrer">
        打印现场确认凭条和材料清单
      </a>
    </div>
  );
}

/** What to do until the desk. */
function ToDo({ about, own }: { about: About; own: Own }) {
  return (
    <section className="panel" aria-label="接下来要做的">
      <h2>接下来要做的</h2>
      <ol>
        <li>打印申请表一式两份，每份由本人签名。</li>
        <li>
          准备以下材料，到{about.confirmationPoint ?? "学校"}现场确认
          {own.standing.by === null ? "" : `（${endText(own.standing.by)}前）`}：
          <ul>
            {about.materials
              .filter(({ suppliedBy }) => suppliedBy === "applicant")
              .map(({ key, name }) => (
                <li key={key}>{name}</li>
              ))}
          </ul>
        </li>
        <li>学校确认后，会发消息告诉您。</li>
      </ol>
    </section>
  );
}

/** Signed for before it is shown, so that both sides know from which day the time for remedies runs. */
function Receive({
  campaign,
  own,
  decision,
}: {
  campaign: string;
  own: Own;
  decision: { number: string; decidedAt: string };
}) {
  const receive = useMutation({
    mutationFn: () => client.applicant.receiveConclusion({ campaign, application: own.id }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  return (
    <section className="panel" aria-label="注册结论">
      <h2>注册结论已作出，请签收</h2>
      <p>
        决定文号 {decision.number}，{momentText(decision.decidedAt)}
        作出。签收后显示结论，签收时间会记录下来。不服结论的，依法申请行政复议、提起行政诉讼的期限从知道结论之日起计算。
      </p>
      {receive.error !== null && <ProblemAlert error={receive.error} />}
      <Button kind="primary" busy={receive.isPending} onClick={() => receive.mutate()}>
        签收并查看结论
      </Button>
    </section>
  );
}

/** The conclusion with its proof, and when the next registration is due. */
function Result({ campaign, own, about }: { campaign: CampaignView; own: Own; about: About }) {
  if (own.conclusion === null || about.decision === null) return null;
  const name = conclusionName(campaign, own.conclusion) ?? own.conclusion;
  if (about.decision.revoked) {
    return <Note kind="bad" title={`注册结论“${name}”已经撤销，撤销的理由见办理经过。`} />;
  }
  const { number, decidedAt, receivedAt } = about.decision;
  if (receivedAt === null) return <Receive campaign={campaign.key} own={own} decision={{ number, decidedAt }} />;
  return (
    <section className="panel" aria-label="注册结论">
      <h2>注册结论：{name}</h2>
      <p>
        决定文号 {number}，{momentText(decidedAt)}作出，您于{momentText(receivedAt)}签收。
      </p>
      {about.nextOpensOn !== null ? (
        <p>
          下一次定期注册从{fullDayText(about.nextOpensOn)}
          起可以申请，到时请留意当年的通知。期间每年的年度考核、继续教育学时请妥善保存证明。
        </p>
      ) : own.conclusion === "defer" ? (
        <p>暂缓的原因消除后，可以带有关证明在以后的批次重新申请。对结论有疑问的，请联系区县教育行政部门。</p>
      ) : (
        <p>对结论有疑问的，请联系区县教育行政部门。</p>
      )}
      {about.nextOpensOn === null && <p>{remediesText(receivedAt)}</p>}
      <div className="row">
        <a className="button" href={addressOf(campaign.key, own.id, "result.pdf")} target="_blank" rel="noreferrer">
          下载电子证明（PDF，带二维码）
        </a>
        <a href="/verify">怎样核验</a>
      </div>
    </section>
  );
}
