import { findProblem } from "@shice/contract/client.ts";
import type { Problem } from "@shice/contract/problem.ts";
import type { ReactNode } from "react";
import { Button } from "./plain/Button.tsx";
import { Note } from "./plain/Note.tsx";
import { RowRefused } from "./row-refused.ts";

/** What went wrong, in one Chinese sentence, whatever was thrown. */
export function sentenceOfError(error: unknown): string {
  const problem = findProblem(error);
  if (problem !== undefined) return problem.title;
  if (error instanceof RowRefused) return error.message;
  if (error instanceof TypeError) return "无法连接服务器，请检查网络。已填写的内容还在，可稍后再试。";
  return "页面出现意外的问题，请刷新后再试；仍不行的，请联系系统管理员。";
}

/** The fields that a refusal names, with a sentence each. */
export function fieldProblemsOf(error: unknown): Problem["fields"] & object {
  const problem = findProblem(error);
  if (problem === undefined) return [];
  if (problem.fields !== undefined) return problem.fields;
  return problem.field === undefined ? [] : [{ path: problem.field, code: problem.code, sentence: problem.title }];
}

/** Why something could not be done or shown; with the request's number, which an administrator can look up. */
export function ProblemAlert({ error, again }: { error: unknown; again?: () => void }) {
  const problem = findProblem(error);
  return (
    <Note
      kind="bad"
      role="alert"
      title={sentenceOfError(error)}
      action={again === undefined ? undefined : <Button onClick={again}>重试</Button>}
    >
      {problem?.fields !== undefined && (
        <ul>
          {problem.fields.map(({ path, sentence }) => (
            <li key={path}>{sentence}</li>
          ))}
        </ul>
      )}
      {problem !== undefined && problem.status >= 500 && <div>联系管理员时请告知编号：{problem.request}</div>}
    </Note>
  );
}

/** One of the three states that anything fetched can be in, each drawn once. */
export function Fetched<Answer>({
  query,
  children,
  rows = 6,
}: {
  query: { data: Answer | undefined; error: unknown; refetch: () => unknown };
  children: (answer: Answer) => ReactNode;
  rows?: number;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ProblemAlert error={query.error} again={() => query.refetch()} />;
  return <Waiting rows={rows} />;
}

/** Grey lines in the place of what is on its way. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="正在读取" className="waiting">
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey lines have nothing else to be told apart by.
        <div key={at} />
      ))}
    </div>
  );
}

/** Nothing here, and what that means. */
export function Nothing({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="nothing">
      <p>{text}</p>
      {children}
    </div>
  );
}
