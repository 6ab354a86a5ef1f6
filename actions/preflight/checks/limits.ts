import { type Check, fail, pass, skip, together } from "../check.ts";
import { breaches, limitRange } from "../limit-range.ts";

/** Pods outside of a LimitRange are refused when they are made: a Deployment's dry run does not see it, as it makes none. */
export const limits: Check = {
  id: "limits",
  title: "The pods are within the namespace's limits",
  run: async ({ facts }) => {
    const [ranges, candidates] = await Promise.all([facts.allIfAllowed(limitRange), facts.candidates()]);
    if (ranges === undefined) return skip("The credentials may not list LimitRanges");
    if (ranges.length === 0) return skip(`Namespace ${facts.namespace} has no LimitRange`);
    const found = candidates.flatMap(({ deployment, pod }) =>
      ranges.map(({ metadata: { name }, spec }) => {
        const wrong = spec.limits.flatMap((item) => breaches(pod, item));
        if (wrong.length === 0) return pass(`The pods of ${deployment} are within LimitRange ${name}`);
        return fail(
          wrong.map((one) => `LimitRange ${name} would refuse the pods of ${deployment}: ${one}`).join("\n"),
          `Set resources of the containers of ${deployment} so that LimitRange ${name} allows them: kubectl describe limitrange ${name}`,
        );
      }),
    );
    return together(found, "There is no Deployment to look at");
  },
};
