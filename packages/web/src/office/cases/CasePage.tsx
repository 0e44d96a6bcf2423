import { assistedMarkOf } from "@shice/contract/sentences/assistance.zh.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Card, Descriptions, Space, Tag, Typography } from "antd";
import { useState } from "react";
import { AssistanceRecord } from "../../ui/AssistanceRecord.tsx";
import { assistedMarks } from "../../ui/assisted-marks.tsx";
import { conclusionName, useCampaign } from "../../ui/campaign.ts";
import type { CaseView } from "../../ui/case-view.ts";
import { api } from "../../ui/client.ts";
import { FormFacts } from "../../ui/FormFacts.tsx";
import { History } from "../../ui/History.tsx";
import { endText, momentText } from "../../ui/moment.ts";
import { PrintForm } from "../../ui/PrintForm.tsx";
import { Fetched } from "../../ui/problem.tsx";
import { Standing } from "../../ui/Standing.tsx";
import { findAct } from "../act-registry.ts";
import { ActDialog } from "../acts/ActDialog.tsx";
import { ConversationCard } from "../conversation/ConversationCard.tsx";
import { Checklist } from "../desk/Checklist.tsx";
import { Scans } from "../desk/Scans.tsx";
import { DistrictFacts } from "../preliminary/DistrictFacts.tsx";
import { neighboursOf } from "../queues/neighbours.ts";
import { RevealIdNumber } from "./RevealIdNumber.tsx";

/** One case: form, checklist, what was found and said, what may be done now and what not, and why. */
export function CasePage() {
  const { application = "" } = useParams({ strict: false });
  const campaign = useCampaign();
  const query = useQuery(api.cases.getCase.queryOptions({ input: { campaign: campaign.key, application } }));
  return <Fetched query={query}>{(found) => <Case key={found.id} found={found} />}</Fetched>;
}

function Case({ found }: { found: CaseView }) {
  const campaign = useCampaign();
  const desk = found.actions.some(({ name }) => name === "confirm");
  return (
    <>
      <CaseHead found={found} />
      <Standing sentence={found.standing.sentence} over={found.standing.whoseTurn === null} />
      {found.appeal !== null && (
        <Alert
          type={found.appeal.answer === null ? "warning" : "info"}
          showIcon
          title={found.appeal.answer === null ? "有申诉待答复" : "申诉已答复：不成立"}
          description={`${momentText(found.appeal.raisedAt)}提出：${found.appeal.statement}${
            found.appeal.answer === null ? "" : `　答复：${found.appeal.answer}`
          }`}
        />
      )}
      <Returns found={found} />
      <div className="case">
        <div className="stack-l">
          <Card title="申请表" size="small">
            <FormFacts
              form={found.form}
              known={found.school === null ? {} : { schoolId: found.school }}
              marks={assistedMarks(found)}
            />
          </Card>
          <Papers found={found} />
        </div>
        <div className="stack-l">
          <Findings found={found} />
          {found.suggestion !== null && <Suggestion found={found} />}
          {found.actions.some(({ name }) => name === "decide") && <DistrictFacts found={found} />}
          <Card title="材料核验与证书比对" size="small">
            <Checklist found={found} campaign={campaign.key} editable={desk} />
          </Card>
          <Opinions found={found} />
          <ConversationCard campaign={campaign.key} application={found.id} />
          <Card title="办理经过" size="small">
            <History campaign={campaign.key} application={found.id} />
          </Card>
          {found.assisted !== null && (
            <Card title="学校代填的记录" size="small">
              <AssistanceRecord campaign={campaign.key} application={found.id} />
            </Card>
          )}
        </div>
      </div>
      <Actions found={found} />
    </>
  );
}

function CaseHead({ found }: { found: CaseView }) {
  const campaign = useCampaign();
  const navigate = useNavigate();
  const { previous, next, place } = neighboursOf(found.id);
  const go = (application: string | undefined) => {
    if (application !== undefined)
      void navigate({ to: "/office/$campaign/case/$application", params: { campaign: campaign.key, application } });
  };
  return (
    <div className="page-head">
      <Typography.Title level={2} className="no-margin">
        {found.name}
      </Typography.Title>
      <Tag color="blue">{found.stateTitle}</Tag>
      {found.assisted !== null && <span className="mark">{assistedMarkOf(found.assisted, found.state)}</span>}
      <span>申请编号 {found.number}</span>
      <span>
        证件号码 {found.idNumberMasked} <RevealIdNumber application={found.id} />
      </span>
      <span>{found.registrationKind === "first" ? "首次注册" : "定期注册"}</span>
      {found.conclusion !== null && found.state !== "revoked" && (
        <span>{found.receivedAt === null ? "结论尚未签收" : `结论${momentText(found.receivedAt)}签收`}</span>
      )}
      <span className="grow" />
      <Space className="no-print" wrap>
        <span>{place}</span>
        <PrintForm application={found.id} />
        {found.assisted === "unattested" && found.actions.some(({ name }) => name === "assist") && (
          <Button
            onClick={() =>
              navigate({
                to: "/office/$campaign/assistance/$application",
                params: { campaign: campaign.key, application: found.id },
              })
            }
          >
            继续代填
          </Button>
        )}
        <Button onClick={() => go(previous)} disabled={previous === undefined}>
          上一件
        </Button>
        <Button onClick={() => go(next)} disabled={next === undefined}>
          下一件
        </Button>
        <Button onClick={() => navigate({ to: "/office/$campaign/queue", params: { campaign: campaign.key } })}>
          回到办件
        </Button>
      </Space>
    </div>
  );
}

const levels = {
  blocks: { type: "error", word: "须改正" },
  "blocks-unless-attested": { type: "error", word: "须改正或说明" },
  warns: { type: "warning", word: "请核对" },
  informs: { type: "info", word: "提示" },
} as const;

