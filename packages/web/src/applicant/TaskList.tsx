import { endText } from "@shice/contract/sentences/moment.ts";
import { formFields } from "@shice/rules/form/form.ts";
import { formSteps, stepOf } from "@shice/rules/form/steps.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Bar } from "../ui/Bar.tsx";
import { client, noteEnd, queryClient } from "../ui/client.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Dialog } from "../ui/plain/Dialog.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { ProblemAlert } from "../ui/problem.tsx";
import { Standing } from "../ui/Standing.tsx";
import { useFilling } from "./filling.ts";
import { clearJournal } from "./journal.ts";
import { addressOf } from "./own-application.ts";
import { statusOf, statusTexts } from "./progress.ts";
import { SaveLine } from "./SaveLine.tsx";
import { TalkLink } from "./TalkLink.tsx";

/** The eight steps with their states, and the way into each. */
export function TaskList() {
  const { own, draft, read, campaign } = useFilling();
  const states = formSteps.map(({ number }) => statusOf(number, draft, read));
  const done = states.filter((state) => state === "done").length;
  const next = formSteps.find(({ number }) => states[number - 1] !== "done")?.number ?? 8;
  const returned = own.state === "returned";
  return (
    <>
      <SaveLine />
      <h1>{returned ? "按要求修改" : "填写申请"}</h1>
      <Standing sentence={own.standing.sentence} />
      {returned ? <Asked /> : <Note kind="heed" title="申请还没有提交。八步都完成之后，请在第8步提交。" />}
      <div className="panel">
        <p id="progress-text">
          已完成 {done} 步，共 {formSteps.length} 步
        </p>
        <div
          className="progress"
          role="progressbar"
          aria-labelledby="progress-text"
          aria-valuemin={0}
          aria-valuemax={formSteps.length}
          aria-valuenow={done}
        >
          <Bar share={done / formSteps.length} />
        </div>
        <ol className="steps">
          {formSteps.map(({ number, title }) => {
            const state = states[number - 1] ?? "untouched";
            return (
              <li key={number} className={state}>
                <Link to="/my/step/$step" params={{ step: String(number) }}>
                  <span className="number">{state === "done" ? "✓" : number}</span>
                  <span>
                    第{number}步　{title}
                  </span>
                  <span className="status">{number === 8 && state === "todo" ? "待提交" : statusTexts[state]}</span>
                </Link>
              </li>
            );
          })}
        </ol>
        <Link className="button primary" to="/my/step/$step" params={{ step: String(next) }}>
          {done === 0 ? "从第1步开始" : `到第${next}步`}
        </Link>
      </div>
      <div className="row">
        <a href={addressOf(campaign.key, own.id, "form.pdf")} target="_blank" rel="noreferrer">
          打印{returned ? "申请表" : "草稿"}（PDF）
        </a>
        <TalkLink campaign={campaign.key} application={own.id} />
        {!returned && <Discard />}
        {returned && <Link to="/my/more">撤回、办理经过等</Link>}
      </div>
    </>
  );
}

/** What the school asked for, each with the way to it. */
function Asked() {
  const { own } = useFilling();
  return (
    <Note kind="heed" title="学校退回了您的申请，只需要修改下面的内容，改好后请再次提交。">
      <ul>
        {own.asked.map(({ code, text, opens }) => (
          <li key={code}>
            {text}
            {opens.map((entry) => (
              <AskedLink key={entry} entry={entry} />
            ))}
          </li>
        ))}
      </ul>
      {own.askedText !== null && <p>学校的说明：{own.askedText}</p>}
      {own.replyBy !== null && <p>请在{endText(own.replyBy)}前再次提交。</p>}
    </Note>
  );
}

function fieldTitleOf(name: string): string {
  const field = formFields.find((known) => known === name);
  return field === undefined ? name : fieldTitles[field];
}

function AskedLink({ entry }: { entry: string }) {
  const [kind, name = ""] = entry.split(":");
  const step = kind === "field" ? stepOf(name) : 7;
  if (step === undefined) return null;
  const title = kind === "field" ? fieldTitleOf(name) : "扫描件";
  return (
    <span>
      {"　"}
      <Link to="/my/step/$step" params={{ step: String(step) }} hash={kind === "field" ? `field-${name}` : "scans"}>
        去修改“{title}”
      </Link>
    </span>
  );
}

export function Discard() {
  const { campaign, own } = useFilling();
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  async function discard(): Promise<void> {
    setBusy(true);
    try {
      await client.applicant.discard({ campaign: campaign.key, application: own.id });
      clearJournal(own.id);
      await queryClient.invalidateQueries();
    } catch (thrown) {
      noteEnd(thrown);
      setError(thrown);
      setBusy(false);
    }
  }
  return (
    <>
      <button type="button" className="link-button" onClick={() => setAsking(true)}>
        删除草稿
      </button>
      {asking && (
        <Dialog title="删除这份草稿？" onClose={() => setAsking(false)}>
          <p>删除后，已填写的内容和上传的照片、扫描件不再保留，不能恢复。开放时间内可以重新填报。</p>
          {error !== null && <ProblemAlert error={error} />}
          <div className="row">
            <Button kind="grave" busy={busy} onClick={discard}>
              删除草稿
            </Button>
            <Button onClick={() => setAsking(false)}>不删除</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
