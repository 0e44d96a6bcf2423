import type {
  BindingElement,
  CallExpression,
  Expression,
  Node,
  ParameterDeclaration,
  SourceFile,
  TaggedTemplateExpression,
} from "typescript/unstable/ast";
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isArrowFunction,
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isNonNullExpression,
  isNoSubstitutionTemplateLiteral,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  isSpreadElement,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isVariableDeclaration,
} from "typescript/unstable/ast/is";
import { API, type Checker, type Project, SymbolFlags, type Type } from "typescript/unstable/sync";

/** One text that the program sends to the database, with the row type that its code claims. */
export interface Statement {
  /** The file and line of the template. */
  place: string;
  text: string;
  /** Absent where the code reads no rows. */
  row: Type | undefined;
  /** The node of the row type. */
  rowNode: Node | undefined;
}

/** All statements of a folder's files, and the templates that no statement contains. */
interface Statements {
  statements: readonly Statement[];
  failures: readonly string[];
  checker: Checker;
  close: () => void;
}

/**
 * Texts of `sql.id` and `sql.raw` that depend on data, by file: sets of values, by the source text of the expression. Each
 * set gives a text of its own, in which a condition on such an expression is decided.
 */
export type Samples = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

interface Setting {
  tsconfig: string;
  /** Whether a file, by its path in the project, holds statements of the program. */
  isProduct: (path: string) => boolean;
  samples?: Samples;
}

/** Fragments passed into a function, by the parameter's name; its own functions see them. */
type Scope = ReadonlyMap<string, Passed>;
/** An argument with the scope in which it stands. */
interface Passed {
  node: Node;
  scope: Scope;
}

/** A template whose text depends on what cannot be followed. */
class Unfollowed extends Error {
  readonly node: Node;
  constructor(message: string, node: Node) {
    super(message);
    this.node = node;
  }
}

/**
 * Composes every `sql` statement that is executed in the given files: fragments are followed through constants, functions,
 * parameters and lists. Where code chooses between fragments, each choice is taken in one of the texts.
 */
export function collectStatements(root: string, { tsconfig, isProduct, samples = {} }: Setting): Statements {
  const api = new API({ cwd: root });
  const snapshot = api.updateSnapshot({ openProject: `${root}${tsconfig}` });
  const [project] = snapshot.getProjects();
  if (project === undefined) throw new Error(`${tsconfig} is no project`);
  const composer = new Composer(project, root, { isProduct, samples });
  const { statements, failures } = composer.collect();
  return { statements, failures, checker: project.checker, close: () => api.close() };
}

class Composer {
  readonly #project: Project;
  readonly #checker: Checker;
  readonly #root: string;
  readonly #samples: Samples;
  readonly #files: SourceFile[];
  readonly #templates: TaggedTemplateExpression[] = [];
  readonly #executions: CallExpression[] = [];
  readonly #calls = new Map<string, CallExpression[]>();
  readonly #reached = new Set<Node>();
  readonly #fragments = new Map<Node, boolean>();
  readonly #declarations = new Map<Node, Node | undefined>();
  #sample: Readonly<Record<string, string>> = {};
  #chosen: ReadonlyMap<string, number> = new Map();
  #seen = new Map<string, number>();
  #parameters = 0;
  #depth = 0;
  #way: string[] = [];

