import { type ESTree, Visitor } from "rolldown/utils";
import { isForTests, type Sources } from "./sources.ts";

const code = /^[a-z-]+\.[a-z-]+$/;

/**
 * Codes that a type declares and no reached file produces: each has a sentence that nobody will ever read. A code is
 * produced where it stands as a value; a key of a table, a comparison, a `case` and a type produce nothing.
 */
export function findDeadCodes(sources: Sources, reached: ReadonlySet<string>): string[] {
  const declared = new Map<string, string>();
  const produced = new Set<string>();
  for (const { path, program, lineOf } of sources.values()) {
    if (program === undefined || isForTests(path)) continue;
    const ignored = new Set<ESTree.Node | null>();
    new Visitor({
      TSPropertySignature({ key, typeAnnotation }) {
        if (key.type !== "Identifier" || key.name !== "code" || typeAnnotation === null) return;
        for (const value of literalsOf(typeAnnotation.typeAnnotation)) {
          if (code.test(value)) declared.set(value, `${path}:${lineOf(key)}`);
        }
      },
      TSLiteralType: ({ literal }) => void ignored.add(literal),
      Property: ({ key }) => void ignored.add(key),
      SwitchCase: ({ test }) => void ignored.add(test),
      BinaryExpression({ left, right }) {
        ignored.add(left);
        ignored.add(right);
      },
      // In a text of SQL that gives the code back.
      TemplateElement({ value }) {
        if (!reached.has(path)) return;
        for (const [, quoted = ""] of value.raw.matchAll(/'([a-z-]+\.[a-z-]+)'/g)) produced.add(quoted);
      },
      Literal(node) {
        if (typeof node.value === "string" && reached.has(path) && !ignored.has(node)) produced.add(node.value);
      },
    }).visit(program);
  }
  return [...declared].flatMap(([value, place]) =>
    produced.has(value) ? [] : [`${place}: nothing produces ${value}`],
  );
}

function literalsOf(type: ESTree.TSType): string[] {
  if (type.type === "TSUnionType") return type.types.flatMap(literalsOf);
  return type.type === "TSLiteralType" && type.literal.type === "Literal" && typeof type.literal.value === "string"
    ? [type.literal.value]
    : [];
}
