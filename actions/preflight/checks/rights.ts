import type { AccessQuestion } from "@cutover/kubernetes";
import { questionsFor } from "../../release/questions.ts";
import { podQuestions } from "../asked-pods.ts";
import { type Check, fail, type Inputs, pass, together, warn } from "../check.ts";
import { releaseTerms } from "../release-terms.ts";

/** What no release needs, and who steals the credentials would be glad of; an empty namespace is every one of them. */
const excess = (namespace: string): readonly (readonly [AccessQuestion, string])[] => [
  [{ verb: "*", group: "*", resource: "*", namespace: "" }, "everything in the whole cluster"],
  [{ verb: "*", group: "*", resource: "*", namespace }, `everything in namespace ${namespace}`],
  [{ verb: "list", group: "", resource: "secrets", namespace: "" }, "read the Secrets of all namespaces"],
  [
    { verb: "create", group: "rbac.authorization.k8s.io", resource: "clusterrolebindings", namespace: "" },
    "give rights to anybody (create clusterrolebindings)",
  ],
];

/** Asks the API server for every right that a release and its way back will need, and for some that neither does. */
export const rights: Check = {
  id: "rights",
  title: "The credentials may do all that a release needs, and not everything",
  run: async ({ client, facts, inputs, namespace, signal }) => {
    const settings = await facts.settings();
    const needed = settings
      .slice(0, 1)
      .flatMap((setting) => [
        ...questionsFor(setting, releaseTerms),
        ...questionsFor(setting, { ...releaseTerms, kind: "rollback", to: "previous" }),
      ]);
    needed.push(...questionsOfProbes(inputs, namespace));
    const questions = [...new Map(needed.map((one) => [JSON.stringify(one), one])).values()];
    const beyond = excess(namespace);
    const denied = await client.denied([...questions, ...beyond.map(([question]) => question)], { signal });
    const missing = questions.filter((one) => denied.includes(one));
    const [worst] = beyond.filter(([question]) => !denied.includes(question));
    const names = missing.map(({ verb, group, resource }) => `${verb} ${resource}${group === "" ? "" : `.${group}`}`);
    const remedy = "Give their Role these rights; README.md of blue-green-deploy has one to copy.";
    const found = [
      missing.length === 0
        ? pass(`${questions.length} rights in namespace ${namespace}`)
        : fail(`The credentials may not do this in namespace ${namespace}: ${names.join(", ")}`, remedy),
      ...(worst === undefined
        ? []
        : [
            warn(
              `The credentials may do ${questions.length} things that a release needs, and far more: ${worst[1]}`,
              "Give a release a Role of its own; README.md of blue-green-deploy has one to copy.",
            ),
          ]),
    ];
    return together(found, "");
  },
};

/** What this very preflight needs to ask from within the cluster. Pods are listed and watched anyhow. */
function questionsOfProbes(inputs: Inputs, namespace: string): readonly AccessQuestion[] {
  const ways = podQuestions(inputs).map(({ via }) => via);
  const [exec, jobs] = [
    { group: "", resource: "pods/exec" },
    { group: "batch", resource: "jobs" },
  ];
  return [
    // The API server asks for `get`, since a WebSocket begins as one, and newer ones for `create`.
    ...(ways.includes("pod") ? ["get", "create"].map((verb) => ({ verb, ...exec, namespace })) : []),
    ...(ways.includes("job") ? ["create", "delete"].map((verb) => ({ verb, ...jobs, namespace })) : []),
  ];
}