  constructor(
    project: Project,
    root: string,
    { isProduct, samples }: Required<Pick<Setting, "isProduct" | "samples">>,
  ) {
    this.#samples = samples;
    this.#project = project;
    this.#checker = project.checker;
    this.#root = root;
    this.#files = project.program.getSourceFileNames().flatMap((name) => {
      if (!name.startsWith(root) || !isProduct(name.slice(root.length))) return [];
      const file = project.program.getSourceFile(name);
      return file === undefined ? [] : [file];
    });
    for (const file of this.#files) this.#index(file);
  }

  collect(): { statements: Statement[]; failures: string[] } {
    const statements: Statement[] = [];
    const failures: string[] = [];
    for (const execution of this.#executions) {
      if (!isPropertyAccessExpression(execution.expression)) continue;
      const source = execution.expression.expression;
      if (!this.#isFragment(source)) continue;
      try {
        statements.push(...this.#variantsOf(source));
      } catch (error) {
        if (!(error instanceof Unfollowed)) throw error;
        this.#way = [];
        failures.push(
          `${this.#placeOf(error.node)}: ${error.message}, in the statement of ${this.#placeOf(execution)}`,
        );
      }
    }
    for (const template of this.#templates) {
      if (!this.#reached.has(template))
        failures.push(`${this.#placeOf(template)}: no statement contains this fragment`);
    }
    return { statements, failures };
  }

  #index(node: Node): void {
    if (isTaggedTemplateExpression(node) && isSqlTag(node.tag)) this.#templates.push(node);
    if (isCallExpression(node)) {
      const { expression } = node;
      if (isPropertyAccessExpression(expression) && expression.name.text === "execute") this.#executions.push(node);
      const name = isIdentifier(expression)
        ? expression.text
        : isPropertyAccessExpression(expression)
          ? expression.name.text
          : undefined;
      if (name !== undefined) this.#calls.set(name, [...(this.#calls.get(name) ?? []), node]);
    }
    node.forEachChild((child) => this.#index(child));
  }

  /** Texts that together take each choice at least once. */
  #variantsOf(source: Expression): Statement[] {
    const sets = this.#samples[source.getSourceFile().fileName.slice(this.#root.length)] ?? [{}];
    return sets.flatMap((set) => {
      this.#sample = set;
      return this.#variantsOfSample(source);
    });
  }

  #variantsOfSample(source: Expression): Statement[] {
    const found = new Map<string, Statement>();
    const open: ReadonlyMap<string, number>[] = [new Map()];
    const taken = new Set<string>();
    for (let chosen = open.shift(); chosen !== undefined; chosen = open.shift()) {
      this.#chosen = chosen;
      this.#seen = new Map();
      this.#parameters = 0;
      this.#depth = 0;
      this.#way = [];
      const text = this.#fragmentText(source, new Map());
      const template = this.#rootOf(source, new Map());
      const rowNode = template?.typeArguments?.[0];
      const row = rowNode === undefined ? undefined : this.#checker.getTypeFromTypeNode(rowNode);
      found.set(text, { place: this.#placeOf(template ?? source), text, row, rowNode });
      for (const [key, count] of this.#seen) {
        for (let choice = 1; choice < count; choice += 1) {
          if (taken.has(`${key}:${choice}`)) continue;
          taken.add(`${key}:${choice}`);
          open.push(new Map([...chosen, [key, choice]]));
        }
      }
    }
    return [...found.values()];
  }

  /** The template whose row type counts: the outermost one. */
  #rootOf(node: Node, scope: Scope): TaggedTemplateExpression | undefined {
    const bare = bareOf(node);
    if (isTaggedTemplateExpression(bare)) return bare;
    if (isIdentifier(bare)) {
      const passed = scope.get(bare.text);
      if (passed !== undefined) return this.#rootOf(passed.node, passed.scope);
      const declaration = this.#declarationOf(bare);
      if (declaration !== undefined && isVariableDeclaration(declaration) && declaration.initializer !== undefined)
        return this.#rootOf(declaration.initializer, scope);
    }
    if (isCallExpression(bare)) {
      const [returned] = this.#returnsOf(bare) ?? [];
      if (returned !== undefined) return this.#rootOf(returned, scope);
    }
    return undefined;
  }

  #choose<T>(node: Node, options: readonly T[], name = `${this.#placeOf(node)}:${node.pos}`): T {
    const key = `${this.#way.join(">")}>${name}`;
    this.#seen.set(key, options.length);
    const option = options[this.#chosen.get(key) ?? 0];
    if (option === undefined) throw new Unfollowed("nothing to choose from", node);
    return option;
  }

  #templateText(node: TaggedTemplateExpression, scope: Scope): string {
    this.#reached.add(node);
    const { template } = node;
    if (isNoSubstitutionTemplateLiteral(template)) return template.text;
    if (!isTemplateExpression(template)) throw new Unfollowed("no template", node);
    let text = template.head.text;
    for (const { expression, literal } of template.templateSpans) {
      text += this.#isFragment(expression) ? this.#fragmentText(expression, scope) : this.#parameter();
      text += literal.text;
    }
    return text;
  }

  #parameter(): string {
    this.#parameters += 1;
    return `$${this.#parameters}`;
  }

  #fragmentText(node: Node, scope: Scope): string {
    this.#depth += 1;
    if (this.#depth > 60) throw new Unfollowed("fragments contain each other", node);
    const text = this.#textOf(bareOf(node), scope);
    this.#depth -= 1;
    return text;
  }

  #textOf(node: Node, scope: Scope): string {
    if (isTaggedTemplateExpression(node) && isSqlTag(node.tag)) return this.#templateText(node, scope);
    if (isConditionalExpression(node)) {
      const decided = this.#decided(node.condition);
      if (decided !== undefined) return this.#fragmentText(decided ? node.whenTrue : node.whenFalse, scope);
      const { condition } = node;
      const file = condition.getSourceFile();
      // The same condition has the same answer everywhere in a statement.
      const same = `${file.fileName}:${condition.getText(file)}`;
      return this.#fragmentText(this.#choose(node, [node.whenTrue, node.whenFalse], same), scope);
    }
    if (isBinaryExpression(node)) return this.#fragmentText(this.#choose(node, [node.left, node.right]), scope);
    if (isCallExpression(node)) return this.#callText(node, scope);
    if (isIdentifier(node)) return this.#identifierText(node, scope);
    if (isPropertyAccessExpression(node) || isElementAccessExpression(node)) return this.#propertyText(node, scope);
    throw new Unfollowed("a fragment cannot be followed", node);
  }

  /** Whether a condition `name === "text"` holds for the sample in use; undefined where no sample decides. */
  #decided(condition: Node): boolean | undefined {
    if (!isBinaryExpression(condition) || !isStringLiteral(condition.right)) return undefined;
    const sample = this.#sample[condition.left.getText(condition.getSourceFile())];
    return sample === undefined ? undefined : sample === condition.right.text;
  }

  #identifierText(node: Node & { text: string }, scope: Scope): string {
    const passed = scope.get(node.text);
    if (passed !== undefined) return this.#fragmentText(passed.node, passed.scope);
    const declaration = this.#declarationOf(node);
    if (declaration === undefined) throw new Unfollowed(`the fragment ${node.text} has no declaration`, node);
    if (isVariableDeclaration(declaration) && declaration.initializer !== undefined)
      return this.#fragmentText(declaration.initializer, scope);
    if (isShorthandPropertyAssignment(declaration)) return this.#fragmentText(declaration.name, scope);
    const parameter = isBindingElement(declaration) ? parameterAround(declaration) : declaration;
    if (parameter !== undefined && isParameterDeclaration(parameter))
      return this.#argumentText(parameter, node.text, node);
    if (isBindingElement(declaration)) return this.#boundText(declaration, node, scope);
    throw new Unfollowed(`the fragment ${node.text} cannot be followed`, node);
  }

  /** A name that a declaration takes out of a list or an object. */
  #boundText(element: BindingElement, node: Node & { text: string }, scope: Scope): string {
    const { parent: pattern } = element;
    const { parent: declaration } = pattern;
    if (isArrayBindingPattern(pattern) && isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
      let list = bareOf(declaration.initializer);
      if (isConditionalExpression(list)) list = bareOf(this.#choose(list, [list.whenTrue, list.whenFalse]));
      const value = isArrayLiteralExpression(list) ? list.elements[pattern.elements.indexOf(element)] : undefined;
      if (value !== undefined) return this.#fragmentText(value, scope);
    }
    return this.#namedText(node.text, node);
  }

  /** A parameter of the function that holds the statement: each caller is one choice. */
  #argumentText(parameter: ParameterDeclaration, name: string, node: Node): string {
    const owner = parameter.parent;
    const called = nameOfFunction(owner);
    if (called === undefined) return this.#namedText(name, node);
    const isFunction = isFunctionDeclaration(owner) || isArrowFunction(owner) || isFunctionExpression(owner);
    const at = isFunction ? owner.parameters.indexOf(parameter) : -1;
    const given = (this.#calls.get(called) ?? []).flatMap((call) => {
      const argument = call.arguments[at];
      return argument === undefined ? [] : [argument];
    });
    const values = isIdentifier(parameter.name)
      ? given.filter((argument) => this.#isFragment(argument))
      : given.flatMap((argument) => this.#propertyOf(argument, name) ?? []);
    if (values.length === 0) return this.#namedText(name, node);
    return this.#fragmentText(this.#choose(parameter, values), new Map());
  }

  #propertyText(node: Node, scope: Scope): string {
    if (isPropertyAccessExpression(node)) {
      const holder = bareOf(node.expression);
      const passed = isIdentifier(holder) ? scope.get(holder.text) : undefined;
      const property = passed === undefined ? undefined : this.#propertyOf(passed.node, node.name.text);
      if (passed !== undefined && property !== undefined) return this.#fragmentText(property, passed.scope);
      return this.#namedText(node.name.text, node);
    }
    // An element of a table of fragments: each is one choice.
    if (!isElementAccessExpression(node)) throw new Unfollowed("a fragment cannot be followed", node);
    const table = this.#initializerOf(node.expression);
    if (table === undefined || !isObjectLiteralExpression(table))
      throw new Unfollowed("the table of fragments cannot be followed", node);
    const values = table.properties.flatMap((each) => (isPropertyAssignment(each) ? [each.initializer] : []));
    return this.#fragmentText(this.#choose(node, values), scope);
  }

  /** A field of an object that was made elsewhere in the file: each value that the file gives it is one choice. */
  #namedText(name: string, node: Node): string {
    const values: Node[] = [];
    const file = node.getSourceFile();
    const visit = (each: Node) => {
      if (isPropertyAssignment(each) && each.name.getText(file) === name && this.#isFragment(each.initializer))
        values.push(each.initializer);
      if (isShorthandPropertyAssignment(each) && each.name.getText(file) === name) {
        const declared = this.#shorthandValue(each);
        if (declared !== undefined) values.push(declared);
      }
      each.forEachChild(visit);
    };
    visit(file);
    if (values.length === 0) throw new Unfollowed(`the fragment ${name} cannot be followed`, node);
    return this.#fragmentText(this.#choose(node, values), new Map());
  }

  #shorthandValue(node: Node): Node | undefined {
    const symbol = this.#checker.getShorthandAssignmentValueSymbol(node);
    const declaration = symbol?.valueDeclaration?.resolve(this.#project);
    if (declaration === undefined || !isVariableDeclaration(declaration)) return undefined;
    return declaration.initializer;
  }

  #callText(node: CallExpression, scope: Scope): string {
    const { expression } = node;
    if (isPropertyAccessExpression(expression) && isIdentifier(expression.expression)) {
      const [first, second] = node.arguments;
      if (expression.expression.text === "sql" && first !== undefined) {
        switch (expression.name.text) {
          case "join": {
            const separator = second === undefined ? ", " : this.#fragmentText(second, scope);
            const parts = this.#partsOf(first, scope);
            return parts.join(separator);
          }
          case "lit":
            return this.#literalText(first, scope);
          case "raw":
            return this.#plainText(first, scope);
          case "id":
            return node.arguments.map((part) => `"${this.#plainText(part, scope)}"`).join(".");
          case "ref":
          case "table":
            return this.#plainText(first, scope)
              .split(".")
              .map((part) => `"${part}"`)
              .join(".");
          default:
        }
      }
    }
    if (isPropertyAccessExpression(expression) && ["as", "$castTo"].includes(expression.name.text))
      return this.#fragmentText(expression.expression, scope);
    const returns = this.#returnsOf(node);
    if (returns === undefined || returns.length === 0) throw new Unfollowed("the function cannot be followed", node);
    const inner = this.#scopeOfCall(node, scope);
    this.#way.push(`${this.#placeOf(node)}:${node.pos}`);
    const text = this.#fragmentText(this.#choose(node, returns), inner);
    this.#way.pop();
    return text;
  }

  /** What the call passes, by the names under which the function sees it. */
  #scopeOfCall(node: CallExpression, scope: Scope): Scope {
    const callee = this.#functionOf(node);
    const inner = new Map<string, Passed>();
    if (callee === undefined) return inner;
    for (const [at, parameter] of callee.parameters.entries()) {
      const argument = node.arguments[at];
      if (argument === undefined) continue;
      if (isIdentifier(parameter.name)) inner.set(parameter.name.text, { node: argument, scope });
      else if (isObjectBindingPattern(parameter.name)) {
        for (const element of parameter.name.elements) {
          if (element.name === undefined || !isIdentifier(element.name)) continue;
          const property = this.#propertyOf(argument, element.name.text);
          if (property !== undefined) inner.set(element.name.text, { node: property, scope });
        }
      }
    }
    return inner;
  }

  #functionOf(node: CallExpression) {
    return this.#functionNamed(isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression);
  }

  #functionNamed(node: Node) {
    if (isArrowFunction(node) || isFunctionExpression(node)) return node;
    const declaration = this.#declarationOf(node);
    if (declaration === undefined) return undefined;
    if (isFunctionDeclaration(declaration)) return declaration;
    const value =
      isVariableDeclaration(declaration) || isPropertyAssignment(declaration) ? declaration.initializer : undefined;
    const bare = value === undefined ? undefined : bareOf(value);
    return bare !== undefined && (isArrowFunction(bare) || isFunctionExpression(bare)) ? bare : undefined;
  }

  /** The expressions that the called function may return. */
  #returnsOf(node: CallExpression): Node[] | undefined {
    const callee = this.#functionOf(node);
    return callee?.body === undefined ? undefined : returnsOfBody(callee.body);
  }

  /** The parts of a list of fragments or values, for `sql.join`. */
  #partsOf(node: Node, scope: Scope): string[] {
    const bare = bareOf(node);
    if (isArrayLiteralExpression(bare))
      return bare.elements.flatMap((element) =>
        isSpreadElement(element) ? this.#partsOf(element.expression, scope) : [this.#partText(element, scope)],
      );
    if (isConditionalExpression(bare)) return this.#partsOf(this.#choose(bare, [bare.whenTrue, bare.whenFalse]), scope);
    if (isIdentifier(bare)) {
      const passed = scope.get(bare.text);
      if (passed !== undefined) return this.#partsOf(passed.node, passed.scope);
      const declaration = this.#declarationOf(bare);
      if (declaration !== undefined && isVariableDeclaration(declaration) && declaration.initializer !== undefined) {
        const parts = this.#partsOf(declaration.initializer, scope);
        return [...parts, ...this.#pushedTo(bare.text, declaration, scope)];
      }
    }
    if (isCallExpression(bare)) {
      const { expression } = bare;
      if (isPropertyAccessExpression(expression)) {
        const [callback] = bare.arguments;
        const { text } = expression.name;
        if ((text === "map" || text === "flatMap") && callback !== undefined) {
          const each = this.#functionNamed(callback);
          if (each?.body !== undefined) {
            const returned = this.#choose(callback, returnsOfBody(each.body));
            const inner = this.#elementScope(expression.expression, each.parameters[0], scope);
            return text === "map" ? [this.#partText(returned, inner)] : this.#partsOf(returned, inner);
          }
        }
        if (["filter", "toSorted", "slice", "sort", "values", "entries"].includes(text))
          return this.#partsOf(expression.expression, scope);
      }
      const returns = this.#returnsOf(bare);
      if (returns !== undefined && returns.length > 0) {
        const inner = this.#scopeOfCall(bare, scope);
        this.#way.push(`${this.#placeOf(bare)}:${bare.pos}`);
        const parts = this.#partsOf(this.#choose(bare, returns), inner);
        this.#way.pop();
        return parts;
      }
    }
    const type = this.#checker.getTypeAtLocation(bare);
    if (type !== undefined && !this.#checker.typeToString(type).includes("RawBuilder")) return [this.#parameter()];
    throw new Unfollowed("a list of fragments cannot be followed", bare);
  }

  /** In a callback of `map`, the element stands for the first of the list. */
  #elementScope(list: Node, parameter: ParameterDeclaration | undefined, scope: Scope): Scope {
    const initializer = this.#initializerOf(list);
    if (parameter === undefined || !isIdentifier(parameter.name) || initializer === undefined) return scope;
    if (!isArrayLiteralExpression(initializer)) return scope;
    const [first] = initializer.elements;
    return first === undefined ? scope : new Map([...scope, [parameter.name.text, { node: first, scope }]]);
  }

  #partText(node: Node, scope: Scope): string {
    return this.#isFragment(node) ? this.#fragmentText(node, scope) : this.#parameter();
  }

  /** What `name.push(…)` adds to a list, all of it in one text. */
  #pushedTo(name: string, declaration: Node, scope: Scope): string[] {
    const parts: string[] = [];
    for (const call of this.#calls.get("push") ?? []) {
      const { expression } = call;
      if (!isPropertyAccessExpression(expression) || !isIdentifier(expression.expression)) continue;
      if (expression.expression.text !== name || this.#declarationOf(expression.expression) !== declaration) continue;
      for (const argument of call.arguments) {
        if (isSpreadElement(argument)) parts.push(...this.#partsOf(argument.expression, scope));
        else parts.push(this.#partText(argument, scope));
      }
    }
    return parts;
  }

  /** The value that an object literal, or the constant that names one, gives a field. */
  #propertyOf(node: Node, name: string): Node | undefined {
    const literal = this.#initializerOf(node);
    return literal === undefined ? undefined : propertyOf(literal, name);
  }

  #initializerOf(node: Node): Node | undefined {
    const bare = bareOf(node);
    if (!isIdentifier(bare)) return bare;
    const declaration = this.#declarationOf(bare);
    return declaration !== undefined && isVariableDeclaration(declaration) && declaration.initializer !== undefined
      ? bareOf(declaration.initializer)
      : undefined;
  }

  /** A constant of the statement: its own text where the code has it, and null where not. */
  #literalText(node: Node, scope: Scope): string {
    const text = this.#findPlain(node, scope);
    return text === undefined ? "null" : `'${text.replaceAll("'", "''")}'`;
  }

  #plainText(node: Node, scope: Scope): string {
    const text = this.#findPlain(node, scope);
    if (text === undefined) throw new Unfollowed("the text of sql.raw or sql.id cannot be followed", node);
    return text;
  }

  #findPlain(node: Node, scope: Scope): string | undefined {
    const bare = bareOf(node);
    const file = bare.getSourceFile();
    const sample = this.#sample[bare.getText(file)];
    if (sample !== undefined) return sample;
    if (isStringLiteral(bare) || isNoSubstitutionTemplateLiteral(bare)) return bare.text;
    if (isConditionalExpression(bare))
      return this.#findPlain(this.#choose(bare, [bare.whenTrue, bare.whenFalse]), scope);
    if (isIdentifier(bare)) {
      const passed = scope.get(bare.text);
      if (passed !== undefined) return this.#findPlain(passed.node, passed.scope);
      const initializer = this.#initializerOf(bare);
      if (initializer !== undefined && initializer !== bare) return this.#findPlain(initializer, scope);
    }
    const type = this.#checker.getTypeAtLocation(bare);
    return type !== undefined && "value" in type && typeof type.value === "string" ? type.value : undefined;
  }

  #isFragment(node: Node): boolean {
    const bare = bareOf(node);
    if (isTaggedTemplateExpression(bare)) return isSqlTag(bare.tag);
    const known = this.#fragments.get(bare);
    if (known !== undefined) return known;
    const type = this.#checker.getTypeAtLocation(bare);
    const isOne = type !== undefined && /^(Promise<)?RawBuilder\b/.test(this.#checker.typeToString(type));
    this.#fragments.set(bare, isOne);
    return isOne;
  }

  #declarationOf(node: Node): Node | undefined {
    if (this.#declarations.has(node)) return this.#declarations.get(node);
    let symbol = this.#checker.getSymbolAtLocation(node);
    if (symbol !== undefined && (symbol.flags & SymbolFlags.Alias) !== 0)
      symbol = this.#checker.getAliasedSymbol(symbol);
    const declaration = symbol?.valueDeclaration?.resolve(this.#project);
    this.#declarations.set(node, declaration);
    return declaration;
  }

  #placeOf(node: Node): string {
    const file = node.getSourceFile();
    const line = file.text.slice(0, node.getStart(file)).split("\n").length;
    return `${file.fileName.slice(this.#root.length)}:${line}`;
  }
}

