import { ErrorList } from "../../applicant/ErrorList.tsx";
import { useFilling } from "../../applicant/filling.ts";
import { blockingOf } from "../../applicant/progress.ts";
import { FormFacts } from "../../ui/FormFacts.tsx";
import { Note } from "../../ui/plain/Note.tsx";
import { Attestation } from "./Attestation.tsx";

/** Step 2 on the clerk's side: nobody reads or promises for somebody else. */
export function TermsOfTheTeacher() {
  return (
    <Note title="个人信息处理告知由教师本人阅读，诚信承诺由教师本人作出，学校不能代办。">
      教师登录后，在核对页上阅读、承诺并提交。
    </Note>
  );
}

/** Step 8 on the clerk's side: what was entered, and that it waits for its teacher. */
export function AttestationStep() {
  const { own, about, draft, side } = useFilling();
  const blocking = blockingOf(draft);
  const warnings = draft.findings.filter(({ level }) => level === "warns");
  const photo = about.attachments.find(({ slot }) => slot === "photo");
  const scans = about.attachments.filter(({ slot }) => slot !== "photo");
  const fields = new Set(own.assistance?.fields ?? []);
  return (
    <>
      {blocking.length > 0 ? (
        <Note kind="bad" title={`还有${blocking.length}处需要补充或改正，填好后再请本人核对：`}>
          <ErrorList findings={blocking} />
        </Note>
      ) : (
        <Note kind="heed" title="内容已填齐，待本人核对确认。">
          学校不能代为提交。请提醒本人登录核对、作出承诺并提交；没有账号的，打印代填核对单交给本人。
        </Note>
      )}
      {warnings.length > 0 && (
        <Note kind="heed" title="以下情况请再核对：">
          <ErrorList findings={warnings} />
        </Note>
      )}
      <Attestation next={blocking.length === 0} />
      <h2>已填写的内容</h2>
      {photo !== undefined && (
        <p>
          <side.Picture application={own.id} id={photo.id} width={114} height={156} alt="照片" />
          {fields.has("photo") && <span className="mark">学校代填</span>}
        </p>
      )}
      <FormFacts
        form={draft.values}
        known={{
          ...(own.school !== null && own.form["schoolId"] === draft.values.schoolId ? { schoolId: own.school } : {}),
          ...(about.lendingSchool === null ? {} : { lendingSchoolId: about.lendingSchool }),
        }}
        marks={Object.fromEntries(
          [...fields].map((field) => [
            field,
            <span key={field} className="mark">
              学校代填
            </span>,
          ]),
        )}
        besides={(step) => (
          <>
            {"　"}
            <side.StepLink step={step}>修改</side.StepLink>
          </>
        )}
      />
      <p>已上传的材料照片：{scans.length === 0 ? "没有" : `${scans.length}页`}</p>
    </>
  );
}
