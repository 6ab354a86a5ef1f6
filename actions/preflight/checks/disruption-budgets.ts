import { budgetAdvice, type Look, type Resource } from "@cutover/kubernetes";
import { selects } from "@cutover/release";
import * as z from "zod";
import { type Check, type Finding, pass, skip, together, type World, warn } from "../check.ts";

const budget = {
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  schema: z.looseObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.looseObject({ name: z.string() }),
    spec: z.looseObject({ selector: z.unknown() }),
    status: z.looseObject({ disruptionsAllowed: z.number(), expectedPods: z.number() }).optional(),
  }),
} as const;

type Budget = z.output<(typeof budget)["schema"]>;

/** A drained node asks the budgets what it may take: one that counts both colors gives away the pods that serve. */
export const disruptionBudgets: Check = {
  id: "disruption-budgets",
  title: "Disruption budgets guard each color by itself",
  run: async ({ facts }: World) => {
    const [looks, budgets] = await Promise.all([facts.looks(), facts.allIfAllowed(budget)]);
    if (budgets === undefined) return skip("The credentials may not list PodDisruptionBudgets");
    const found = looks.flatMap((one) => findingsOf(one, budgets));
    return together(
      found,
      "No PodDisruptionBudget guards the pods: a node that is drained may take all of them at once",
    );
  },
};

function findingsOf({ snapshot, setting, observed }: Look, budgets: readonly Budget[]): readonly Finding[] {
  const { source } = setting;
  const coming = source.kind === "manifests" ? source.rendered.blue.objects : [];
  const live = new Set(budgets.map(({ metadata: { name } }) => name));
  const brought = coming.filter(({ kind, metadata }) => kind === budget.kind && !live.has(metadata.name));
  const all: readonly Resource[] = [...budgets, ...brought];
  const advice = budgetAdvice(all, snapshot, setting).map(({ what, remedy }) => warn(what, remedy));
  const active = observed.service.active;
  const labels = (active && snapshot.deployments[active]?.spec.template.metadata?.labels) ?? {};
  const guards = budgets.filter(({ spec }) => selects(spec.selector, labels));
  const shut = guards.filter(({ status }) => status?.disruptionsAllowed === 0 && status.expectedPods > 0);
  if (advice.length > 0) return advice;
  if (shut.length > 0)
    return shut.map(({ metadata: { name } }) =>
      warn(
        `PodDisruptionBudget ${name} allows no disruption now: fewer of the pods that serve are ready than it wants`,
        `kubectl describe pdb ${name}`,
      ),
    );
  return [...guards, ...brought].map(({ metadata: { name } }) =>
    pass(`PodDisruptionBudget ${name} guards the pods of one color`),
  );
}
