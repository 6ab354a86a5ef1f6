import { guardService } from "../virtual/guard.ts";
import type { Town } from "../virtual/town.ts";
import type { Story } from "./story.ts";

/** What an invariant may look at. */
export interface Scene {
  readonly town: Town;
  readonly story: Story;
}

/** Something that must hold in every state that the cluster is ever in: listens to its changes, and tells what is wrong. */
export type Invariant = (scene: Scene, tell: (wrong: string) => void) => void;

/** Milliseconds between two visits of a user. */
const visitEvery = 1_000;

/** S1: an active Service leads to enough ready pods and endpoints at any time, and its users are answered. */
export const s1: Invariant = ({ town: { sandbox }, story: { services, needed, excused = "no image" } }, tell) => {
  for (const service of services) guardService(sandbox, { service, needed, excused, visitEvery, tell });
};

const all: Readonly<Record<string, Invariant>> = { S1: s1 };

/** Holds the cluster to all of them from now on; what it gives back is filled with what was wrong. */
export function guard(scene: Scene): readonly string[] {
  const breaches: string[] = [];
  for (const [name, invariant] of Object.entries(all)) invariant(scene, (wrong) => breaches.push(`${name}: ${wrong}`));
  return breaches;
}
