import { type Case, type Group, get, given, it, post, type Step } from "../case.ts";
import { configMap, pod, secret } from "../examples.ts";
import { names } from "../parts.ts";
import { asking } from "./asking.ts";

const colored = (name: string, color: string, more: object = {}): object => ({
  ...configMap(name),
  metadata: { name, labels: { color, ...more } },
});
const three: Step[] = [
  given(post("configmaps", colored("a", "blue", { tier: "front" }))),
  given(post("configmaps", colored("b", "green"))),
  given(post("configmaps", colored("c", "red", { tier: "back" }))),
];

const selected = (title: string, selector: string): Case =>
  it(title, ...three, names(get(`configmaps?labelSelector=${encodeURIComponent(selector)}`)));

/** Without the config map that every namespace has. */
const ours = "labelSelector=color";

const listing: Case[] = [
  it("an object", given(post("configmaps", configMap("web"))), get("configmaps/web")),
  it("a list", ...three, get(`configmaps?${ours}`)),
  it("an empty list", get("configmaps?labelSelector=none"), get("leases")),
  it(
    "a list of all namespaces",
    given(post("secrets", { ...secret("web"), metadata: { name: "web", labels: { own: "{ns}" } } })),
    names(get("/api/v1/secrets?labelSelector=own%3D{ns}")),
  ),
  selected("labels that are equal", "color=blue"),
  selected("labels that are equal, twice", "color==blue,tier=front"),
  selected("labels that differ", "color!=blue,color"),
  selected("labels in a set", "color in (blue, red)"),
  selected("labels not in a set", "color notin (blue,red),color"),
  selected("labels that are there", "tier"),
  selected("labels that are not there", "!tier,color"),
  selected("labels greater than", "color>1"),
  selected("an empty value", "color="),
  selected("a selector that is none", "color in blue"),
  selected("a selector with a bad key", "a b"),
  selected("a selector with a bad value", "color=b!ue"),
  selected("a selector that is half there", "color in (blue"),
  it(
    "fields",
    ...three,
    names(get("configmaps?fieldSelector=metadata.name%3Da")),
    names(get("configmaps?fieldSelector=metadata.name!%3Da,metadata.namespace%3D{ns}&labelSelector=color")),
  ),
  it(
    "fields that cannot be selected",
    get("configmaps?fieldSelector=data.color%3Dblue"),
    get("deployments?fieldSelector=spec.replicas%3D0"),
    get("pods?fieldSelector=spec.image%3Da"),
  ),
  it("a field selector that is none", get("configmaps?fieldSelector=metadata.name")),
  it(
    "fields of pods",
    given(post("pods", pod("web"))),
    names(get("pods?fieldSelector=status.phase%3DPending")),
    names(get("pods?fieldSelector=spec.nodeName%3D")),
    names(get("pods?fieldSelector=status.phase%3DRunning")),
  ),
  it(
    "pages",
    ...three,
    names(get(`configmaps?${ours}&limit=2`)),
    names(get(`configmaps?${ours}&limit=2&continue={3.metadata.continue}`)),
  ),
  it(
    "pages without a selector",
    ...three.map((step) => ({
      ...step,
      path: "secrets",
      body: { ...(step.body as object), kind: "Secret", data: {} },
    })),
    names(get("secrets?limit=1")),
    names(get("secrets?limit=1&continue={3.metadata.continue}")),
    names(get("secrets?limit=1&continue={4.metadata.continue}")),
  ),
  it("a page that is none", get("configmaps?limit=1&continue=nonsense")),
  it("a limit that is none", get("configmaps?limit=many")),
  it(
    "versions that are asked for",
    ...three,
    names(get(`configmaps?${ours}&resourceVersion=0`)),
    names(get(`configmaps?${ours}&resourceVersion={1.metadata.resourceVersion}&resourceVersionMatch=NotOlderThan`)),
    names(get(`configmaps?${ours}&resourceVersion={1.metadata.resourceVersion}&resourceVersionMatch=Exact`)),
  ),
  it("a match without a version", get("configmaps?resourceVersionMatch=Exact")),
  it("a match that nobody knows", get("configmaps?resourceVersion=1&resourceVersionMatch=Nearly")),
  it("a match of no version exactly", get("configmaps?resourceVersion=0&resourceVersionMatch=Exact")),
  it("a version that is none", get("configmaps?resourceVersion=new")),
];

export const reading: Group = { name: "reading", cases: [...asking, ...listing] };
