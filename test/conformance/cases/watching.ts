import { at, type Case, type Group, get, given, it, patch, post, remove, type Step, watch } from "../case.ts";
import { configMap, deployment, labels } from "../examples.ts";

const colored = (name: string, color: string, more: object = {}): object => ({
  ...configMap(name),
  metadata: { name, labels: { color, ...more } },
});
const three: Step[] = [
  given(post("configmaps", colored("a", "blue", { tier: "front" }))),
  given(post("configmaps", colored("b", "green"))),
  given(post("configmaps", colored("c", "red", { tier: "back" }))),
];

/** Without the config map that every namespace has. */
const ours = "labelSelector=color";
const patched = (name: string, body: unknown): Step => given(patch("merge", `configmaps/${name}`, body));

/** Type, name and labels of each event; the last one may be an error. */
const told = (step: Step): Step => ({
  ...step,
  pick: (body) =>
    Array.isArray(body)
      ? body.map((event) => [
          at(event, "type"),
          at(event, "object.metadata.name") ?? at(event, "object"),
          at(event, "object.metadata.labels") ?? null,
          at(event, "object.metadata.resourceVersion") ?? null,
        ])
      : body,
});

const since = "resourceVersion={0.metadata.resourceVersion}";
const watching: Case[] = [
  it(
    "what happens to an object",
    given(post("configmaps", colored("a", "blue"))),
    patched("a", { data: { color: "red" } }),
    given(remove("configmaps/a")),
    watch(`configmaps?${since}`, 2),
  ),
  it("what is there, then what happens", ...three, told(watch(`configmaps?${ours}`, 3))),
  it(
    "an object that begins and ceases to match",
    given(post("configmaps", colored("a", "blue"))),
    patched("a", { metadata: { labels: { color: "green" } } }),
    patched("a", { metadata: { labels: { tier: "x" } } }),
    patched("a", { metadata: { labels: { color: "blue" } } }),
    given(remove("configmaps/a")),
    told(watch(`configmaps?${since}&labelSelector=color%3Dgreen`, 3)),
    told(watch(`configmaps?${since}&labelSelector=color%3Dblue`, 3)),
  ),
  it(
    "one object by its name",
    ...three,
    patched("a", { data: { x: "1" } }),
    patched("b", { data: { x: "1" } }),
    told(watch(`configmaps?${since}&fieldSelector=metadata.name%3Db`, 2)),
  ),
  it(
    "initial events, and a mark behind them",
    ...three,
    told(
      watch(`configmaps?${ours}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`, 4),
    ),
  ),
  it("the mark behind initial events", given(post("configmaps", colored("a", "blue"))), {
    ...watch(`configmaps?${ours}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`, 2),
    pick: (body) => at(body, "1"),
  }),
  it(
    "initial events without what they need",
    watch("configmaps?sendInitialEvents=true", 1),

    watch("configmaps?resourceVersionMatch=NotOlderThan&resourceVersion=1", 1),
  ),
  it("initial events of a list", get("configmaps?sendInitialEvents=true&resourceVersionMatch=NotOlderThan")),
  it("a version that is none, watched", watch("configmaps?resourceVersion=new", 1)),
  it("nothing, until the time is over", {
    ...get("leases?watch=true&timeoutSeconds=1&labelSelector=none"),
    pick: (body) => body,
  }),
  it(
    "a deletion that waits for a finalizer",
    given(
      post("configmaps", {
        ...configMap("a"),
        metadata: { name: "a", labels: { color: "x" }, finalizers: ["example.com/wait"] },
      }),
    ),
    given(remove("configmaps/a")),
    patched("a", { metadata: { finalizers: null } }),
    watch(`configmaps?${since}`, 2),
  ),
  it(
    "a Deployment from its creation",
    given(post("deployments", deployment("a", {}, { metadata: { name: "a", labels } }))),
    { ...watch("deployments", 1), pick: (body) => [at(body, "0.type"), at(body, "0.object.metadata.name")] },
  ),
];

export const following: Group = { name: "watching", cases: watching };
