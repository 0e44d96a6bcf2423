import { readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { type ESTree, parseSync, Visitor } from "rolldown/utils";

/** How one file needs another: at run time, for its types alone, or by a path that it loads later. */
type ImportKind = "value" | "type" | "later";

/** One file's need of another file of the project. */
interface Import {
  target: string;
  kind: ImportKind;
  /** The names that are taken; absent where the whole module is. */
  names?: readonly string[];
  line: number;
}

/** A name that a file offers to others. */
interface Export {
  name: string;
  line: number;
}

/** One file of the project, parsed once for all checks. Paths start at the project's root. */
interface Source {
  path: string;
  text: string;
  /** Absent for what is no TypeScript. */
  program?: ESTree.Program;
  imports: readonly Import[];
  exports: readonly Export[];
  /** Every identifier and every string literal, and how often it stands there. */
  words: ReadonlyMap<string, number>;
  lineOf: (node: { start: number }) => number;
}

/** All parsed files by their paths. */
export type Sources = ReadonlyMap<string, Source>;

const codeFolders = ["packages", "rehearsal"];
const looseFiles = ["vitest.config.ts"];
const skipped = new Set(["node_modules", "dist", "out", "test-results", "playwright-report"]);
const scripts = new Set([".ts", ".tsx", ".js"]);
const read = new Set([...scripts, ".css", ".html"]);

/** Reads and parses every script, style sheet and page of the project's packages. */
export function readSources(root: string): Sources {
  const files = [...looseFiles, ...codeFolders.flatMap((folder) => listFiles(root, folder))];
  return parseSources(new Map(files.map((path) => [path, readFileSync(join(root, path), "utf8")])));
}

/** Parses a tree of files given as path and text. @throws Error naming the file that does not parse */
export function parseSources(files: ReadonlyMap<string, string>): Sources {
  return new Map([...files].map(([path, text]) => [path, parseSource(path, text, (other) => files.has(other))]));
}

/** Whether a file only serves tests: no program may need it, and it makes nothing alive. */
export function isForTests(path: string): boolean {
  return (
    /\.(test|spec|expected)\.tsx?$/.test(path) ||
    /\/testing(\/|\.ts$)/.test(path) ||
    isConfig(path) ||
    path.startsWith("rehearsal/browser/")
  );
}

/** Whether a tool reads the file as its settings, and loads what is named there. */
export function isConfig(path: string): boolean {
  return path.endsWith(".config.ts");
}

/** Whether a file holds tests that the runner runs. */
export function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path);
}

function listFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return skipped.has(entry.name) || entry.name.startsWith("dist-") ? [] : listFiles(root, path);
    return read.has(extname(entry.name)) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

