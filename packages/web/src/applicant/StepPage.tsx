import { formSteps, stepOf } from "@shice/rules/form/steps.ts";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "../ui/plain/Button.tsx";
import { Note } from "../ui/plain/Note.tsx";
import { ErrorList } from "./ErrorList.tsx";
import { useFilling } from "./filling.ts";
import { MaterialsStep } from "./MaterialsStep.tsx";
import { isBeingFilled } from "./own-application.ts";
import { blockingOf } from "./progress.ts";
import { SaveLine } from "./SaveLine.tsx";
import { SubmitStep } from "./SubmitStep.tsx";
import { AttentionStep, CertificateStep, IdentityStep, ReadStep, SchoolStep, TermsStep } from "./steps.tsx";
import { useOwn } from "./teacher-context.ts";

/** One of the eight steps (Notice §三(一)). */
export function StepPage() {
  const { step } = useParams({ from: "/my/step/$step" });
  const { own } = useOwn();
  const number = Number(step);
  // A form that is not open leads back to where it stands.
  if (!isBeingFilled(own)) return <Navigate to="/my" />;
  return <FormStep key={number} number={number >= 1 && number <= 8 ? number : 1} />;
}

const bodies: Record<number, () => ReactNode> = {
  1: ReadStep,
  2: TermsStep,
  3: IdentityStep,
  4: CertificateStep,
  5: SchoolStep,
  6: AttentionStep,
  7: MaterialsStep,
  8: () => <SubmitStep />,
};

/** A step of the form, from whichever side it is filled in. */
export function FormStep({ number }: { number: number }) {
  const { own: application, draft, side, see, read, noteRead } = useFilling();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [pressed, setPressed] = useState(false);
  const step = formSteps[number - 1];
  const Body = side.bodies[number] ?? bodies[number] ?? ReadStep;
  const own = blockingOf(draft).filter(({ field }) => stepOf(field ?? "") === number);

  useEffect(() => {
    // From another step: the reader begins at the heading; from a link to a field, at the field.
    if (window.location.hash.startsWith("#field-")) {
      document.getElementById(window.location.hash.slice(1))?.focus();
      document.getElementById(window.location.hash.slice(1))?.scrollIntoView({ block: "center" });
    } else heading.current?.focus();
  }, []);
  useEffect(() => () => see(number), [see, number]);

  async function goOn(): Promise<void> {
    see(number);
    if (step?.fields.length === 0) noteRead(number);
    await draft.flush();
    if (own.length > 0 && !pressed) {
      setPressed(true);
      requestAnimationFrame(() => summary.current?.focus());
      return;
    }
    await navigate({ href: side.pathOf(number + 1) });
  }

  return (
    <>
      <SaveLine />
      <p className="soft">
        第{number}步，共{formSteps.length}步　
        <side.ListLink>{application.assistance === null || side.byClerk ? "步骤列表" : "回到核对页"}</side.ListLink>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {step?.title}
      </h1>
      {pressed && own.length > 0 && (
        <div ref={summary} tabIndex={-1}>
          <Note kind="bad" role="alert" title={`这一步还有${own.length}处没有填好，可以现在改正，也可以先到下一步：`}>
            <ErrorList findings={own} />
          </Note>
        </div>
      )}
      <div className="panel">
        <Body />
      </div>
      {number < 8 && (
        <div className="row">
          {number > 1 && (
            <side.StepLink className="button" step={number - 1}>
              上一步
            </side.StepLink>
          )}
          <Button kind="primary" disabled={number === 2 && !read.has(2) && !side.byClerk} onClick={goOn}>
            {!side.byClerk && (number === 1 || number === 6)
              ? "我已阅读，下一步"
              : pressed && own.length > 0
                ? "仍到下一步"
                : "下一步"}
          </Button>
        </div>
      )}
    </>
  );
}
