import type { Sandbox } from "@cutover/sandbox";

export interface Guard {
  /** What was wrong, and when; empty if nothing ever was. */
  readonly breaches: readonly string[];
  /** States of the cluster that were looked at. */
  readonly states: number;
  readonly visits: number;
  stop(): void;
}

export interface Duty {
  /** Ready pods that the Service must select at any time, and as many ready endpoints. */
  needed: number;
  /** A part of the names of images that let it down by themselves: while they serve, nothing is asked. */
  excused: string;
}

const address = { namespace: "shop", name: "shop" };
/** Milliseconds between two visits. */
const visitEvery = 250;

/** Looks at every state that the cluster is ever in, and visits its Service all the time. */
export function guardService(sandbox: Sandbox, { needed, excused }: Duty): Guard {
  const { clock, registry, traffic } = sandbox;
  const { store } = registry;
  const breaches: string[] = [];
  const counts = { states: 0, visits: 0 };
  const { selected, endpoints, isExcused } = servedBy(sandbox, excused);
  const look = (): void => {
    counts.states += 1;
    const ready = selected().filter(({ metadata, status }) => {
      const isReady = status.conditions?.some((one) => one.type === "Ready" && one.status === "True");
      return isReady && metadata.deletionTimestamp === undefined;
    });
    const serving = endpoints().filter(({ conditions }) => conditions.ready);
    if ((ready.length >= needed && serving.length >= needed) || isExcused()) return;
    breaches.push(`at ${clock.now()} ms the Service has ${ready.length} ready pods, ${serving.length} ready endpoints`);
  };
  const visit = (): void => {
    counts.visits += 1;
    const answer = traffic.visit(address);
    if ((typeof answer !== "string" && answer.status === 200) || isExcused()) return;
    breaches.push(`at ${clock.now()} ms a visitor got ${typeof answer === "string" ? answer : answer.status}`);
  };
  const watched = new Set(["Service", "Pod", "EndpointSlice"]);
  const unsubscribe = store.subscribe(({ kind }) => {
    if (watched.has(kind)) look();
  });
  const stopVisits = repeat(sandbox, visit);
  return {
    breaches,
    get states() {
      return counts.states;
    },
    get visits() {
      return counts.visits;
    },
    stop: () => {
      unsubscribe();
      stopVisits();
    },
  };
}

function repeat({ clock }: Sandbox, task: () => void): () => void {
  let cancel: () => void;
  const next = (): void => {
    cancel = clock.schedule(visitEvery, () => {
      next();
      task();
    });
  };
  next();
  return () => cancel();
}

/** What the Service leads to at this moment. */
function servedBy({ registry: { store } }: Sandbox, excused: string) {
  const pods = () => store.list("Pod", "shop");
  const endpoints = () => store.list("EndpointSlice", "shop").flatMap((slice) => slice.endpoints ?? []);
  const selected = () => {
    const selector = Object.entries(store.get("Service", "shop", "shop")?.spec.selector ?? {});
    return pods().filter(({ metadata }) => selector.every(([name, value]) => metadata.labels?.[name] === value));
  };
  // Endpoints follow the selector a moment later.
  const isExcused = () => {
    const named = new Set(endpoints().map(({ targetRef }) => targetRef.name));
    const serving = [...selected(), ...pods().filter(({ metadata }) => named.has(metadata.name))];
    return serving.some(({ spec }) => spec.containers.some(({ image }) => image.includes(excused)));
  };
  return { selected, endpoints, isExcused };
}
