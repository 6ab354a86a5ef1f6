import type { Color } from "@cutover/release";
import type { Matches } from "../client/held-items.ts";
import type { View } from "../client/mirror.ts";
import type { Collection, Resource, ResourceList } from "../client/model.ts";
import { slotDeployment } from "./adopted.ts";
import { as, type Kind, type Labels, matches } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import {
  asListed,
  collectionOf,
  managedSlices,
  ofEitherColor,
  podSelector,
  type Snapshot,
  serviceNameLabel,
  sharedLabels,
  sliceSelector,
} from "./snapshot.ts";

type LiveKind = "Pod" | "ReplicaSet" | "Deployment" | "EndpointSlice";

/** A snapshot that follows the cluster while a step waits: one watch a kind, whatever the number of pods. */
export interface Live extends AsyncDisposable {
  current(): Snapshot;
  /** Resolves at the first change since `current` was last asked, or after `ms`. */
  changed(ms: number): Promise<void>;
}

export interface Following {
  kinds: readonly LiveKind[];
  /** Whose Deployment is followed, if any is. */
  color: Color;
  /** Whether what is followed already will do, though it may be behind: for who reads anew whatever it concludes. */
  lately?: boolean;
  signal: AbortSignal;
}

/** Follows `kinds`; everything else stays as it is in `base`. */
export async function follow(setting: Setting, base: Snapshot, following: Following): Promise<Live> {
  const { client, clock } = setting;
  const { kinds, color, lately = false, signal } = following;
  const closed = new AbortController();
  const stop = AbortSignal.any([signal, closed.signal]);
  const open = (kind: LiveKind) => {
    const { collection, own, known } = partOf(kind, { setting, base, color });
    return client.look(collection, { matches: own, known, lately, signal: stop });
  };
  const opened = await Promise.all(kinds.map(async (kind): Promise<[LiveKind, View]> => [kind, await open(kind)]));
  const mirrors = new Map(opened);
  const items = <K extends Kind>(kind: K & LiveKind, fallback: readonly Resource[]) =>
    (mirrors.get(kind)?.items() ?? fallback).map((item) => as(kind, item));
  const upcoming = () => [...mirrors.values()].map((mirror) => mirror.changed());
  let changes = upcoming();
  return {
    current: () => {
      changes = upcoming();
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
      await Promise.race([...changes, clock.sleep(ms, AbortSignal.any([stop, woken.signal]))]);
      woken.abort("woken");
    },
    [Symbol.asyncDispose]: async () => {
      closed.abort("closed");
    },
  };
}

interface About {
  setting: Setting;
  base: Snapshot;
  color: Color;
}

interface Part {
  collection: Collection;
  /** What of the collection is followed. */
  own: Matches;
  /** The collection as it was read, if it was. */
  known?: ResourceList | undefined;
}

/** What was taken over has labels of its own. */
function partOf(kind: LiveKind, about: About): Part {
  const { setting, base } = about;
  const isShared = setting.together === true && base.adopted === undefined && base.adoption === undefined;
  return isShared ? sharedPart(kind, about) : ownPart(kind, about);
}

/** Nothing but what belongs to the service. */
function ownPart(kind: LiveKind, { setting, base, color }: About): Part {
  const collection = collectionOf(kind, setting.namespace);
  const own = () => true;
  switch (kind) {
    case "Deployment": {
      const fieldSelector = `metadata.name=${slotDeployment(color, base, setting)}`;
      return { collection: { ...collection, fieldSelector }, own, known: asRead(base.deployments[color]) };
    }
    case "EndpointSlice":
      return {
        collection: { ...collection, labelSelector: sliceSelector(setting) },
        own,
        known: asListed(base.slices),
      };
    case "ReplicaSet":
    case "Pod": {
      const labelSelector = podSelector(setting, base);
      const known = asListed(kind === "Pod" ? base.pods : base.replicaSets);
      return { collection: { ...collection, labelSelector }, own, known };
    }
  }
}

/** An object is all that there is of its name at its own version. */
function asRead(live: Resource | undefined): ResourceList | undefined {
  const resourceVersion = live?.metadata.resourceVersion;
  return live === undefined || resourceVersion === undefined ? undefined : { resourceVersion, items: [live] };
}

/** A collection that is the same for all services of the run, so that there is one watch a kind whatever their number. */
function sharedPart(kind: LiveKind, { setting, base, color }: About): Part {
  const collection = collectionOf(kind, setting.namespace);
  if (kind === "Deployment") {
    const name = slotDeployment(color, base, setting);
    return { collection, own: ({ metadata }) => metadata.name === name };
  }
  if (kind === "EndpointSlice") {
    const labels = { [serviceNameLabel]: setting.service };
    return { collection: { ...collection, labelSelector: managedSlices }, own: labeled(labels) };
  }
  const labelSelector = ofEitherColor(setting);
  return { collection: { ...collection, labelSelector }, own: labeled(sharedLabels(setting, base)) };
}

function labeled(labels: Labels): Matches {
  return ({ metadata }) => matches(labels, metadata.labels);
}
