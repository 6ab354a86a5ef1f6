import { activeRevision, otherColor } from "@cutover/release";
import { type Check, pass, skip, together, warn } from "../check.ts";

/** A release that died or waits: the next one goes on from it, which people want to know. */
export const unfinishedRelease: Check = {
  id: "unfinished-release",
  title: "No release is half-finished",
  run: async ({ facts }) => {
    const looks = await facts.looks();
    const found = looks.map(({ observed }) => {
      const { service, slots, history } = observed;
      const { name, active } = service;
      if (active === undefined) return skip(`Service ${name} has no release yet`);
      const current = activeRevision(observed);
      const remedy = "Look at the run that began it. The next release goes on from here, and a rollback leads back.";
      if (current !== undefined && current.result === undefined)
        return warn(`Revision ${current.revision} of ${name} has the traffic, and nobody has confirmed it`, remedy);
      const other = slots[otherColor(active)];
      const waiting = history.find(({ revision }) => revision === other.revision);
      const isOpen = waiting?.result === undefined && (waiting?.revision ?? 0) > (current?.revision ?? 0);
      if (waiting !== undefined && isOpen)
        return warn(`Revision ${waiting.revision} of ${name} stands in ${other.color} and has no traffic yet`, remedy);
      return pass(
        current === undefined
          ? `${name} has no history yet`
          : `Revision ${current.revision} of ${name} is ${current.result}`,
      );
    });
    return together(found, "");
  },
};
