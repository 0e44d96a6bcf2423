import { privacyNoticeVersion, undertakingVersion } from "@shice/contract/texts.zh.ts";
import { listUnopened } from "@shice/rules/form/check-form.ts";
import { type ApplicationDraft, type FormField, formFields } from "@shice/rules/form/form.ts";
import { formSteps, stepOf } from "@shice/rules/form/steps.ts";
import { Alert, App, Button, Card, Checkbox, Form, Space, Typography } from "antd";
import { useState } from "react";
import type { CampaignView } from "../ui/campaign.ts";
import { client, queryClient } from "../ui/client.ts";
import { FieldEntry, type FieldMark } from "../ui/FieldEntry.tsx";
import { endText } from "../ui/moment.ts";
import { ProblemAlert } from "../ui/problem.tsx";
import { Standing } from "../ui/Standing.tsx";
import type { Own } from "./MyPage.tsx";
import { useDraft } from "./use-draft.ts";

/** The form, step by step; saved as one types, checked by the server with the rules of the desk. */
export function DraftForm({ campaign, own }: { campaign: CampaignView; own: Own }) {
  const { message, modal } = App.useApp();
  const [form] = Form.useForm<ApplicationDraft>();
  const draft = useDraft(campaign.key, own);
  const [given, setGiven] = useState(false);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const returned = own.state === "returned";
  const opened = own.asked.flatMap(({ opens }) => opens);
  const closed = returned ? new Set(listUnopened(opened, [...formFields])) : new Set<string>();
  const { findings } = draft;
  const blocking = findings.filter(({ level }) => level === "blocks" || level === "blocks-unless-attested");

  async function send(): Promise<void> {
    setSending(true);
    setFailure(null);
    try {
      await draft.flush();
      const target = { campaign: campaign.key, application: own.id };
      const once = { context: { idempotencyKey: `submit-${own.id}-${own.version}` } };
      if (returned) await client.applicant.resubmit(target, once);
      else
        await client.applicant.submit(
          { ...target, undertaking: undertakingVersion, privacyNotice: privacyNoticeVersion },
          once,
        );
      message.success("申请已提交。");
      await queryClient.invalidateQueries();
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setSending(false);
    }
  }

  return (
    <>
      <Standing sentence={own.standing.sentence} />
      <Alert
        type="warning"
        showIcon
        title={returned ? "学校退回了您的申请，改好后请再次提交。" : "申请还没有提交。填好之后，请在页面最下方提交。"}
        description={
          returned ? (
            <>
              <ul style={{ margin: 0, paddingInlineStart: 20 }}>
                {own.asked.map(({ code, text }) => (
                  <li key={code}>{text}</li>
                ))}
              </ul>
              {own.askedText !== null && <div>{own.askedText}</div>}
              {own.replyBy !== null && <div>请在 {endText(own.replyBy)} 前再次提交。只能修改退回事由涉及的内容。</div>}
            </>
          ) : undefined
        }
      />
      <div className="save-state" role="status">
        {draft.state}
      </div>
      {draft.error !== null && <ProblemAlert error={draft.error} again={draft.save} />}
      <Form<ApplicationDraft>
        form={form}
        layout="vertical"
        initialValues={own.form}
        onValuesChange={(_, values) => draft.change(values)}
      >
        {formSteps
          .filter(({ fields }) => fields.length > 0)
          .map(({ number, title, fields }) => (
            <Card key={number} id={`step-${number}`} title={`第${number}步 ${title}`} style={{ marginBottom: 16 }}>
              <div className="form-grid">
                {fields
                  .filter((field) => isAsked(field, draft.values))
                  .map((field) => (
                    <div key={field} id={`field-${field}`}>
                      <FieldEntry
                        field={field}
                        disabled={closed.has(field)}
                        schoolName={own.school ?? undefined}
                        mark={markOf(findings.filter((finding) => finding.field === field))}
                      />
                    </div>
                  ))}
              </div>
            </Card>
          ))}
      </Form>
      <Card title="第8步 核对、提交、完成">
        {blocking.length > 0 ? (
          <Alert
            type="error"
            showIcon
            title={`还有${blocking.length}处需要改正或补充，改好后才能提交：`}
            description={
              <ul style={{ margin: 0, paddingInlineStart: 20 }}>
                {blocking.map(({ field, code, sentence }) => (
                  <li key={`${code}${field}`}>
                    <a href={`#field-${field}`}>
                      {stepOf(field ?? "") === undefined ? "" : `第${stepOf(field ?? "")}步：`}
                      {sentence}
                    </a>
                  </li>
                ))}
              </ul>
            }
          />
        ) : (
          <Alert type="success" showIcon title="所填内容齐全，请核对后提交。" />
        )}
        {!returned && (
          <Checkbox checked={given} onChange={({ target }) => setGiven(target.checked)} style={{ marginBlock: 12 }}>
            本人承诺：所填内容和提交的材料真实、准确、完整；如有虚假，愿承担相应责任。
          </Checkbox>
        )}
        {failure !== null && <ProblemAlert error={failure} />}
        <Space wrap style={{ marginTop: 12 }}>
          <Button
            type="primary"
            size="large"
            loading={sending}
            disabled={!(given || returned) || blocking.length > 0}
            onClick={send}
          >
            {returned ? "再次提交" : "提交申请"}
          </Button>
          {!returned && (
            <Button
              onClick={() =>
                modal.confirm({
                  title: "删除这份草稿？",
                  content: "删除后，已填写的内容不再保留。",
                  okText: "删除草稿",
                  cancelText: "取消",
                  onOk: async () => {
                    await client.applicant.discard({ campaign: campaign.key, application: own.id });
                    await queryClient.invalidateQueries();
                  },
                })
              }
            >
              删除草稿
            </Button>
          )}
        </Space>
        {!given && !returned && <Typography.Paragraph>勾选承诺后可以提交。</Typography.Paragraph>}
      </Card>
    </>
  );
}

/** Questions that follow from another answer are asked only then. */
function isAsked(field: FormField, values: ApplicationDraft): boolean {
  switch (field) {
    case "secondedTo":
      return values.seconded === "lent-out";
    case "lendingSchoolId":
      return values.seconded === "borrowed-in";
    case "probationFinishedOn":
    case "inductionTrainingPassed":
      return values.newlyHired === true;
    case "photo":
      return false;
    default:
      return true;
  }
}

function markOf(findings: readonly { level: string; sentence: string }[]): FieldMark | undefined {
  if (findings.length === 0) return undefined;
  const blocks = findings.some(({ level }) => level.startsWith("blocks"));
  const warns = findings.some(({ level }) => level === "warns");
  return {
    status: blocks ? "error" : warns ? "warning" : "success",
    sentences: findings.map(({ sentence }) => sentence),
  };
}