/** What the teacher has sent in; opened when it is wanted, since the teacher is told who has looked at it. */
function Papers({ found }: { found: CaseView }) {
  const [open, setOpen] = useState(false);
  const { attachments, checklist } = found;
  if (attachments.length === 0) return null;
  return (
    <Card title={`照片和扫描件（${attachments.length}页）`} size="small">
      {open ? (
        <Scans
          application={found.id}
          pages={attachments}
          titles={new Map(checklist.map(({ key, name }) => [key, name]))}
          entered={String(found.form["certificateNumber"] ?? "")}
        />
      ) : (
        <Button onClick={() => setOpen(true)}>查看</Button>
      )}
    </Card>
  );
}

function Findings({ found }: { found: CaseView }) {
  if (found.findings.length === 0) return null;
  return (
    <Card title={`系统提示（${found.findings.length}项）`} size="small">
      <div className="stack">
        {found.findings.map(({ code, field, level, sentence }) => (
          <Alert
            key={`${code}${field ?? ""}`}
            type={levels[level].type}
            showIcon
            title={`${levels[level].word}：${sentence}`}
          />
        ))}
      </div>
    </Card>
  );
}

function Suggestion({ found }: { found: CaseView }) {
  const { suggestion } = found;
  if (suggestion === null) return null;
  return (
    <Card title="建议结论（仅供参考，由人工决定）" size="small">
      <Typography.Paragraph strong>{suggestion.title}</Typography.Paragraph>
      <ul className="reasons">
        {suggestion.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {suggestion.undecided.map((sentence) => (
          <li key={sentence}>须核实：{sentence}</li>
        ))}
      </ul>
    </Card>
  );
}

function Opinions({ found }: { found: CaseView }) {
  const campaign = useCampaign();
  if (found.opinions.length === 0) return null;
  return (
    <Card title="各级意见" size="small">
      {found.opinions.map((opinion) => (
        <Descriptions
          key={`${opinion.stage}${opinion.givenAt}`}
          size="small"
          column={1}
          items={[
            { key: "conclusion", label: opinion.stageTitle, children: conclusionName(campaign, opinion.conclusion) },
            { key: "reasons", label: "事由", children: opinion.reasons.map(({ text }) => text).join("；") },
            ...(opinion.text === null ? [] : [{ key: "text", label: "说明", children: opinion.text }]),
            { key: "at", label: "时间", children: momentText(opinion.givenAt) },
          ]}
        />
      ))}
    </Card>
  );
}

/** What was asked of the teacher or the school, the newest first, and whether it was answered. */
function Returns({ found }: { found: CaseView }) {
  return found.returns.toReversed().map((asked) => (
    <Alert
      key={asked.round}
      type={asked.answeredAt === null && asked.outcome === null ? "warning" : "info"}
      className="below-s"
      title={`第${asked.round}次退回（${asked.stageTitle}）：${asked.asked.map(({ text }) => text).join("；")}`}
      description={
        <>
          {asked.text !== null && <div>{asked.text}</div>}
          <div>
            {momentText(asked.askedAt)} 退回，
            {asked.answeredAt === null ? `${endText(asked.replyBy)} 前答复` : `${momentText(asked.answeredAt)} 已答复`}
          </div>
        </>
      }
    />
  ));
}

function isGrave(name: string): boolean {
  return findAct(name)?.grave === true;
}

/** What the rules allow now, as buttons; what they do not, greyed, with the reason in words beside. */
function Actions({ found }: { found: CaseView }) {
  const campaign = useCampaign();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<string>();
  // What takes something from somebody stands last, and is never the first thing to press.
  const offered = found.actions
    .filter(({ name }) => findAct(name) !== undefined && !(name === "mark" && found.markWith === "annotation"))
    .toSorted((a, b) => Number(isGrave(a.name)) - Number(isGrave(b.name)));
  // The step that leads on; where it is not yet possible no other one takes its colour, least of all a return.
  const main = offered.find(({ name }) => !isGrave(name))?.name;
  const refused = offered.filter(({ allowed }) => !allowed);
  const spec = chosen === undefined ? undefined : findAct(chosen);
  const title = offered.find(({ name }) => name === chosen)?.title ?? "";
  if (offered.length === 0) return null;
  return (
    <section className="actions" aria-label="可以办理的事项">
      <Space wrap>
        {offered.map((action) => (
          <Button
            key={action.name}
            type={action.name === main ? "primary" : "default"}
            danger={isGrave(action.name)}
            disabled={!action.allowed}
            aria-describedby={action.allowed ? undefined : `why-${action.name}`}
            onClick={() => setChosen(action.name)}
          >
            {action.title}
          </Button>
        ))}
      </Space>
      {refused.length > 0 && (
        <ul className="reasons">
          {refused.map(({ name, title, refusal }) => (
            <li key={name} id={`why-${name}`}>
              {title}：{refusal?.sentence}
            </li>
          ))}
        </ul>
      )}
      {spec !== undefined && chosen !== undefined && (
        <ActDialog
          title={title}
          spec={spec}
          about={`${found.name}（${found.number}）`}
          target={{ campaign: campaign.key, application: found.id, version: found.version }}
          proposed={found.suggestion?.conclusion ?? null}
          onCancel={() => setChosen(undefined)}
          onDone={() => {
            setChosen(undefined);
            message.success(`${found.name}：${title}，已办理。`);
            const { next } = neighboursOf(found.id);
            if (next !== undefined)
              void navigate({
                to: "/office/$campaign/case/$application",
                params: { campaign: campaign.key, application: next },
              });
          }}
        />
      )}
    </section>
  );
}
