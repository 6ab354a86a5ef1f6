import type { Change } from "@cutover/sandbox";
import type { Town } from "../virtual/town.ts";
import type { Story } from "./story.ts";

/** What an invariant may look at: the cluster, of which it hears every change, and what the story says of it. */
export interface Scene {
  readonly town: Town;
  readonly story: Story;
}

/** Something that must hold in every state. Asked after each change of the cluster, it says what is wrong, if anything is. */
export type Invariant = (scene: Scene) => (change: Change) => string | undefined;

/** S1: an active Service leads to enough ready pods and endpoints at any time, and its users are answered. */
export const s1: Invariant = ({ town: { sandbox }, story: { services, needed, excused } }) => {
  const { store } = sandbox.registry;
  const pods = () => store.list("Pod", "shop");
  const open = new Set<string>();
  const look = (name: string): string | undefined => {
    const selector = Object.entries(store.get("Service", "shop", name)?.spec.selector ?? {});
    if (selector.length === 0) return undefined;
    const selected = pods().filter(({ metadata }) =>
      selector.every(([key, value]) => metadata.labels?.[key] === value),
    );
    const ready = selected.filter(({ metadata, status }) => {
      const isReady = status.conditions?.some((one) => one.type === "Ready" && one.status === "True");
      return isReady && metadata.deletionTimestamp === undefined;
    });
    const slices = store.list("EndpointSlice", "shop").filter(({ metadata }) => isOf(metadata.labels, name));
    const endpoints = slices.flatMap((slice) => slice.endpoints ?? []);
    const serving = endpoints.filter(({ conditions }) => conditions.ready);
    // A new Service has its endpoints a moment later: from then on it must never be without.
    if (!open.has(name) && serving.length < needed) return undefined;
    open.add(name);
    const behind = new Set(endpoints.map(({ targetRef }) => targetRef.name));
    const involved = [...selected, ...pods().filter(({ metadata }) => behind.has(metadata.name))];
    const isExcused = involved.some(({ spec }) => spec.containers.some(({ image }) => image.includes(excused ?? " ")));
    if (isExcused) return undefined;
    if (ready.length < needed || serving.length < needed)
      return `Service ${name} leads to ${ready.length} ready pods, ${serving.length} ready endpoints`;
    const answer = sandbox.traffic.visit({ namespace: "shop", name });
    if (typeof answer !== "string" && answer.status === 200) return undefined;
    return `a user of Service ${name} got ${typeof answer === "string" ? answer : answer.status}`;
  };
  const watched = new Set(["Service", "Pod", "EndpointSlice"]);
  return ({ kind }) => {
    if (!watched.has(kind)) return undefined;
    return services.map(look).find((wrong) => wrong !== undefined);
  };
};

function isOf(labels: Readonly<Record<string, string>> | undefined, service: string): boolean {
  return labels?.["kubernetes.io/service-name"] === service;
}

const all: Readonly<Record<string, Invariant>> = { S1: s1 };

/** Holds the cluster to all of them from now on; what it gives back is filled with what was wrong, and when. */
export function guard(scene: Scene): readonly string[] {
  const { clock, registry } = scene.town.sandbox;
  const began = clock.now();
  const breaches: string[] = [];
  const checks = Object.entries(all).map(([name, invariant]) => ({ name, check: invariant(scene) }));
  registry.store.subscribe((change) => {
    for (const { name, check } of checks) {
      const wrong = check(change);
      if (wrong !== undefined) breaches.push(`${name}: ${clock.now() - began} ms after the start, ${wrong}`);
    }
  });
  return breaches;
}
