import type { Adoption } from "./adoption.ts";
import type { Color } from "./color.ts";

/** Image reference by container name. */
export type Images = Readonly<Record<string, string>>;

/** How a revision's release ended. The only verdict that is stored, because others need it. */
export type RevisionResult = "confirmed" | "failed";

/** One release as the history keeps it. */
export interface Revision {
  revision: number;
  /** What a slot of each color carries when it holds this revision. */
  hashes: Readonly<Record<Color, string>>;
  images: Images;
  result: RevisionResult | undefined;
  /** Whose release it was, as `Identity.step`: the same for services that were released together. */
  step?: string | undefined;
}

/** What scales a slot by itself, such as a HorizontalPodAutoscaler. */
export interface Autoscaler {
  name: string;
  /** Pods below which it never goes now. */
  floor: number;
  /** Pods above which it never goes. */
  ceiling: number;
  /** Whether a release has raised its floor, which is to be put back. */
  held: boolean;
  /** Whether something else keeps its floor as it is, so that no release raises it. */
  kept: boolean;
}

/** The workloads of one color as they are. */
export interface Slot {
  color: Color;
  /** Name of the Deployment, existing or to be. */
  deployment: string;
  exists: boolean;
  /** The revision written on it; none on a slot that cutover never prepared. */
  revision: number | undefined;
  /** What it carries, comparable with `Revision.hashes` and `Observed.wanted`; none if it does not exist. */
  hash: string | undefined;
  images: Images;
  /** Uid of the ReplicaSet that its pods must belong to: what was proved was proved of this one. */
  replicaSet: string | undefined;
  /** Pods asked for. */
  replicas: number;
  /** Pods that it must have, all ready, before traffic may come to it. */
  target: number;
  /** Ready pods without which it does not serve well enough to keep the traffic that it has. */
  needed: number;
  /** Ready pods of the expected ReplicaSet. */
  ready: number;
  /** Whether the controllers have seen the last write and only pods of the expected ReplicaSet are ready. */
  settled: boolean;
  /** Whether its Deployment was there before the colors were: it is replaced by one of its own, and never written anew. */
  adopted: boolean;
  autoscaler?: Autoscaler | undefined;
}

/** The Service that traffic comes through. */
export interface ActiveService {
  name: string;
  exists: boolean;
  /** The color that its selector names. */
  active: Color | undefined;
  /** The revision that it says is active. */
  revision: number | undefined;
  /** Set while the active revision is there because a rollback left this one. */
  rolledBackFrom: number | undefined;
  /** The last switch that is written on it, and the milliseconds since then by the calendar. */
  lastSwitch: { at: string; ago: number } | undefined;
  /** Ready endpoints by the color of their pod, in the slices that the controller keeps. */
  endpoints: Readonly<Record<Color, number>>;
  /** What makes this Service one that no switch can be safe on. */
  defects: readonly string[];
  /** Why a switch to each color would be unsafe now; empty when it is safe. */
  obstacles: Readonly<Record<Color, readonly string[]>>;
}

/** What one look at the cluster found, for one service. */
export interface Observed {
  /** Whether this run holds the lock and its claim stands. */
  locked: boolean;
  /** Whether another run held the lock when this one began: what is seen may be what that one has half done. */
  busy: boolean;
  service: ActiveService;
  slots: Readonly<Record<Color, Slot>>;
  /** Newest first. */
  history: readonly Revision[];
  /** What each slot would carry with the release that is wanted; none for a rollback. */
  wanted: Readonly<Record<Color, string>> | undefined;
  /** How the Service is taken over; only while it selects no color, and if that was asked for. */
  adoption?: Adoption | undefined;
}

export type Outcome = "succeeded" | "failed" | "rolled-back" | "refused" | "timed-out" | "superseded";

/** What becomes of the old slot once the new one is confirmed. */
export type Previous = "keep" | "scale-down" | "delete";

interface Terms {
  /** Milliseconds of watching both slots after the switch. */
  soak: number;
  /** Milliseconds that open connections on a slot are given before it is written or scaled down. */
  drain: number;
  previous: Previous;
  /** Whether the preview pods are asked themselves before the switch. */
  probe: boolean;
  /** Whether the user's own command must agree before the switch. */
  smoke: boolean;
}

/** What somebody has approved: exactly this content in this slot, over what served when it was proved. */
export interface Approval {
  color: Color;
  revision: number;
  /** What the slot carries, comparable with `Slot.hash`. */
  hash: string;
  /** By container: the digest of its image, or the whole reference of one that has none. */
  images: Images;
  /** The revision that had the traffic; none before the first release. */
  active?: number | undefined;
}

/** What a run was asked for. */
export type Wanted =
  | (Terms & {
      kind: "deploy";
      /** `manual` stops with the preview proved. */
      switch: "auto" | "manual";
    })
  | (Terms & {
      kind: "rollback";
      to: "previous" | number;
      /** Services that what is undone never reached: to go back is, for them, to stay. */
      staying?: readonly string[];
    })
  | (Terms & {
      kind: "promote";
      /** By service. */
      approved: Readonly<Record<string, Approval>>;
    })
  | (Terms & {
      kind: "retire";
      /** The revision that has to be active, if that was said. */
      revision?: number | undefined;
    });
