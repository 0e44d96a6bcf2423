import { endText } from "@shice/contract/sentences/moment.ts";
import { privacyNotice, undertakingText } from "@shice/contract/texts.zh.ts";
import { documentKinds, nameOfCode } from "@shice/rules/form/lists.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../ui/client.ts";
import { Note } from "../ui/plain/Note.tsx";
import { CertificateParts } from "./CertificateParts.tsx";
import { FieldBox } from "./FieldBox.tsx";
import { useFilling } from "./filling.ts";
import { isAsked } from "./progress.ts";

/** Step 1: what everyone must know before beginning. */
export function ReadStep() {
  const { campaign, plan } = useFilling();
  const apply = campaign.windows.find(({ stage }) => stage === "apply");
  return (
    <>
      <ul>
        <li>{apply?.sentence}</li>
        <li>
          现场确认：{plan.confirmDays}。提交之后，要带材料原件到学校确认；{plan.unconfirmed}。
        </li>
        <li>证书号码、资格种类、学科等一定要与证书原件一致，照着证书填，不要凭记忆填。</li>
        <li>有几本教师资格证书的，只用与现在任教岗位一致的那一本，其他证书继续有效。</li>
        <li>
          {plan.seconded === "lending-school"
            ? "借调教师在借出单位（编制所在的学校）注册。"
            : "借调教师在借入单位（现在任教的学校）注册。"}
        </li>
        <li>填写的内容自动保存，可以分几次填；八步都完成并提交，才算报了名。</li>
      </ul>
      <p>
        证书遗失、更名、没有学科等特殊情况，请看<a href="/help/special">特殊情况怎么办</a>。
      </p>
    </>
  );
}

/** Step 2: the privacy notice, read; the undertaking, to be given with the submission. */
export function TermsStep() {
  const { read, noteRead } = useFilling();
  return (
    <>
      <h2>个人信息处理告知</h2>
      {privacyNotice.map(({ title, text }) => (
        <div key={title}>
          <h3>{title}</h3>
          <p>{text}</p>
        </div>
      ))}
      <h2>诚信承诺</h2>
      <p>提交时，您将作出以下承诺：</p>
      <blockquote>{undertakingText}</blockquote>
      <label className="choice">
        <input type="checkbox" checked={read.has(2)} disabled={read.has(2)} onChange={() => noteRead(2)} />
        <span>我已阅读个人信息处理告知和诚信承诺</span>
      </label>
    </>
  );
}

/** Step 3: who, and the certificate's number, explained while it is typed. */
export function IdentityStep() {
  const { about, draft, side } = useFilling();
  const { person } = about;
  const odd = draft.findings.some(
    ({ field, level }) => field === "certificateNumber" && level === "blocks-unless-attested",
  );
  return (
    <>
      <dl className="facts">
        <div>
          <dt>姓名</dt>
          <dd>{person.name}</dd>
        </div>
        <div>
          <dt>证件类型</dt>
          <dd>{nameOfCode(documentKinds, person.documentKind)}</dd>
        </div>
        <div>
          <dt>证件号码</dt>
          <dd>{person.idNumber}</dd>
        </div>
        {person.bornOn !== null && (
          <div>
            <dt>出生日期、性别（由证件号码得出）</dt>
            <dd>
              {person.bornOn}　{person.sex === "male" ? "男" : person.sex === "female" ? "女" : ""}
            </dd>
          </div>
        )}
      </dl>
      <p className="soft">
        {side.byClerk
          ? "这些信息来自名册。教师还没有注册账号、姓名有误的，请先在名册中改正，再从名册进入代填。"
          : "这些信息来自您的账号，有误的请联系学校经办人更正。"}
      </p>
      <FieldBox field="certificateNumber" />
      <CertificateParts />
      {(odd || draft.values.certificateNumberAttested === true) && <Attest />}
    </>
  );
}

/** The way past for a real certificate that is unlike others: attested here, compared with the original at the desk. */
function Attest() {
  const { draft, closed } = useFilling();
  return (
    <div className="entry">
      <label className="choice">
        <input
          id="field-certificateNumberAttested"
          type="checkbox"
          checked={draft.values.certificateNumberAttested === true}
          disabled={closed.has("certificateNumberAttested")}
          onChange={({ target }) => draft.set("certificateNumberAttested", target.checked ? true : undefined)}
        />
        <span>证书原件上的号码确实如此，我对此负责</span>
      </label>
      <div className="hint">勾选后可以提交。请在第7步上传证书照片，并带原件到学校核对。</div>
    </div>
  );
}