function isSqlTag(tag: Node): boolean {
  return isIdentifier(tag) && tag.text === "sql";
}

/** Without `await`, parentheses, `as`, `satisfies` and `!`. */
function bareOf(node: Node): Node {
  return isAwaitExpression(node) ||
    isParenthesizedExpression(node) ||
    isAsExpression(node) ||
    isSatisfiesExpression(node) ||
    isNonNullExpression(node)
    ? bareOf(node.expression)
    : node;
}

function returnsOfBody(body: Node): Node[] {
  if (!isBlock(body)) return [body];
  const returns: Node[] = [];
  const visit = (node: Node) => {
    if (isArrowFunction(node) || isFunctionExpression(node) || isFunctionDeclaration(node)) return;
    if (isReturnStatement(node) && node.expression !== undefined) returns.push(node.expression);
    node.forEachChild(visit);
  };
  body.forEachChild(visit);
  return returns;
}

function nameOfFunction(node: Node): string | undefined {
  if (isFunctionDeclaration(node)) return node.name?.text;
  const { parent } = node;
  if (
    (isArrowFunction(node) || isFunctionExpression(node)) &&
    isVariableDeclaration(parent) &&
    isIdentifier(parent.name)
  )
    return parent.name.text;
  return undefined;
}

function parameterAround(node: Node): ParameterDeclaration | undefined {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    if (isParameterDeclaration(at)) return at;
    if (isVariableDeclaration(at)) return undefined;
  }
  return undefined;
}

/** The value that an object literal gives a field. */
function propertyOf(node: Node, name: string): Node | undefined {
  const bare = bareOf(node);
  if (!isObjectLiteralExpression(bare)) return undefined;
  for (const property of bare.properties) {
    if (isPropertyAssignment(property) && isIdentifier(property.name) && property.name.text === name)
      return property.initializer;
    if (isShorthandPropertyAssignment(property) && isIdentifier(property.name) && property.name.text === name)
      return property.name;
  }
  return undefined;
}
