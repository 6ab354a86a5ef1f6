import { lockHolder } from "@cutover/kubernetes";
import { type Check, pass, together, warn } from "../check.ts";

/** A lock that another run holds: a release would wait for it. */
export const lock: Check = {
  id: "lock",
  title: "No other run holds the lock",
  run: async ({ client, namespace, inputs: { service: services }, signal }) => {
    const found = await Promise.all(
      services.map(async (service) => {
        const holder = await lockHolder({ client, namespace, service }, { signal });
        if (holder === undefined) return pass(`The lock of Service ${service} is free`);
        return warn(
          holder,
          "Wait for that run, or look why it has not ended. A lock that nobody renews is free after 30 s.",
        );
      }),
    );
    return together(found, "");
  },
};
