/** Where a slot's number of pods may come from; each in pods. */
export interface ReplicaSources {
  /** The user's `replicas` input. */
  asked?: number | undefined;
  manifest?: number | undefined;
  /** What the active slot runs now. */
  live?: number | undefined;
  /** The highest `minReplicas` of a HorizontalPodAutoscaler on either slot. */
  floor?: number | undefined;
}

/** Pods that a slot must have before traffic comes to it: never fewer than serve now unless so asked, and never none. */
export function targetReplicas({ asked, manifest, live, floor }: ReplicaSources): number {
  return Math.max(1, asked ?? Math.max(manifest ?? 0, live ?? 0, floor ?? 0));
}

/** How a rolling update may go about it, as in a Deployment's strategy; a percentage of unavailable pods rounds down, one of surplus pods up. */
export interface RollingUpdate {
  maxUnavailable?: number | string;
  maxSurge?: number | string;
}

/** Pods that a rolling update may take away before others are ready; where nothing may be added, one has to go first. */
export function expendableReplicas(replicas: number, { maxUnavailable, maxSurge = "25%" }: RollingUpdate = {}): number {
  const spare = spareReplicas(replicas, maxUnavailable);
  const isAdding = maxSurge !== 0 && Number.parseInt(String(maxSurge), 10) !== 0;
  return Math.min(replicas, isAdding ? spare : Math.max(1, spare));
}

/**
 * Ready pods without which a slot of `replicas` does not serve well enough: what a rolling update would leave.
 * `maxUnavailable` as in a Deployment's strategy (a number, or a percentage that rounds down); Kubernetes' default is 25 %.
 */
export function neededReplicas(replicas: number, maxUnavailable?: number | string): number {
  return Math.max(1, replicas - spareReplicas(replicas, maxUnavailable));
}

function spareReplicas(replicas: number, maxUnavailable: number | string = "25%"): number {
  const percentage = /^(\d+)%$/.exec(String(maxUnavailable))?.[1];
  const spare = percentage === undefined ? Number(maxUnavailable) : Math.floor((replicas * Number(percentage)) / 100);
  return Number.isFinite(spare) ? spare : 0;
}
