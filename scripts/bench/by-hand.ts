import { existsSync } from "node:fs";
import { publish } from "../../test/cluster/images.ts";
import { kubeconfig, kubectl } from "../../test/cluster/kubectl.ts";
import { apply } from "../../test/cluster/shop.ts";
import { slots } from "../../test/cluster/slots.ts";
import { releases, releasesByHand, rollbacks, rollbacksByHand, type Town } from "../../test/cluster/two-ways.ts";
import { type Line, median } from "./measured.ts";

const town: Town = { namespace: "bench-by-hand", service: "web", replicas: 3 };

/** What the proofs cost on a real Kubernetes: the bundle against the plain commands of a runbook, which prove nothing. */
export async function byHand(runs: number): Promise<Line[]> {
  const missing = noCluster();
  if (missing !== undefined)
    return [...linesOf("release over a warm slot", missing), ...linesOf("rollback to a warm slot", missing)];
  const { namespace, service, replicas } = town;
  try {
    apply(slots({ namespace, service, image: await publish("v1"), replicas }));
    for (const color of ["blue", "green"]) {
      kubectl(["--namespace", namespace, "scale", `deployment/web-${color}`, `--replicas=${replicas}`]);
      kubectl(["--namespace", namespace, "rollout", "status", `deployment/web-${color}`, "--timeout=60s"]);
    }
    // The first ones pull the images, and give what served before a revision.
    await releases(town, 3);
    const released = await releases(town, runs);
    const wentBack = await rollbacks(town, runs);
    return [
      ...linesOf("release over a warm slot", { ours: released, theirs: await releasesByHand(town, runs) }),
      ...linesOf("rollback to a warm slot", { ours: wentBack, theirs: rollbacksByHand(town, runs) }),
    ];
  } finally {
    kubectl(["delete", "namespace", namespace, "--ignore-not-found", "--wait=false"]);
  }
}

type Times = { ours: readonly number[]; theirs: readonly number[] };

function linesOf(what: string, times: Times | string): Line[] {
  if (typeof times === "string") return [{ what: `${what}, real cluster`, value: undefined, unit: "ms", note: times }];
  const [ours, theirs] = [median(times.ours), median(times.theirs)];
  return [
    { what: `${what}, real cluster`, value: ours, unit: "ms" },
    { what: "the same by kubectl, unproved", value: theirs, unit: "ms" },
    { what: "ratio of the two", value: ours / theirs, unit: "×" },
  ];
}

/** Why there is nothing to measure on, if so. */
function noCluster(): string | undefined {
  const note = ", no cluster: start one with `npm run cluster -- up`";
  if (!existsSync(kubeconfig())) return note;
  try {
    kubectl(["get", "--raw", "/readyz", "--request-timeout=5s"]);
    return undefined;
  } catch {
    return note;
  }
}
