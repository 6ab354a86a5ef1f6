import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type ScalarTag,
  type Tags,
  visit,
  type YAMLError,
} from "yaml";
import { isObject, type JsonObject } from "./json.ts";
import type { Problem } from "./problem.ts";

/** One object of a file, a List's items counted singly, and where its parts stand. */
export interface Entry {
  value: JsonObject;
  line: number;
  /** The line of a field such as `metadata.name`, or the object's own if it is not there. */
  lineOf(path: readonly string[]): number;
}

/** The objects of one YAML or JSON file. Empty documents are none; what cannot be read is a problem with line and column. */
export function parseYaml(text: string, file: string): { entries: readonly Entry[]; problems: readonly Problem[] } {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    ...kubectlReading,
    lineCounter: lines,
  });
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  for (const document of "empty" in documents ? [] : documents) {
    const faults = documentFaults(document);
    problems.push(...faults.map((fault) => problemAt(fault, file, lines)));
    if (faults.length > 0 || isEmpty(document)) continue;
    for (const { node, value } of objectsOf(document)) {
      const origin = { file, line: lineAt(node, lines) };
      if (isObject(value)) entries.push({ value, line: origin.line, lineOf: (path) => lineOfField(node, path, lines) });
      else problems.push({ origin, message: "this document is no Kubernetes object", hint: notAnObject });
    }
  }
  return { entries, problems };
}

const notAnObject = "A manifest starts with `apiVersion:` and `kind:`; take other files out of `manifests`.";

/** As kubectl reads: YAML 1.1 (0644 is octal, `yes` is true) with 0o644 too, but times and ages stay text. */
const kubectlReading = {
  schema: "yaml-1.1",
  prettyErrors: false,
  logLevel: "error",
  customTags: (tags: Tags): Tags => {
    return [...tags.filter((tag) => typeof tag === "string" || !isOwnIdea(tag.tag, tag.format)), newOctal];
  },
} as const;

const newOctal: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^0o[0-7]+$/,
  resolve: (text) => Number.parseInt(text.slice(2), 8),
};

function isOwnIdea(tag: string, format: string | undefined): boolean {
  return format === "TIME" || ["timestamp", "binary", "omap", "pairs", "set"].some((name) => tag.endsWith(`:${name}`));
}

interface Fault {
  offset: number;
  code: string;
}

function documentFaults(document: Document): readonly Fault[] {
  const faults: Fault[] = [...document.errors, ...document.warnings].map(({ code, pos }: YAMLError) => ({
    code,
    offset: pos[0],
  }));
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document)) faults.push({ code: "UNKNOWN_ALIAS", offset: alias.range?.[0] ?? 0 });
    },
    Pair: (_, pair: Pair) => {
      if (isCollection(pair.key)) faults.push({ code: "COLLECTION_KEY", offset: pair.key.range?.[0] ?? 0 });
    },
  });
  return faults.length > 0 ? faults : expansionFaults(document);
}

/** A few lines of aliases can stand for gigabytes. */
function expansionFaults(document: Document): readonly Fault[] {
  try {
    document.toJS();
    return [];
  } catch {
    return [{ code: "TOO_MANY_ALIASES", offset: document.contents?.range?.[0] ?? 0 }];
  }
}

function isEmpty(document: Document): boolean {
  const { contents } = document;
  return contents === null || (isScalar(contents) && contents.value === null);
}

function objectsOf(document: Document): readonly { node: Node | null; value: unknown }[] {
  const value: unknown = document.toJS();
  if (!isObject(value) || !isList(value)) return [{ node: nodeOf(document.contents), value }];
  const items = document.getIn(["items"], true);
  return value.items.map((item, index) => ({
    node: isSeq(items) ? nodeOf(items.items[index]) : nodeOf(document.contents),
    value: item,
  }));
}

function isList(value: JsonObject): value is JsonObject & { items: readonly unknown[] } {
  return typeof value.kind === "string" && value.kind.endsWith("List") && Array.isArray(value.items);
}

function nodeOf(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}

function lineAt(node: Node | null, lines: LineCounter): number {
  return lines.linePos(node?.range?.[0] ?? 0).line;
}

function lineOfField(node: Node | null, path: readonly string[], lines: LineCounter): number {
  const field = isMap(node) ? nodeOf(node.getIn(path, true)) : null;
  return lineAt(field ?? node, lines);
}

/** In our words: the parser's own may quote the file, and the file may hold Secrets. */
const explanations: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  DUPLICATE_KEY: ["this key stands twice in the same object", "Keep one of the two."],
  TAB_AS_INDENT: ["a tab is used for indentation", "YAML is indented with spaces; replace the tab."],
  BAD_INDENT: [
    "this line is indented differently from its neighbors",
    "Give all keys of an object the same indentation.",
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    "a second `key: value` on one line",
    "Start a new line, or quote a value that contains a colon.",
  ],
  MISSING_CHAR: ["a quote or bracket is never closed", "Close it, or quote the whole value."],
  UNKNOWN_ALIAS: [
    "this alias has no anchor before it",
    "Anchors are known within one document only, from where they stand.",
  ],
  TOO_MANY_ALIASES: ["aliases expand to too much", "Write the repeated parts out."],
  COLLECTION_KEY: [
    "a key is itself an object",
    "This looks like an unrendered template; render it first, or quote the value.",
  ],
  TAG_RESOLVE_FAILED: ["this tag is not known", "Kubernetes knows plain YAML only; write the value without a `!tag`."],
};

function problemAt(fault: Fault, file: string, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(fault.offset);
  const [message, hint] = explanations[fault.code] ?? [
    `this is no valid YAML (${fault.code.toLowerCase().replaceAll("_", " ")})`,
    "Check the line and the one before it, for instance with `kubectl apply --dry-run=client -f`.",
  ];
  return { origin: { file, line }, column: col, message, hint };
}
