import { type Case, given, it, patch, post, type Step } from "../case.ts";
import { configMap, labels, service } from "../examples.ts";

const has = (body: unknown): Step => given(post("configmaps", body));
const abc = has({
  ...configMap("web", { data: { a: "1", b: "2" } }),
  metadata: { name: "web", annotations: { "b/c": "3" } },
});
const json = (...operations: unknown[]): Step => patch("json", "configmaps/web", operations);
const merge = (path: string, body: unknown): Step => patch("merge", path, body);

const ofJson = (name: string, ...operations: unknown[]): Case => it(`JSON patch: ${name}`, abc, json(...operations));
const finalized = has({
  ...configMap("web"),
  metadata: { name: "web", finalizers: ["example.com/a", "example.com/b"] },
});

const jsonPatches: Case[] = [
  ofJson(
    "add, replace and remove",
    { op: "add", path: "/data/x", value: "1" },
    { op: "replace", path: "/data/a", value: "9" },
    { op: "remove", path: "/metadata/annotations/b~1c" },
  ),
  ofJson(
    "escapes",
    { op: "test", path: "/metadata/annotations/b~1c", value: "3" },
    { op: "add", path: "/data/d~0e", value: "4" },
  ),
  ofJson("a test that fails", { op: "test", path: "/data/a", value: "2" }, { op: "remove", path: "/data/a" }),
  ofJson("a test of nothing", { op: "test", path: "/data/none", value: "2" }),
  ofJson("a test for null where nothing is", { op: "test", path: "/data/none", value: null }),
  ofJson("removes what is not there", { op: "remove", path: "/data/none" }),
  ofJson("replaces what is not there", { op: "replace", path: "/data/none", value: "1" }),
  ofJson("adds below what is not there", { op: "add", path: "/binaryData/a", value: "AA==" }),
  ofJson("adds over what is there", { op: "add", path: "/data", value: { only: "1" } }),
  ofJson(
    "moves and copies",
    { op: "move", from: "/data/a", path: "/data/z" },
    { op: "copy", from: "/data/z", path: "/data/y" },
  ),
  ofJson("moves from nowhere", { op: "move", from: "/data/none", path: "/data/z" }),
  ofJson("an operation that nobody knows", { op: "increase", path: "/data/a" }),
  ofJson("an operation without a path", { op: "remove" }),
  ofJson("an add without a value", { op: "add", path: "/data/x" }),
  ofJson("nothing"),
  ofJson("a value as it is", { op: "replace", path: "/data/a", value: "1" }),
  ofJson("the name", { op: "replace", path: "/metadata/name", value: "other" }),
  ofJson("a path without a slash", { op: "remove", path: "data/a" }),
  it("JSON patch: an object", abc, patch("json", "configmaps/web", { op: "remove", path: "/data/a" })),
  it("JSON patch: no JSON", abc, patch("json", "configmaps/web", "nonsense")),
  it(
    "JSON patch: lists",
    finalized,
    json(
      { op: "add", path: "/metadata/finalizers/-", value: "example.com/c" },
      { op: "add", path: "/metadata/finalizers/0", value: "example.com/z" },
    ),
    json({ op: "remove", path: "/metadata/finalizers/1" }),
    json({ op: "add", path: "/metadata/finalizers/9", value: "example.com/x" }),
    json({ op: "remove", path: "/metadata/finalizers/9" }),
    json({ op: "remove", path: "/metadata/finalizers/-1" }),
    json({ op: "replace", path: "/metadata/finalizers/first", value: "example.com/y" }),
    json({ op: "replace", path: "/metadata/finalizers", value: [] }),
  ),
  it(
    "JSON patch: a version to keep",
    abc,
    json(
      { op: "test", path: "/metadata/resourceVersion", value: "{0.metadata.resourceVersion}" },
      { op: "replace", path: "/data/a", value: "2" },
    ),
    json(
      { op: "test", path: "/metadata/resourceVersion", value: "{0.metadata.resourceVersion}" },
      { op: "replace", path: "/data/a", value: "3" },
    ),
  ),
];

const mergePatches: Case[] = [
  it(
    "merge patch: adds, changes and removes",
    abc,
    merge("configmaps/web", { data: { a: null, b: "9", x: "1" }, metadata: { labels } }),
    merge("configmaps/web", { metadata: { labels: null } }),
  ),
  it("merge patch: nothing", abc, merge("configmaps/web", {}), merge("configmaps/web", { data: { a: "1" } })),
  it(
    "merge patch: removes what is not there",
    abc,
    merge("configmaps/web", { data: { none: null }, metadata: { annotations: null } }),
  ),
  it(
    "merge patch: a version to keep",
    abc,
    merge("configmaps/web", { metadata: { resourceVersion: "{0.metadata.resourceVersion}" }, data: { a: "2" } }),
    merge("configmaps/web", { metadata: { resourceVersion: "{0.metadata.resourceVersion}" }, data: { a: "3" } }),
  ),
  it(
    "merge patch: a list as a whole",
    given(post("services", service("web"))),
    merge("services/web", { spec: { ports: [{ name: "b", port: 81 }] } }),
  ),
  it("merge patch: all data away", abc, merge("configmaps/web", { data: null })),
  it(
    "merge patch: no object",
    abc,
    merge("configmaps/web", []),
    merge("configmaps/web", "1"),
    merge("configmaps/web", "nonsense"),
  ),
  it("merge patch: another manager", abc, merge("configmaps/web?fieldManager=other", { data: { a: "2" } }), {
    ...merge("configmaps/web", { data: { b: "5" } }),
    agent: "agent",
  }),
  it(
    "merge patch: a manager's name that is too long",
    abc,
    merge(`configmaps/web?fieldManager=${"x".repeat(129)}`, { data: {} }),
  ),
  it(
    "merge patch: managed fields away",
    abc,
    merge("configmaps/web", { metadata: { managedFields: [{}] } }),
    merge("configmaps/web", { data: { a: "7" } }),
  ),
];

export const jsonAndMergePatches: readonly Case[] = [...jsonPatches, ...mergePatches];