function parseSource(path: string, text: string, exists: (path: string) => boolean): Source {
  const lines = lineStartsOf(text);
  const lineOf = ({ start }: { start: number }) => lineAt(lines, start);
  if (!scripts.has(extname(path))) {
    return { path, text, imports: importsOfText(path, text, exists), exports: [], words: new Map(), lineOf };
  }
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const imports: Import[] = [];
  const exports: Export[] = [];
  const ownStatements = new Set<ESTree.Node>(program.body);
  const words = new Map<string, number>();
  const mention = (word: string) => void words.set(word, (words.get(word) ?? 0) + 1);
  const add = (specifier: string, kind: ImportKind, node: { start: number }, names?: readonly string[]) => {
    const target = resolve(path, specifier, exists);
    if (target === undefined) return;
    imports.push({ target, kind, line: lineOf(node), ...(names === undefined ? {} : { names }) });
  };
  new Visitor({
    ImportDeclaration(node) {
      const whole =
        node.specifiers.length === 0 || node.specifiers.some(({ type }) => type === "ImportNamespaceSpecifier");
      const isType =
        node.importKind === "type" ||
        (node.specifiers.length > 0 &&
          node.specifiers.every(
            (specifier) => specifier.type === "ImportSpecifier" && specifier.importKind === "type",
          ));
      const names = node.specifiers.map((specifier) =>
        specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : "default",
      );
      add(node.source.value, isType ? "type" : "value", node, whole ? undefined : names);
    },
    ExportNamedDeclaration(node) {
      const names = node.specifiers.map(({ local }) => nameOf(local));
      if (node.source !== null) add(node.source.value, node.exportKind === "type" ? "type" : "value", node, names);
      // What a `declare module` names is another module's.
      if (!ownStatements.has(node)) return;
      for (const specifier of node.specifiers)
        exports.push({ name: nameOf(specifier.exported), line: lineOf(specifier) });
      if (node.declaration !== null) {
        for (const name of namesDeclaredBy(node.declaration)) exports.push({ name, line: lineOf(node) });
      }
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.exportKind === "type" ? "type" : "value", node);
    },
    ExportDefaultDeclaration(node) {
      exports.push({ name: "default", line: lineOf(node) });
    },
    TSImportType(node) {
      add(node.source.value, "type", node);
    },
    NewExpression(node) {
      const [file] = node.arguments;
      if (node.callee.type !== "Identifier" || node.callee.name !== "URL" || file?.type !== "Literal") return;
      if (typeof file.value === "string" && !file.value.startsWith(".")) add(`./${file.value}`, "later", node);
    },
    Literal(node) {
      if (typeof node.value === "string") mention(node.value);
    },
    Identifier: ({ name }) => mention(name),
    JSXIdentifier: ({ name }) => mention(name),
  }).visit(program);
  // A path in a string is a file that is loaded later: by import(), by a worker, by a child process.
  const imported = new Set(imports.map(({ target }) => target));
  for (const word of words.keys()) {
    const isPath = isConfig(path) ? /^(\.\.?|packages|rehearsal)\/.*\.[a-z]+$/ : /^\.\.?\/.*\.[a-z]+$/;
    if (!isPath.test(word)) continue;
    const target = resolve(path, word, exists);
    if (target !== undefined && !imported.has(target)) imports.push({ target, kind: "later", line: 1 });
  }
  return { path, text, program, imports, exports, words, lineOf };
}

/** What a page or a style sheet loads: scripts by `src`, sheets by `@import`. */
function importsOfText(path: string, text: string, exists: (path: string) => boolean): Import[] {
  const found = [...text.matchAll(/(?:src="\/?|@import\s+(?:url\()?["'])([^"']+)/g)].map(([, file = ""]) => file);
  return found.flatMap((file) => {
    const target = resolve(path, file.startsWith(".") ? file : `./${file}`, exists);
    return target === undefined ? [] : [{ target, kind: "value", line: 1 }];
  });
}

/** The file that a specifier names, or undefined where it is no file of the project. */
function resolve(path: string, specifier: string, exists: (path: string) => boolean): string | undefined {
  const [bare = ""] = specifier.split("?");
  const own = /^@shice\/([a-z]+)\/(.+)$/.exec(bare);
  const [, name, rest] = own ?? [];
  const folder = name === "rehearsal" ? "rehearsal" : `packages/${name}`;
  const candidates = own === null ? [join(dirname(path), bare)] : [`${folder}/src/${rest}`, `${folder}/${rest}`];
  if (own === null && !bare.startsWith("."))
    return codeFolders.some((each) => bare.startsWith(`${each}/`)) && exists(bare) ? bare : undefined;
  return candidates.find(exists);
}

function namesDeclaredBy(declaration: ESTree.Declaration): string[] {
  switch (declaration.type) {
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) => namesBoundBy(id));
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSDeclareFunction":
      return declaration.id === null ? [] : [declaration.id.name];
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSEnumDeclaration":
      return [declaration.id.name];
    default:
      return [];
  }
}

function namesBoundBy(pattern: ESTree.BindingPattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        namesBoundBy(property.type === "RestElement" ? property.argument : property.value),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) =>
        element === null ? [] : namesBoundBy(element.type === "RestElement" ? element.argument : element),
      );
    case "AssignmentPattern":
      return namesBoundBy(pattern.left);
  }
}

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === "Literal" ? name.value : name.name;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
