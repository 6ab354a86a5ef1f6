import { formatDuration } from "@cutover/release";
import * as z from "zod";
import { type Check, pass } from "../check.ts";

const version = z.object({ gitVersion: z.string() });

/** Reaches the cluster, and tells how long that took. */
export const apiServer: Check = {
  id: "api-server",
  title: "The API server answers",
  run: async ({ client, runner: { clock }, signal }) => {
    const started = clock.now();
    const { gitVersion } = version.parse(await client.ask("/version", { signal }));
    return pass(`${client.server} answers in ${formatDuration(clock.now() - started)}, Kubernetes ${gitVersion}`);
  },
};
