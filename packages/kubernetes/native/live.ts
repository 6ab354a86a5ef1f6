import type { Color } from "@cutover/release";
import { type Mirror, openMirror } from "../client/mirror.ts";
import type { Collection, Resource } from "../client/model.ts";
import { slotDeployment } from "./adopted.ts";
import { as, type Kind } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import { collectionOf, podSelector, type Snapshot, sliceSelector } from "./snapshot.ts";

type LiveKind = "Pod" | "ReplicaSet" | "Deployment" | "EndpointSlice";

/** A snapshot that follows the cluster while a step waits: one watch a kind, whatever the number of pods. */
export interface Live extends AsyncDisposable {
  current(): Snapshot;
  /** Resolves at the next change, or after `ms`. */
  changed(ms: number): Promise<void>;
}

export interface Following {
  kinds: readonly LiveKind[];
  /** Whose Deployment is followed, if any is. */
  color: Color;
  signal: AbortSignal;
}

/** Follows `kinds`; everything else stays as it is in `base`. */
export async function follow(setting: Setting, base: Snapshot, { kinds, color, signal }: Following): Promise<Live> {
  const { client, clock } = setting;
  const closed = new AbortController();
  const stop = AbortSignal.any([signal, closed.signal]);
  const open = (kind: LiveKind) =>
    openMirror(client, narrowed(kind, { setting, base, color }), { clock, signal: stop });
  const opened = await Promise.all(kinds.map(async (kind): Promise<[LiveKind, Mirror]> => [kind, await open(kind)]));
  const mirrors = new Map(opened);
  const items = <K extends Kind>(kind: K & LiveKind, fallback: readonly Resource[]) =>
    (mirrors.get(kind)?.items() ?? fallback).map((item) => as(kind, item));
  return {
    current: () => {
      const [deployment] = items("Deployment", []);
      return {
        ...base,
        deployments: mirrors.has("Deployment") ? { ...base.deployments, [color]: deployment } : base.deployments,
        replicaSets: items("ReplicaSet", base.replicaSets),
        pods: items("Pod", base.pods),
        slices: items("EndpointSlice", base.slices),
      };
    },
    changed: async (ms) => {
      const woken = new AbortController();
      const changes = [...mirrors.values()].map((mirror) => mirror.changed());
      await Promise.race([...changes, clock.sleep(ms, AbortSignal.any([stop, woken.signal]))]);
      woken.abort("woken");
    },
    [Symbol.asyncDispose]: async () => {
      closed.abort("closed");
      await Promise.all([...mirrors.values()].map((mirror) => mirror.close()));
    },
  };
}

function narrowed(
  kind: LiveKind,
  { setting, base, color }: { setting: Setting; base: Snapshot; color: Color },
): Collection {
  const collection = collectionOf(kind, setting.namespace);
  if (kind === "Deployment")
    return { ...collection, fieldSelector: `metadata.name=${slotDeployment(color, base, setting)}` };
  return {
    ...collection,
    labelSelector: kind === "EndpointSlice" ? sliceSelector(setting) : podSelector(setting, base),
  };
}
