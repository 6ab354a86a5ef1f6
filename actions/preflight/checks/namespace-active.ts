import { type Check, fail, pass, warn } from "../check.ts";

/** Where the cluster keeps what it runs on itself. */
const systems: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);

/** A namespace that is being deleted takes no new objects. */
export const namespaceActive: Check = {
  id: "namespace",
  title: "The namespace is there, and stays",
  run: async ({ facts, namespace }) => {
    const found = await facts.find({ apiVersion: "v1", kind: "Namespace", name: namespace });
    if (found === undefined)
      return fail(
        `Namespace ${namespace} does not exist`,
        `kubectl create namespace ${namespace}, or correct \`namespace\`.`,
      );
    if (systems.has(namespace))
      return warn(
        `Namespace ${namespace} is Kubernetes' own`,
        "Correct `namespace`, unless what is released there is part of the cluster.",
      );
    const since = found.metadata.deletionTimestamp;
    if (since === undefined) return pass(`Namespace ${namespace} is active`);
    return fail(
      `Namespace ${namespace} is being deleted since ${since}`,
      "Find out who deletes it. Nothing can be released into it any more.",
    );
  },
};
