import { type Check, fail, pass } from "../check.ts";

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
    const since = found.metadata.deletionTimestamp;
    if (since === undefined) return pass(`Namespace ${namespace} is active`);
    return fail(
      `Namespace ${namespace} is being deleted since ${since}`,
      "Find out who deletes it. Nothing can be released into it any more.",
    );
  },
};
