import { Alert, Button, Card, Descriptions, Form, Input, Space } from "antd";
import { useState } from "react";
import { type CampaignView, conclusionName } from "../ui/campaign.ts";
import { client } from "../ui/client.ts";
import { FormDialog, type OnceContext } from "../ui/FormDialog.tsx";
import { FormFacts } from "../ui/FormFacts.tsx";
import { History } from "../ui/History.tsx";
import { momentText } from "../ui/moment.ts";
import { Standing } from "../ui/Standing.tsx";
import type { Own } from "./MyPage.tsx";

type Target = { campaign: string; application: string };
interface OwnAct {
  tells: string;
  asks?: { name: "reason" | "statement"; label: string; least: number };
  send: (target: Target, words: string, once: OnceContext) => Promise<unknown>;
}

/** What teachers may do with their submitted application, by the act's name. */
const acts: Record<string, OwnAct> = {
  recall: {
    tells: "撤回后申请回到填报中，请在网上报名截止前再次提交。",
    send: (target, _words, once) => client.applicant.recall(target, once),
  },
  withdraw: {
    tells: "撤回后本批次不再办理您的申请。",
    asks: { name: "reason", label: "撤回的理由", least: 2 },
    send: (target, reason, once) => client.applicant.withdraw({ ...target, reason }, once),
  },
};
const askWithdrawal: OwnAct = {
  tells: "学校已经确认并收取了材料。学校同意后，您才能撤回申请。",
  asks: { name: "reason", label: "撤回的理由", least: 2 },
  send: (target, reason, once) => client.applicant.askWithdrawal({ ...target, reason }, once),
};
const appeal: OwnAct = {
  tells: "对公示中的本人结论有异议的，可以在公示期内提出。区县核查后书面答复。",
  asks: { name: "statement", label: "异议的事实和理由", least: 10 },
  send: (target, statement, once) => client.applicant.appeal({ ...target, statement }, once),
};

/** After submission: where it stands, whose turn, by when; what was sent; what may still be done. */
export function Submitted({ campaign, own }: { campaign: CampaignView; own: Own }) {
  const [chosen, setChosen] = useState<{ title: string; act: OwnAct }>();
  const offered = [
    ...own.actions.flatMap(({ name, title, allowed, refusal }) => {
      const act = acts[name];
      return act === undefined ? [] : [{ title, allowed, why: refusal?.sentence, act }];
    }),
    ...(own.state === "confirmed"
      ? [{ title: "请学校同意撤回", allowed: true, why: undefined, act: askWithdrawal }]
      : []),
    ...(own.state === "on-notice" ? [{ title: "提出异议", allowed: true, why: undefined, act: appeal }] : []),
  ];
  return (
    <>
      <Standing sentence={own.standing.sentence} over={own.standing.whoseTurn === null} />
      {own.conclusion !== null && (
        <Alert
          type="success"
          showIcon
          title={`注册结论：${conclusionName(campaign, own.conclusion)}`}
          style={{ marginBottom: 12 }}
        />
      )}
      <Descriptions
        column={{ xs: 1, md: 2 }}
        size="small"
        items={[
          { key: "number", label: "申请编号", children: own.number },
          { key: "state", label: "状态", children: own.stateTitle },
          ...(own.submittedAt === null
            ? []
            : [{ key: "at", label: "提交时间", children: momentText(own.submittedAt) }]),
        ]}
      />
      {offered.length > 0 && (
        <Space wrap style={{ marginBlock: 12 }}>
          {offered.map(({ title, allowed, why, act }) => (
            <span key={title}>
              <Button disabled={!allowed} onClick={() => setChosen({ title, act })}>
                {title}
              </Button>
              {!allowed && why !== undefined && <div>{why}</div>}
            </span>
          ))}
        </Space>
      )}
      <Card title="所填内容" style={{ marginBottom: 16 }}>
        <FormFacts form={own.form} known={own.school === null ? {} : { schoolId: own.school }} />
      </Card>
      <Card title="办理经过">
        <History campaign={campaign.key} application={own.id} />
      </Card>
      {chosen !== undefined && (
        <FormDialog<{ words: string }, unknown>
          title={chosen.title}
          tells={chosen.act.tells}
          send={({ words }, once) =>
            chosen.act.send({ campaign: campaign.key, application: own.id }, words ?? "", once)
          }
          onDone={() => setChosen(undefined)}
          onCancel={() => setChosen(undefined)}
        >
          {chosen.act.asks !== undefined && (
            <Form.Item
              name="words"
              label={chosen.act.asks.label}
              rules={[
                {
                  required: true,
                  whitespace: true,
                  min: chosen.act.asks.least,
                  message: `请填写${chosen.act.asks.label}（不少于${chosen.act.asks.least}字）。`,
                },
              ]}
            >
              <Input.TextArea rows={4} maxLength={500} showCount />
            </Form.Item>
          )}
        </FormDialog>
      )}
    </>
  );
}
