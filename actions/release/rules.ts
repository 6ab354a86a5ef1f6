import type * as z from "zod";

/** Says that an input, or two together, cannot be: `name` is camelCase. */
export type Refuse = (name: string, message: string) => void;

/** A rule between the inputs of one action, for `.check()` on its contract. */
export function rule<T>(judge: (inputs: T, refuse: Refuse) => void): (payload: z.core.ParsePayload<T>) => void {
  return ({ value, issues }) =>
    judge(value, (name, message) => issues.push({ code: "custom", path: [name], message, input: value }));
}

/** What no release action can do yet, said by name. */
export function refuseUnbuilt({ engine }: { engine: string }, refuse: Refuse): void {
  if (engine === "argo-rollouts")
    refuse("engine", "argo-rollouts is not there yet; use native, which needs no controller in the cluster");
}
