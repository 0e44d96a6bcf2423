import { Visitor } from "rolldown/utils";
import type { Sources } from "./sources.ts";

/**
 * Reports code that overrides the compiler: `as` (except `as const`), `<T>value`, `any`, `Reflect.get`, and comments that
 * switch it off. `platform/` may use them, because it wraps untyped libraries. Tests may too, to pass wrong values.
 */
export function findCasts(sources: Sources): string[] {
  return [...sources.values()].flatMap(({ path, program, text, lineOf }) => {
    if (program === undefined || /\/platform\/|\/testing\/|\.test\.ts$/.test(path)) return [];
    const failures: { start: number; failure: string }[] = [];
    const report = ({ start, end }: { start: number; end: number }) => {
      const [line = ""] = text.slice(start, end).split("\n");
      failures.push({ start, failure: `${path}:${lineOf({ start })}: a cast outside platform/: ${line}` });
    };
    new Visitor({
      TSAsExpression(node) {
        const { typeAnnotation: type } = node;
        const isConst =
          type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "const";
        if (!isConst) report(node);
      },
      TSTypeAssertion: report,
      TSAnyKeyword: report,
      MemberExpression(node) {
        const { object, property, computed } = node;
        if (object.type !== "Identifier" || object.name !== "Reflect" || computed) return;
        if (property.type === "Identifier" && property.name === "get") report(node);
      },
    }).visit(program);
    for (const { index } of text.matchAll(/^\s*(?:\/\/|\/\*)\s*@ts-(?:ignore|expect-error|nocheck)/gm)) {
      report({ start: index + text.slice(index).search(/\S/), end: text.length });
    }
    return failures.sort((one, other) => one.start - other.start).map(({ failure }) => failure);
  });
}
