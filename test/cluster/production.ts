import * as z from "zod";
import { kubectl } from "./kubectl.ts";
import { apply } from "./shop.ts";

const namespace = "production";

/** What lets the accounts there list the nodes, as README.md of preflight asks for; the examples' own Roles do not. */
const nodes = "cutover-examples-nodes";

/** A namespace for the teams, deleted in the end. Refuses a cluster that has a production already, which is not ours. */
export function createProduction(): Disposable {
  if (kubectl(["get", "namespace", namespace, "--ignore-not-found", "--output=name"]) !== "") {
    throw new Error(`The cluster has a namespace ${namespace}, and this test would delete it: use another cluster.`);
  }
  kubectl(["create", "namespace", namespace]);
  apply(listNodes());
  return {
    [Symbol.dispose]: () => {
      kubectl(["delete", "clusterrolebinding,clusterrole", nodes, "--ignore-not-found"]);
      // Pods wait for their last connections, and the API server keeps its own to them for longer than a test should last.
      inProduction("delete", "deployments,replicasets", "--all", "--cascade=orphan");
      inProduction("delete", "pods", "--all", "--grace-period=1");
      kubectl(["delete", "namespace", namespace, "--timeout=90s"]);
    },
  };
}

/** kubectl within that namespace. */
export function inProduction(...args: string[]): string {
  return kubectl(["--namespace", namespace, ...args]);
}

const marked = z.object({
  items: z.array(z.object({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) })),
});

/** The objects there named after a service that an action has ever written to: the server notes who did. */
export function writtenFor(service: string): string[] {
  const kinds = "services,configmaps,deployments,leases,controllerrevisions";
  const found = inProduction("get", kinds, "--output=json", "--show-managed-fields");
  const { items } = marked.parse(JSON.parse(found));
  const ours = items.filter(
    ({ metadata }) => metadata.name.includes(service) && JSON.stringify(metadata).includes("cutover"),
  );
  return ours.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

function listNodes(): object[] {
  const api = "rbac.authorization.k8s.io";
  const kind = { apiVersion: `${api}/v1`, metadata: { name: nodes } };
  const group = { apiGroup: api, kind: "Group", name: `system:serviceaccounts:${namespace}` };
  return [
    { ...kind, kind: "ClusterRole", rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["list"] }] },
    {
      ...kind,
      kind: "ClusterRoleBinding",
      roleRef: { apiGroup: api, kind: "ClusterRole", name: nodes },
      subjects: [group],
    },
  ];
}
