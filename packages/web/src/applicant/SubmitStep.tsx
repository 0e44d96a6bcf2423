import { findProblem } from "@shice/contract/client.ts";
import {
  attestationText,
  attestationVersion,
  privacyNoticeVersion,
  undertakingText,
  undertakingVersion,
} from "@shice/contract/texts.zh.ts";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { client, noteEnd, queryClient } from "../ui/client.ts";
import { FormFacts } from "../ui/FormFacts.tsx";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { ProblemAlert } from "../ui/problem.tsx";
import { ErrorList } from "./ErrorList.tsx";
import { useFilling } from "./filling.ts";
import { clearJournal } from "./journal.ts";
import { noteSubmitted } from "./just-submitted.ts";
import { addressOf } from "./own-application.ts";
import { blockingOf } from "./progress.ts";

/**
 * Step 8: everything once more, the undertaking, the submission. Where the school has filled in, what it entered is
 * marked, and the teacher attests it; `terms` are what is read on the same page.
 */
export function SubmitStep({ terms }: { terms?: ReactNode }) {
  const { campaign, own, about, draft, side, read } = useFilling();
  const navigate = useNavigate();
  const [given, setGiven] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [attested, setAttested] = useState(false);
  const returned = own.state === "returned";
  const assisted = returned ? null : own.assistance;
  const blocking = blockingOf(draft);
  const warnings = draft.findings.filter(({ level }) => level === "warns");
  const photo = about.attachments.find(({ slot }) => slot === "photo");
  const scans = about.attachments.filter(({ slot }) => slot !== "photo");
  const isBySchool = (entry: string) => assisted?.fields.some((field) => field === entry) === true;
  const mark = <span className="mark">学校代填</span>;
  const ready = returned || (given && (assisted === null || attested));

  async function send(): Promise<void> {
    setSending(true);
    setFailure(null);
    try {
      if (!(await draft.flush())) return;
      const target = { campaign: campaign.key, application: own.id };
      const once = { context: { idempotencyKey: `submit-${own.id}-${draft.version}` } };
      if (returned) await client.applicant.resubmit(target, once);
      else {
        const texts = { undertaking: undertakingVersion, privacyNotice: privacyNoticeVersion };
        // What is attested is what was looked through: this version and no other.
        const attestation = assisted === null ? {} : { version: draft.version, attestation: attestationVersion };
        await client.applicant.submit({ ...target, ...texts, ...attestation }, once);
      }
      clearJournal(own.id);
      noteSubmitted(own.id);
      await queryClient.invalidateQueries();
      await navigate({ to: "/my" });
    } catch (thrown) {
      noteEnd(thrown);
      setFailure(thrown);
      // Somebody wrote meanwhile: it is shown, and looked through again.
      if (findProblem(thrown)?.code === "case.changed") {
        setAttested(false);
        await draft.reread();
      }
    } finally {
      setSending(false);
    }
  }

  return (
    <>
      {blocking.length > 0 ? (
        <Note kind="bad" title={`还有${blocking.length}处需要补充或改正，改好后才能提交：`}>
          <ErrorList findings={blocking} />
        </Note>
      ) : (
        <Note kind="good" title="所填内容齐全，请逐项核对后提交。" />
      )}
      {terms === undefined && !read.has(2) && <Note kind="bad" title="请先在第2步阅读个人信息处理告知和诚信承诺。" />}
      {warnings.length > 0 && (
        <Note kind="heed" title="以下情况请再核对，不影响提交：">
          <ErrorList findings={warnings} />
        </Note>
      )}
      <h2>核对</h2>
      <dl className="facts">
        <div>
          <dt>姓名</dt>
          <dd>{about.person.name}</dd>
        </div>
        <div>
          <dt>证件号码</dt>
          <dd>{about.person.idNumber}</dd>
        </div>
        <div>
          <dt>注册机构</dt>
          <dd>{about.authority ?? "未确定"}</dd>
        </div>
        <div>
          <dt>确认点</dt>
          <dd>{about.confirmationPoint ?? "未确定"}</dd>
        </div>
      </dl>
      {photo !== undefined && (
        <p>
          <img
            src={addressOf(campaign.key, own.id, `attachments/${photo.id}`)}
            width={photo.width ?? 114}
            height={photo.height ?? 156}
            alt="照片"
          />
          {isBySchool("photo") && mark}
        </p>
      )}
      <FormFacts
        form={draft.values}
        known={{
          ...(own.school !== null && own.form["schoolId"] === draft.values.schoolId ? { schoolId: own.school } : {}),
          ...(about.lendingSchool === null ? {} : { lendingSchoolId: about.lendingSchool }),
        }}
        marks={Object.fromEntries((assisted?.fields ?? []).map((field) => [field, mark]))}
        {...(assisted === null ? {} : { besides: changeLink })}
      />
      <p>已上传的材料照片：{scans.length === 0 ? "没有" : `${scans.length}页`}</p>
      {assisted !== null && scans.length > 0 && (
        <ul className="pages">
          {scans.map(({ id, slot, position }) => {
            const name = about.materials.find(({ key }) => key === slot)?.name ?? slot;
            return (
              <li key={id}>
                <side.Picture application={own.id} id={id} alt={`${name}第${position}页`} linked />
                {name}第{position}页{isBySchool(`material:${slot}`) && mark}
              </li>
            );
          })}
        </ul>
      )}
      <p>
        <a href={addressOf(campaign.key, own.id, "form.pdf")} target="_blank" rel="noreferrer">
          预览申请表（PDF，提交前有“草稿”字样）
        </a>
      </p>
      {terms}
      {!returned && (
        <>
          <h2>{terms === undefined ? "诚信承诺" : "承诺和提交"}</h2>
          <label className="choice">
            <input type="checkbox" checked={given} onChange={({ target }) => setGiven(target.checked)} />
            <span>{undertakingText}</span>
          </label>
          {assisted !== null && (
            <label className="choice">
              <input type="checkbox" checked={attested} onChange={({ target }) => setAttested(target.checked)} />
              <span>{attestationText}</span>
            </label>
          )}
        </>
      )}
      {failure !== null && <ProblemAlert error={failure} />}
      <div className="row">
        <Button kind="primary" busy={sending} disabled={!ready || blocking.length > 0 || !read.has(2)} onClick={send}>
          {sending ? "正在提交……" : returned ? "再次提交" : assisted === null ? "提交申请" : "确认无误，提交申请"}
        </Button>
      </div>
      {terms !== undefined && !read.has(2) && (
        <p className="soft">请先阅读上面的个人信息处理告知和诚信承诺，并勾选“我已阅读”。</p>
      )}
      {!ready && <p className="soft">勾选承诺{assisted !== null && "和核对情况"}后可以提交。</p>}
    </>
  );

  function changeLink(step: number) {
    return (
      <>
        {"　"}
        <side.StepLink step={step}>修改</side.StepLink>
      </>
    );
  }
}
