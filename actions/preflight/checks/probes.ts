import { type Check, pass, skip, together, warn } from "../check.ts";

/** Without a readiness probe a pod counts as ready before it can answer, and the switch loses requests. */
export const probes: Check = {
  id: "probes",
  title: "Every container says when it is ready",
  run: async ({ facts }) => {
    const candidates = await facts.candidates();
    const found = candidates.flatMap(({ deployment, pod }) =>
      pod.containers.map(({ name, readinessProbe }) => {
        if (readinessProbe !== undefined) return pass(`Container ${name} of ${deployment} has a readiness probe`);
        return warn(
          `Container ${name} of ${deployment} has no readinessProbe, so it counts as ready as soon as it runs`,
          "Give it one that asks what the traffic will ask for: spec.template.spec.containers[].readinessProbe.",
        );
      }),
    );
    return candidates.length === 0 ? skip("There is no Deployment to look at") : together(found, "");
  },
};
