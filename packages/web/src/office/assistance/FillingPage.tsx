import { formSteps } from "@shice/rules/form/steps.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { Typography } from "antd";
import { useEffect, useMemo } from "react";
import { FillingFrame } from "../../applicant/FillingFrame.tsx";
import { useFilling } from "../../applicant/filling.ts";
import { clearJournal } from "../../applicant/journal.ts";
import type { Own } from "../../applicant/own-application.ts";
import { statusOf, statusTexts } from "../../applicant/progress.ts";
import { SaveLine } from "../../applicant/SaveLine.tsx";
import { FormStep } from "../../applicant/StepPage.tsx";
import { OwnContext } from "../../applicant/teacher-context.ts";
import { AssistanceRecord } from "../../ui/AssistanceRecord.tsx";
import { useCampaign } from "../../ui/campaign.ts";
import { api } from "../../ui/client.ts";
import { Note } from "../../ui/plain/Note.tsx";
import { Fetched } from "../../ui/problem.tsx";
import { Standing } from "../../ui/Standing.tsx";
import { Attestation } from "./Attestation.tsx";
import { clerkSideOf, journalOf } from "./clerk-host.tsx";

/** Around every page of a form that the clerk fills in: whose it is, and one draft above all its steps. */
export function FillingPage() {
  const { application = "" } = useParams({ strict: false });
  const campaign = useCampaign();
  // Each reading is a look into somebody's file, and on record as such: not for every return to the window.
  const once = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnMount: "always" } as const;
  const form = useQuery(
    api.assistance.getForm.queryOptions({ input: { campaign: campaign.key, application }, ...once }),
  );
  const schools = useQuery(
    api.assistance.listSchools.queryOptions({ input: { campaign: campaign.key }, staleTime: 300_000 }),
  );
  return (
    <Fetched query={form}>
      {(own) => (
        <Fetched query={schools}>
          {(list) => (own.state === "draft" ? <Filling own={own} schools={list} /> : <Over own={own} />)}
        </Fetched>
      )}
    </Fetched>
  );
}

function Filling({ own, schools }: { own: Own; schools: readonly { id: string; name: string }[] }) {
  const campaign = useCampaign();
  const side = useMemo(() => clerkSideOf(campaign.key, own.id, schools), [campaign.key, own.id, schools]);
  return (
    <OwnContext value={{ campaign, own }}>
      <FillingFrame own={own} side={side}>
        <Head />
        <div className="plain">
          <Outlet />
        </div>
      </FillingFrame>
    </OwnContext>
  );
}

function Head() {
  const { about, own, campaign } = useFilling();
  return (
    <>
      <p>
        <Link to="/office/$campaign/assistance" params={{ campaign: campaign.key }}>
          回到学校代填
        </Link>
      </p>
      <Typography.Title level={2}>
        代为填写：{about.person.name}
        {own.school !== null && <span className="soft">　{own.school}</span>}
      </Typography.Title>
    </>
  );
}

/** The teacher has submitted, or thrown the draft away: nothing more to fill in. */
function Over({ own }: { own: Own }) {
  const campaign = useCampaign();
  // What came too late is of no more use, and somebody else's data do not stay in this browser.
  useEffect(() => clearJournal(journalOf(own.id)), [own.id]);
  return (
    <>
      <Typography.Title level={2}>代为填写</Typography.Title>
      <Note
        kind={own.assistance?.attestedAt == null ? "info" : "good"}
        title={
          own.assistance?.attestedAt == null
            ? `这份申请现为“${own.stateTitle}”，不能再代填。`
            : "教师本人已核对确认并提交，不能再代填。"
        }
        action={
          <Link
            to="/office/$campaign/case/$application"
            params={{ campaign: campaign.key, application: own.id }}
            className="plain-link"
          >
            查看这份申请
          </Link>
        }
      />
    </>
  );
}

/** Steps that are texts for the teacher, or the teacher's own acts. */
const ofTheTeacher: Partial<Record<number, string>> = {
  1: "本人阅读",
  2: "本人阅读、承诺",
  6: "本人阅读",
  8: "待本人核对确认",
};

/** The eight steps with their states on the clerk's side. */
export function FillingSteps() {
  const { own, draft, read, side, campaign } = useFilling();
  const states = formSteps.map(({ number }) => statusOf(number, draft, read));
  const next = formSteps.find(({ number }) => ofTheTeacher[number] === undefined && states[number - 1] !== "done");
  return (
    <>
      <SaveLine />
      <Standing sentence={own.standing.sentence} />
      <div className="panel">
        <ol className="steps">
          {formSteps.map(({ number, title }) => {
            const theirs = ofTheTeacher[number];
            const state = states[number - 1] ?? "untouched";
            return (
              <li key={number} className={theirs === undefined ? state : ""}>
                <side.StepLink step={number}>
                  <span className="number">{theirs === undefined && state === "done" ? "✓" : number}</span>
                  <span>
                    第{number}步　{title}
                  </span>
                  <span className="status">{theirs ?? statusTexts[state]}</span>
                </side.StepLink>
              </li>
            );
          })}
        </ol>
        <side.StepLink className="button primary" step={next?.number ?? 8}>
          {next === undefined ? "查看全部内容，请本人核对" : `填写第${next.number}步`}
        </side.StepLink>
      </div>
      <Attestation />
      <section className="panel" aria-label="代填记录">
        <h3>代填记录</h3>
        <p className="soft">每次保存都有记录，教师本人和各级办理人员都能看到。</p>
        <AssistanceRecord campaign={campaign.key} application={own.id} />
      </section>
    </>
  );
}

export function FillingStep() {
  const { step } = useParams({ strict: false });
  const number = Number(step);
  return <FormStep key={number} number={number >= 1 && number <= 8 ? number : 1} />;
}
