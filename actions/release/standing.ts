import { type Color, type Images, type Observed, otherColor, previousRevision } from "@cutover/release";

/** What stands in the cluster, in the words of the outputs; what is not there any more is `undefined`. */
export interface Standing {
  color: Color | undefined;
  previousColor: Color | undefined;
  revision: number | undefined;
  previousRevision: number | undefined;
  /** Of the active slot, by container. */
  images: Images;
}

export function standing(observed: Observed): Standing {
  const { service, slots } = observed;
  const { active, revision } = service;
  const other = active === undefined ? undefined : slots[otherColor(active)];
  return {
    color: active,
    previousColor: other?.exists ? other.color : undefined,
    revision,
    previousRevision: previousRevision(observed)?.revision,
    images: active === undefined ? {} : slots[active].images,
  };
}
