import { momentText } from "../ui/moment.ts";
import { Note } from "../ui/plain/Note.tsx";
import { Standing } from "../ui/Standing.tsx";
import { useFilling } from "./filling.ts";
import { SaveLine } from "./SaveLine.tsx";
import { SubmitStep } from "./SubmitStep.tsx";
import { TermsStep } from "./steps.tsx";
import { Discard } from "./TaskList.tsx";

/** The school has filled in: who and when, everything on one page with what it entered marked, and what only the teacher gives. */
export function AttestPage() {
  const { own, side } = useFilling();
  const { assistance } = own;
  if (assistance === null) return null;
  const { organisation, clerk, begunAt, lastAt, fields } = assistance;
  const who = `${organisation ?? "学校"}${clerk === null ? "" : `经办人${clerk}`}`;
  return (
    <>
      <SaveLine />
      <h1>核对学校代填的申请</h1>
      <Standing sentence={own.standing.sentence} />
      <Note
        kind="heed"
        title={
          fields.length === 0 ? `${who}正在为您填写这份申请，还没有提交。` : `${who}已为您填写了这份申请，还没有提交。`
        }
      >
        <p>
          {momentText(begunAt)}开始代填{lastAt !== begunAt && `，最近一次填写在${momentText(lastAt)}`}
          。标有“学校代填”的内容由学校填写，请逐项核对，有误的点“修改”直接改正。
        </p>
        <p>
          核对无误后，由您本人在本页提交。您没有提交的，这份申请不算数，到期按未申请处理。没有请学校代填的，请联系学校。
        </p>
      </Note>
      <section className="panel" aria-label="核对和提交">
        <SubmitStep terms={<TermsStep />} />
      </section>
      <div className="row">
        <side.StepLink step={1}>从第1步起逐步查看、填写</side.StepLink>
        <Discard />
      </div>
    </>
  );
}
