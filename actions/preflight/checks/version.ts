import * as z from "zod";
import { type Check, type Finding, fail, pass, together, warn } from "../check.ts";
import { type MinorVersion, minorVersion, type VersionRange, versionName } from "../version-range.ts";

const server = z.object({ gitVersion: z.string() });

const node = {
  apiVersion: "v1",
  kind: "Node",
  isClusterWide: true,
  schema: z.looseObject({
    metadata: z.looseObject({ name: z.string() }),
    status: z.looseObject({ nodeInfo: z.looseObject({ kubeletVersion: z.string() }).optional() }).optional(),
  }),
} as const;

/** How many minor versions a kubelet may be behind its API server (Kubernetes' version skew policy). */
const mostBehind = 3;

/** What manifests say changes its meaning between versions, and so does what nodes that lag behind make of it. */
export const version: Check = {
  id: "version",
  title: "Kubernetes has a version that is meant, and its nodes are near it",
  run: async ({ client, facts, inputs, signal }) => {
    const { gitVersion } = server.parse(await client.ask("/version", { signal }));
    const minor = minorVersion(gitVersion);
    if (minor === undefined)
      return warn(`The API server calls its version ${gitVersion}, which is none`, "kubectl version");
    const nodes = (await facts.allIfAllowed(node)) ?? [];
    const kubelets = nodes.flatMap(({ metadata: { name }, status }) => {
      const kubelet = minorVersion(status?.nodeInfo?.kubeletVersion ?? "");
      return kubelet === undefined ? [] : [{ name, kubelet }];
    });
    const oldest = Math.min(...kubelets.map(({ kubelet }) => kubelet));
    const skew = kubelets.length === 0 ? "" : `, ${skewOf(minor, oldest)}`;
    return together(
      [
        inRange(`Kubernetes ${gitVersion}${skew}`, minor, inputs.kubernetesVersions),
        ...kubelets.flatMap((one) => trouble(one, minor)),
      ],
      "",
    );
  },
};

function inRange(what: string, minor: MinorVersion, { oldest, newest }: VersionRange): Finding {
  if (minor < oldest)
    return fail(
      `${what}, and ${versionName(oldest)} is the oldest that is meant`,
      "Upgrade the cluster, or correct `kubernetes-versions`.",
    );
  if (minor > newest)
    return fail(
      `${what}, and ${versionName(newest)} is the newest that is meant`,
      "Try the release on this version, then correct `kubernetes-versions`.",
    );
  return pass(what);
}

function skewOf(minor: MinorVersion, oldest: MinorVersion): string {
  const behind = minor - oldest;
  return behind === 0 ? "as are all its nodes" : `whose oldest node has ${versionName(oldest)}`;
}

function trouble({ name, kubelet }: { name: string; kubelet: MinorVersion }, minor: MinorVersion): readonly Finding[] {
  const what = `Node ${name} has ${versionName(kubelet)} and the API server ${versionName(minor)}`;
  if (kubelet > minor) return [warn(`${what}: no kubelet may be newer`, "Upgrade the control plane first.")];
  if (minor - kubelet > mostBehind) return [warn(`${what}: more than ${mostBehind} behind`, `Upgrade node ${name}.`)];
  return [];
}
