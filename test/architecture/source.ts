import { type Node, parseSync } from "oxc-parser";

/** One import, re-export, `import()` or `import("x").T`; `import type` counts like any other. */
export interface Import {
  line: number;
  /** What is imported from; none where it is computed. */
  specifier: string | undefined;
  /** Imported names as the other module calls them; `*` for all of it. */
  names: readonly string[];
  typeOnly: boolean;
  lazy: boolean;
}

export interface FunctionSize {
  line: number;
  name: string;
  lines: number;
  parameters: number;
}

/** What the rules need to know of one TypeScript file. */
export interface Source {
  /** From the repository's folder, with `/`. */
  path: string;
  lines: number;
  imports: readonly Import[];
  functions: readonly FunctionSize[];
  /** Uses of what the platform gives and a pure function has not: `process`, `Date.now`, `new Date()`. */
  impurities: readonly { line: number; what: string }[];
  defaultExports: readonly number[];
  /** Names that this file declares and exports. */
  exports: readonly string[];
}

type Found = { -readonly [Key in "imports" | "functions" | "impurities"]: Source[Key][number][] } & {
  defaultExports: number[];
};
type Visit = { node: Node; parent: Node | undefined; line: (node: Node) => number; found: Found };

/** Reads one file. @throws when it is not TypeScript. */
export function readSource(path: string, text: string): Source {
  const { program, errors, module } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const starts = [...text.matchAll(/\n/g)].map((match) => match.index);
  const line = (node: Node) => starts.filter((start) => start < node.start).length + 1;
  const found: Found = { imports: [], functions: [], impurities: [], defaultExports: [] };
  walk(program, undefined, (node, parent) => {
    const visit = { node, parent, line, found };
    collectImports(visit);
    collectFunctions(visit, text);
    collectImpurities(visit);
    if (node.type === "ExportDefaultDeclaration") found.defaultExports.push(line(node));
  });
  const exported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.exportName.name ?? ""));
  return { path, lines: text.trimEnd().split("\n").length, exports: exported, ...found };
}

function walk(node: Node, parent: Node | undefined, visit: (node: Node, parent: Node | undefined) => void): void {
  visit(node, parent);
  for (const child of Object.values(node).flat()) {
    if (isNode(child)) walk(child, node, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function collectImports({ node, line, found }: Visit): void {
  const add = (source: Node, names: readonly string[], how: { typeOnly?: boolean; lazy?: boolean } = {}) =>
    found.imports.push({
      line: line(node),
      specifier: source.type === "Literal" && typeof source.value === "string" ? source.value : undefined,
      names,
      typeOnly: how.typeOnly ?? false,
      lazy: how.lazy ?? false,
    });
  switch (node.type) {
    case "ImportDeclaration":
      return void add(node.source, node.specifiers.map(importedName), { typeOnly: node.importKind === "type" });
    case "ExportAllDeclaration":
      return void add(node.source, ["*"], { typeOnly: node.exportKind === "type" });
    case "ExportNamedDeclaration": {
      if (node.source === null) return;
      const names = node.specifiers.map((specifier) => nameOf(specifier.local));
      return void add(node.source, names, { typeOnly: node.exportKind === "type" });
    }
    case "ImportExpression":
      return void add(node.source, ["*"], { lazy: true });
    case "TSImportType":
      return void add(node.source, ["*"], { typeOnly: true });
  }
}

function importedName(specifier: Node): string {
  if (specifier.type === "ImportSpecifier") return nameOf(specifier.imported);
  return specifier.type === "ImportDefaultSpecifier" ? "default" : "*";
}

function nameOf(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" ? String(node.value) : "";
}

function collectFunctions({ node, parent, line, found }: Visit, text: string): void {
  if (
    node.type !== "FunctionDeclaration" &&
    node.type !== "FunctionExpression" &&
    node.type !== "ArrowFunctionExpression"
  )
    return;
  // A list of tests is no function to follow, however it is written down.
  const callee = parent?.type === "CallExpression" ? nameOf(parent.callee) : "";
  if (callee === "describe" || callee === "suite") return;
  found.functions.push({
    line: line(node),
    name: functionName(node, parent),
    lines: text.slice(node.start, node.end).split("\n").length,
    parameters: node.params.length,
  });
}

function functionName(node: Node, parent: Node | undefined): string {
  if (node.type === "FunctionDeclaration" && node.id !== null) return node.id.name;
  if (parent?.type === "VariableDeclarator") return nameOf(parent.id);
  if (parent?.type === "MethodDefinition" || parent?.type === "Property") return nameOf(parent.key);
  return "a function";
}

const impureNames = new Set([
  "process",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "fetch",
  "console",
  "performance",
  "crypto",
  "globalThis",
]);
const impureCalls = new Set(["Date.now", "Math.random"]);

function collectImpurities({ node, parent, line, found }: Visit): void {
  const add = (what: string) => found.impurities.push({ line: line(node), what });
  if (node.type === "Identifier" && impureNames.has(node.name) && isReference(node, parent)) add(node.name);
  if (node.type === "NewExpression" && nameOf(node.callee) === "Date" && node.arguments.length === 0) add("new Date()");
  if (node.type === "MemberExpression") {
    const call = `${nameOf(node.object)}.${nameOf(node.property)}`;
    if (impureCalls.has(call)) add(call);
  }
}

/** Whether an identifier stands for a value, and is not just the name of a property. */
function isReference(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined) return true;
  if ("computed" in parent && parent.computed === true) return true;
  if ("property" in parent && parent.property === node) return false;
  if ("shorthand" in parent && parent.shorthand === true) return true;
  return !("key" in parent && parent.key === node);
}
