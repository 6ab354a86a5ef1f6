import { type Check, fail, pass, skip } from "../check.ts";

/** A kubeconfig of another cluster is the mistake that no later check can see. */
export const rightCluster: Check = {
  id: "cluster",
  title: "It is the cluster that is meant",
  run: ({ client, inputs: { allowedServers } }) => {
    if (allowedServers === undefined) return skip("No `allowed-servers` are given");
    const { host, hostname } = new URL(client.server);
    if (allowedServers.some((one) => [client.server, host, hostname].includes(one)))
      return pass(`${client.server} is among the allowed servers`);
    return fail(
      `${client.server} is none of the allowed servers: ${allowedServers.join(", ")}`,
      "Correct `kubeconfig` or `context`; or, if this cluster is meant, name it in `allowed-servers`.",
    );
  },
};
