import { stepOf } from "@shice/rules/form/steps.ts";
import { useFilling } from "./filling.ts";

/** Each error with the way to its entry. */
export function ErrorList({
  findings,
}: {
  findings: readonly { code: string; field?: string | undefined; sentence: string }[];
}) {
  const { side } = useFilling();
  return (
    <ul>
      {findings.map(({ code, field, sentence }) => {
        const step = stepOf(field ?? "");
        return (
          <li key={`${code} ${field} ${sentence}`}>
            {step === undefined ? (
              sentence
            ) : (
              <side.StepLink
                step={step}
                hash={`field-${field}`}
                onClick={() => document.getElementById(`field-${field}`)?.focus()}
              >
                第{step}步：{sentence}
              </side.StepLink>
            )}
          </li>
        );
      })}
    </ul>
  );
}
