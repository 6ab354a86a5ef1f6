import { annotation, colors } from "@cutover/release";
import type { Sandbox } from "@cutover/sandbox";
import { activeColor, slotOf } from "./slots.ts";

/** How one service stands. */
export interface Standing {
  /** Who serves what, and whose the lock is. */
  readonly serving: string;
  /** The size of the other slot. */
  readonly idle: string;
  /** Images of its confirmed revisions. */
  readonly confirmed: readonly string[];
}

/** What must not depend on how often somebody tried: numbers of revisions and the colors are left out. */
export function standing({ registry: { store }, clock }: Sandbox, name: string): Standing {
  const active = activeColor(store, name);
  const configOf = (color: string) => {
    const all = store.list("ConfigMap", "shop").filter(({ metadata }) => metadata.name.endsWith(`-${color}`));
    return all.map(({ data }) => ` with ${JSON.stringify(data)}`).join("");
  };
  const floorOf = (color: string) => {
    const scaler = store.get("HorizontalPodAutoscaler", "shop", `${name}-${color}`);
    return scaler?.metadata.annotations?.[annotation.floor] === undefined ? "" : ` held at ${scaler.spec.minReplicas}`;
  };
  const slots = colors.map((color) => {
    const { spec, status } = slotOf(store, name, color) ?? {};
    if (spec === undefined) return { color, words: "no slot" };
    const [container] = spec.template.spec.containers;
    const size = `${status?.readyReplicas ?? 0} of ${spec.replicas} pods`;
    return {
      color,
      words: color === active ? `${size} of ${container?.image}${configOf(color)}${floorOf(color)}` : size,
    };
  });
  const serving = slots.find(({ color }) => color === active)?.words ?? "nothing";
  const idle = slots.filter(({ color }) => color !== active).map(({ words }) => words);
  const confirmed = store
    .list("ControllerRevision", "shop")
    .filter(({ metadata: { labels = {}, annotations = {} } }) => {
      return labels[annotation.service] === name && annotations[annotation.result] === "confirmed";
    })
    .map(({ data }) => JSON.stringify((data as { images?: object }).images));
  const lock = store.get("Lease", "shop", `cutover-${name}`)?.spec as Lock | undefined;
  const isFree = (lock?.holderIdentity ?? "") === "" || Date.parse(lock?.renewTime ?? "") + 30_000 < +clock.date();
  const holder = isFree ? "nobody" : lock?.holderIdentity;
  return { serving: `${name}: ${serving} serve; the lock is ${holder}'s`, idle: idle.join(), confirmed };
}

interface Lock {
  holderIdentity?: string;
  /** ISO 8601. */
  renewTime?: string;
}