/** Step 4: the certificate's other data, the post. The registering body follows from the school (step 5). */
export function CertificateStep() {
  const { draft } = useFilling();
  const [renamed, setRenamed] = useState((draft.values.certificateName ?? "") !== "");
  return (
    <>
      <h2>照着证书填写</h2>
      <div className="entry-grid">
        <FieldBox field="certificateKind" />
        <FieldBox field="certificateSubject" />
        <FieldBox field="certificateIssuedOn" />
        <FieldBox field="certificateIssuer" />
      </div>
      <label className="choice">
        <input
          type="checkbox"
          checked={renamed}
          onChange={({ target }) => {
            setRenamed(target.checked);
            if (!target.checked) draft.set("certificateName", undefined);
          }}
        />
        <span>证书上的姓名与现在的身份证不一样</span>
      </label>
      {renamed && <FieldBox field="certificateName" />}
      <h2>个人与任教情况</h2>
      <div className="entry-grid">
        <FieldBox field="ethnicity" />
        <FieldBox field="postKind" />
        <FieldBox field="subject" />
      </div>
      <Note title="注册机构由任教学校确定，在第5步选择学校后自动显示。" />
    </>
  );
}

/** Step 5: the school, by asking about a secondment first; authority and confirmation point follow. */
export function SchoolStep() {
  const { draft, about, plan, own, side } = useFilling();
  const lending = plan.seconded === "lending-school";
  const { schoolId } = draft.values;
  const follows = schoolId !== undefined && own.form["schoolId"] === schoolId && about.authority !== null;
  return (
    <>
      <FieldBox field="seconded" hint="编制在一个单位、在另一个单位上班的，是借调。" />
      {draft.values.seconded === "borrowed-in" && lending && (
        <Note kind="heed" title="借调教师在借出单位参加注册。下面的“任教学校”请选择借出单位（您编制所在的学校）。" />
      )}
      {draft.values.seconded === "lent-out" && !lending && (
        <Note kind="heed" title="借调教师在借入单位参加注册。下面的“任教学校”请选择您现在任教的学校。" />
      )}
      {isAsked("secondedTo", draft.values) && <FieldBox field="secondedTo" />}
      {isAsked("lendingSchoolId", draft.values) && <FieldBox field="lendingSchoolId" />}
      <FieldBox
        field="schoolId"
        hint={
          side.byClerk
            ? "只能选择本校（本确认点的学校）。"
            : lending
              ? "选择您编制所在的学校（单位），只能从目录中选择。"
              : "选择您现在任教的学校，只能从目录中选择。"
        }
      />
      {follows ? (
        <dl className="facts">
          <div>
            <dt>注册机构</dt>
            <dd>{about.authority}</dd>
          </div>
          <div>
            <dt>确认点</dt>
            <dd>{about.confirmationPoint}</dd>
          </div>
        </dl>
      ) : (
        schoolId !== undefined && <p className="soft">保存后显示注册机构和确认点。</p>
      )}
    </>
  );
}

/** Step 6: where and when to go, what to bring; the campaign's own words where the manager has entered some. */
export function AttentionStep() {
  const { about, plan, campaign } = useFilling();
  const texts = useQuery(
    api.campaigns.listTexts.queryOptions({ input: { campaign: campaign.key }, staleTime: 300_000 }),
  );
  const attention = texts.data?.find(({ kind }) => kind === "attention");
  const confirm = campaign.windows.find(({ stage }) => stage === "confirm");
  const brought = about.materials.filter(({ suppliedBy }) => suppliedBy === "applicant");
  const supplied = about.materials.filter(({ suppliedBy }) => suppliedBy === "school");
  return (
    <>
      <h2>到哪里、什么时候确认</h2>
      <p>
        {about.confirmationPoint === null
          ? "请先在第5步选择学校。"
          : `到${about.confirmationPoint}确认，${plan.confirmDays}。`}
        {confirm?.until !== null && confirm?.until !== undefined && `现在正在开放，到${endText(confirm.until)}。`}
        {plan.unconfirmed}。
      </p>
      <h2>您要带的材料</h2>
      <ul>
        {brought.map(({ key, item, name, originalSeen, copies, copyStamped }) => (
          <li key={key}>
            第{item}项　{name}：{originalSeen ? "原件" : ""}
            {originalSeen && copies > 0 ? "、" : ""}
            {copies > 0 && (originalSeen ? `复印件${copies}份` : `${copies}份`)}
            {copyStamped && "（复印件由学校核对后盖章）"}
          </li>
        ))}
      </ul>
      {supplied.length > 0 && (
        <>
          <h2>由学校统一提供的</h2>
          <ul>
            {supplied.map(({ key, item, name }) => (
              <li key={key}>
                第{item}项　{name}
              </li>
            ))}
          </ul>
        </>
      )}
      {attention !== undefined && (
        <>
          <h2>本批次的其他事项</h2>
          {attention.text.split(/\n{2,}/).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </>
      )}
    </>
  );
}
