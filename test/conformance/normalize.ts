import { at, type Json } from "./case.ts";
import type { Answer } from "./target.ts";

/** An answer without what no two runs share. */
export interface Normalized {
  readonly code: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export interface Scenery {
  readonly namespace: string;
  readonly images: Readonly<Record<string, string>>;
}

/**
 * Gives uids, versions, times, generated names, addresses and nodes of a whole conversation names of their own, the same
 * value always the same name. Versions are numbered by their size, so that "newer" and "unchanged" stay visible; the
 * version of a list is the server's and says nothing of the case. Everything else is kept.
 */
export function normalize(answers: readonly Answer[], scenery: Scenery): readonly Normalized[] {
  const rename = renaming(answers, scenery);
  const version = versions(answers);
  const walk = (value: Json, key: string): Json => {
    if (typeof value === "string") return key === "resourceVersion" ? version(value) : rename(value, key);
    if (Array.isArray(value)) {
      const items = value.map((item) => walk(item, key));
      return key === "managedFields" ? items.toSorted(byManager) : isConflict(items) ? items.toSorted(byText) : items;
    }
    if (typeof value !== "object" || value === null) return value;
    const own = isCollection(value) ? unversioned(value) : value;
    return Object.fromEntries(Object.entries(own).map(([name, item]) => [rename(name, ""), walk(item, name)]));
  };
  return answers.map(({ code, headers, body }) => {
    const shownHeaders = Object.entries(headers).filter(([name, text]) => name !== "content-type" || !isPlain(text));
    return {
      code,
      ...(shownHeaders.length === 0 ? {} : { headers: Object.fromEntries(shownHeaders) }),
      body: walk(body, ""),
    };
  });
}

function isPlain(contentType: string): boolean {
  return contentType === "application/json";
}

/** The server orders them by second and name: how many seconds lie between two writes is luck. */
function byManager(a: Json, b: Json): number {
  const rank = (entry: Json): string => {
    const { operation, manager, subresource, apiVersion, time } = entry as Record<string, Json>;
    return [operation, manager, subresource ?? "", apiVersion, time ?? ""].join("\n");
  };
  return rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0;
}

/** The causes of an apply's conflict: the server names the managers in any order. */
function isConflict(items: readonly Json[]): boolean {
  return items.every((item) => at(item, "reason") === "FieldManagerConflict");
}

function byText(a: Json, b: Json): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

interface JsonMap {
  [key: string]: Json;
}

/** A list, a table or a bookmark: its version is that of the server. */
function isCollection(value: JsonMap): boolean {
  return "items" in value || "rows" in value || (typeof value.metadata === "object" && isBookmark(value));
}

function isBookmark({ metadata, ...rest }: JsonMap): boolean {
  const keys = Object.keys((metadata ?? {}) as JsonMap);
  return keys.includes("resourceVersion") && !keys.includes("name") && !("status" in rest && rest.kind === "Status");
}

function unversioned(list: JsonMap): JsonMap {
  const metadata = { ...(list.metadata as JsonMap) };
  if ("resourceVersion" in metadata) metadata.resourceVersion = "";
  if ("continue" in metadata && metadata.continue !== "") metadata.continue = "‹continue›";
  return { ...list, metadata };
}

function versions(answers: readonly Answer[]): (text: string) => string {
  const found = new Set<number>();
  for (const { body } of answers) {
    visit(body, (value) => {
      const version = (value.metadata as JsonMap | undefined)?.resourceVersion;
      if (typeof version === "string" && /^\d+$/.test(version) && !isCollection(value)) found.add(Number(version));
    });
  }
  const sorted = [...found].sort((a, b) => a - b);
  return (text) => {
    const rank = /^\d+$/.test(text) ? sorted.indexOf(Number(text)) : -1;
    return rank < 0 ? text : `‹version ${rank + 1}›`;
  };
}

function visit(value: Json, look: (value: JsonMap) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) look(value);
  for (const item of Object.values(value)) visit(item, look);
}

const time = /\b20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const uid = /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const address = /\b(198\.1[89]|10\.(96|244))\.\d+\.\d+\b/g;
/** What is behind the name of an event, versions in messages, and a whole object where one is quoted. */
const numbered: readonly [RegExp, string][] = [
  [/Invalid value: "\{.*\}": /gs, 'Invalid value: "‹object›": '],
  [/Invalid value: "map\[.*\]": /gs, 'Invalid value: "‹patch›": '],
  [/\.1[0-9a-f]{15}\b/g, ".‹event›"],
  [/\bkube-api-access-\w{5}\b/g, "kube-api-access-‹suffix›"],
  [/(ResourceVersion in (?:the precondition|record) \()\d+\)/g, "$1‹version›)"],
  [/(too old resource version: )\d+ \(\d+\)/g, "$1‹version› (‹version›)"],
  [/(Too large resource version: \d+, current: )\d+/g, "$1‹version›"],
];

function renaming(answers: readonly Answer[], { namespace, images }: Scenery): (text: string, key: string) => string {
  const numbers = new Map<string, string>();
  const named = (kind: string) => (text: string) => {
    const count = [...numbers.values()].filter((name) => name.startsWith(`‹${kind} `)).length;
    if (!numbers.has(text)) numbers.set(text, `‹${kind} ${count + 1}›`);
    return numbers.get(text) ?? text;
  };
  const literal = [...literals(answers, { namespace, images })].sort(([a], [b]) => b.length - a.length);
  return (text, key) => {
    let next = text;
    for (const [from, to] of literal) next = next.replaceAll(from, to);
    for (const [pattern, to] of numbered) next = next.replace(pattern, to);
    next = next.replace(time, "‹time›").replace(uid, named("uid")).replace(address, named("address"));
    return key === "nodeName" || key === "hostname" ? named("node")(next) : next;
  };
}

/** Texts that can be replaced wherever they stand. */
function literals(answers: readonly Answer[], { namespace, images }: Scenery): Map<string, string> {
  const found = new Map([[namespace, "{ns}"]]);
  for (const [name, reference] of Object.entries(images)) found.set(reference, `{image:${name}}`);
  const add = (text: Json | undefined, kind: string): void => {
    if (typeof text !== "string" || text === "" || found.has(text)) return;
    const count = [...found.values()].filter((name) => name.startsWith(`‹${kind} `)).length;
    found.set(text, `‹${kind} ${count + 1}›`);
  };
  for (const { body } of answers) {
    visit(body, (value) => {
      const metadata = value.metadata as JsonMap | undefined;
      if (typeof metadata !== "object" || metadata === null) return;
      add((metadata.labels as JsonMap | undefined)?.["pod-template-hash"], "hash");
      const { name, generateName } = metadata;
      if (typeof name === "string" && typeof generateName === "string") add(name.slice(generateName.length), "suffix");
    });
  }
  return found;
}
