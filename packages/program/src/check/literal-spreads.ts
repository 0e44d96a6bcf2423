import { type ESTree, Visitor } from "rolldown/utils";
import type { Sources } from "./sources.ts";

/** Spreads of a literal straight into another literal or a call: `{ ...{ a, b } }`, `[...[a, b]]`. They only pack lines. */
export function findLiteralSpreads(sources: Sources): string[] {
  return [...sources.values()].flatMap(({ path, program, lineOf }) => {
    if (program === undefined) return [];
    const failures: string[] = [];
    const visit = ({ argument, start }: ESTree.SpreadElement) => {
      if (argument.type !== "ObjectExpression" && argument.type !== "ArrayExpression") return;
      failures.push(`${path}:${lineOf({ start })}: a literal is spread into a literal: write its parts themselves`);
    };
    new Visitor({ SpreadElement: visit }).visit(program);
    return failures;
  });
}
