import { type Check, fail, pass, skip, together, warn } from "../check.ts";

/** The active slot has the ready pods that it asks for, and the endpoints know them. */
export const serving: Check = {
  id: "serving",
  title: "The active slot serves",
  run: async ({ facts }) => {
    const looks = await facts.looks();
    const found = looks.map(({ observed: { service, slots } }) => {
      const { name, active, endpoints } = service;
      if (active === undefined) return skip(`Service ${name} selects no color`);
      const { deployment, replicas, ready, needed } = slots[active];
      const ends = endpoints[active];
      const seen = `Service ${name} has ${ends} ready endpoints, Deployment ${deployment} ${ready} of ${replicas} pods ready`;
      const remedy = `kubectl describe deployment ${deployment}. A release can heal it, but has nothing good to go back to.`;
      if (ends === 0) return fail(seen, remedy);
      return ends < needed || ready < replicas ? warn(seen, remedy) : pass(seen);
    });
    return together(found, "");
  },
};
