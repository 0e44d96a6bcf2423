import { useState } from "react";
import { client, noteEnd, queryClient } from "../ui/client.ts";
import { Button } from "../ui/plain/Button.tsx";
import { Dialog } from "../ui/plain/Dialog.tsx";
import { ProblemAlert } from "../ui/problem.tsx";
import type { Own } from "./own-application.ts";
import { useOwn } from "./teacher-context.ts";

type Target = { campaign: string; application: string };
type Once = { context: { idempotencyKey: string } };
interface OwnAct {
  title: string;
  tells: string;
  asksReason: boolean;
  send: (target: Target, words: string, once: Once) => Promise<unknown>;
}

/** What teachers may do with their submitted application, by the act's name. */
const acts: Record<string, OwnAct> = {
  recall: {
    title: "撤回修改",
    tells: "撤回后申请回到填报中，改好后请在网上报名截止前再次提交。没有再次提交的，视为没有申请。",
    asksReason: false,
    send: (target, _words, once) => client.applicant.recall(target, once),
  },
  withdraw: {
    title: "撤回申请",
    tells: "撤回后本批次不再办理您的申请。",
    asksReason: true,
    send: (target, reason, once) => client.applicant.withdraw({ ...target, reason }, once),
  },
  "ask-withdrawal": {
    title: "请学校同意撤回",
    tells: "学校已经确认并收取了材料。学校同意后，您才能撤回申请。",
    asksReason: true,
    send: (target, reason, once) => client.applicant.askWithdrawal({ ...target, reason }, once),
  },
  erase: {
    title: "清除填写的内容",
    tells: "清除后，这份已撤回的申请中填写的内容、照片和扫描件不再保留，不能恢复；申请编号和办理经过按规定保留。",
    asksReason: false,
    send: (target, _words, once) => client.applicant.erase(target, once),
  },
  appeal: {
    title: "提出申诉",
    tells: "对不予受理或者按自动放弃处理有异议的，请写明事实和理由（不少于10字）。由区县核查后答复。",
    asksReason: true,
    send: (target, statement, once) => client.cases.appealEnding({ ...target, statement }, once),
  },
};

/** The acts that are open now; why another is not, in a sentence. */
export function Acts({ own }: { own: Own }) {
  const [chosen, setChosen] = useState<OwnAct>();
  const offered = own.actions.flatMap(({ name, allowed, refusal }) => {
    const act = acts[name];
    return act === undefined ? [] : [{ act, allowed, why: refusal?.sentence }];
  });
  const erased = own.state === "withdrawn" && Object.keys(own.form).length === 0;
  const shut = offered.filter(({ allowed, why }) => !allowed && why !== undefined);
  return (
    <>
      <div className="row">
        {offered
          .filter(({ allowed }) => allowed)
          .map(({ act }) => (
            <Button key={act.title} onClick={() => setChosen(act)}>
              {act.title}
            </Button>
          ))}
      </div>
      {erased && <p>填写的内容、照片和扫描件已经清除。</p>}
      {own.state !== "withdrawn" &&
        shut.map(({ act, why }) => (
          <p key={act.title} className="soft">
            现在不能{act.title}：{why}
          </p>
        ))}
      {chosen !== undefined && <ActDialog own={own} act={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function ActDialog({ own, act, onClose }: { own: Own; act: OwnAct; onClose: () => void }) {
  const { campaign } = useOwn();
  const [words, setWords] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  async function send(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await act.send({ campaign: campaign.key, application: own.id }, words, { context: { idempotencyKey } });
      await queryClient.invalidateQueries();
      onClose();
    } catch (thrown) {
      noteEnd(thrown);
      setError(thrown);
      setBusy(false);
    }
  }
  return (
    <Dialog title={act.title} onClose={onClose}>
      <p>{act.tells}</p>
      {act.asksReason && (
        <div className="entry">
          <label htmlFor="act-reason">理由</label>
          <textarea id="act-reason" maxLength={500} value={words} onChange={({ target }) => setWords(target.value)} />
        </div>
      )}
      {error !== null && <ProblemAlert error={error} />}
      <div className="row">
        <Button kind="primary" busy={busy} disabled={act.asksReason && words.trim().length < 2} onClick={send}>
          {act.title}
        </Button>
        <Button onClick={onClose}>取消</Button>
      </div>
    </Dialog>
  );
}
