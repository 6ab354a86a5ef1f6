import { type Case, given, it, post } from "../case.ts";
import { configMap, deployment, lease, secret } from "../examples.ts";
import { spec } from "../parts.ts";

/** New objects that are named wrongly, twice, or as something else. */
export const naming: readonly Case[] = [
  it("a generated name", post("configmaps", { ...configMap("web"), metadata: { generateName: "web-" } })),
  it("a name twice", given(post("configmaps", configMap("web"))), post("configmaps", configMap("web"))),
  it("a name twice, in a group", given(post("leases", lease("web"))), post("leases", lease("web"))),
  it("no name", post("configmaps", { ...configMap("web"), metadata: {} })),
  it("no name, in a group", post("deployments", { ...deployment("web"), metadata: {} })),
  it(
    "no name and no namespace that exists",
    post("/api/v1/namespaces/{ns}-none/configmaps", { ...configMap("web"), metadata: {} }),
  ),
  it(
    "another namespace than the URL's",
    post("configmaps", { ...configMap("web"), metadata: { name: "web", namespace: "other" } }),
  ),
  it("a namespace that does not exist", post("/api/v1/namespaces/{ns}-none/configmaps", configMap("web"))),
  it("another kind", post("configmaps", secret("web"))),
  it("another version", post("deployments", { ...deployment("web"), apiVersion: "apps/v1beta1" })),
  it("another group", post("deployments", { ...deployment("web"), apiVersion: "extensions/v1" })),
  it("no kind", post("configmaps", { metadata: { name: "web" }, data: {} })),
  it("a kind without a version", post("configmaps", { kind: "ConfigMap", metadata: { name: "web" } })),
  it("a kind that nobody knows", post("configmaps", { apiVersion: "v1", kind: "Nothing", metadata: { name: "web" } })),
  it("a resourceVersion", post("configmaps", { ...configMap("web"), metadata: { name: "web", resourceVersion: "1" } })),
  it(
    "a uid, generation and times of its own",
    post("configmaps", {
      ...configMap("web"),
      metadata: {
        name: "web",
        uid: "11111111-1111-1111-1111-111111111111",
        generation: 7,
        creationTimestamp: "2001-01-01T00:00:00Z",
      },
    }),
  ),
  it("a status of its own", spec(post("deployments", { ...deployment("web"), status: { replicas: 7 } }))),
  it(
    "finalizers and owners",
    given(post("configmaps", configMap("other"))),
    post("configmaps", {
      ...configMap("web"),
      metadata: {
        name: "web",
        finalizers: ["example.com/wait"],
        ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "other", uid: "{0.metadata.uid}" }],
      },
    }),
  ),
  it("a field manager of its own", post("configmaps?fieldManager=somebody", configMap("web"))),
  it("a method that is not there", post("configmaps/web", configMap("web"))),
];
