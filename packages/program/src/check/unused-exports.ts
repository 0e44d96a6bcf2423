import { isConfig, isForTests, type Sources } from "./sources.ts";

/** Made from the schema: all of its tables, whoever takes them. */
const generatedTypes = "packages/server/src/platform/database/types.ts";

/**
 * Names that a file exports and nobody else takes, and names that only tests take though the file itself has no use for
 * them.
 */
export function findUnusedExports(sources: Sources): string[] {
  const takers = new Map<string, { product: boolean }>();
  const take = (target: string, name: string, from: string) => {
    const key = `${target} ${name}`;
    takers.set(key, { product: takers.get(key)?.product === true || !isForTests(from) });
  };
  for (const source of sources.values()) {
    for (const { target, names } of source.imports) {
      const offered = sources.get(target)?.exports ?? [];
      // Of a module taken whole, what is mentioned counts as taken; a tool that a config sends there knows the names itself.
      const byTool = isConfig(source.path);
      const taken = names ?? offered.map(({ name }) => name).filter((name) => byTool || source.words.has(name));
      for (const name of taken) take(target, name, source.path);
    }
  }
  return [...sources.values()].flatMap((source) => {
    if (isConfig(source.path) || source.path === generatedTypes) return [];
    return source.exports.flatMap(({ name, line }) => {
      const taker = takers.get(`${source.path} ${name}`);
      if (taker === undefined) return [`${source.path}:${line}: nobody takes the exported ${name}`];
      if (taker.product || isForTests(source.path) || (source.words.get(name) ?? 0) > 1) return [];
      return [`${source.path}:${line}: only tests take ${name}`];
    });
  });
}
