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
  /** Of namespace shop; default `shop`. */
  service?: string;
  /** Ready pods that the Service must select at any time, and as many ready endpoints. */
  needed: number;
  /** A part of the names of images that let it down by themselves: while they serve, nothing is asked. */
  excused: string;
  /** Milliseconds between two visits; default 250. */
  visitEvery?: number;
  /** Hears of each breach at once. */
  tell?: (wrong: string) => void;
}

const watched = new Set(["Service", "Pod", "EndpointSlice"]);

/** Looks at every state that the cluster is ever in, and visits its Service all the time. */
export function guardService(sandbox: Sandbox, duty: Duty): Guard {
  const { service = "shop", needed, excused, visitEvery = 250, tell } = duty;
  const { registry, traffic } = sandbox;
  const { store } = registry;
  const { breaches, breach } = recorder(sandbox, tell);
  const counts = { states: 0, visits: 0 };
  const address = { namespace: "shop", name: service };
  const { selected, endpoints, isExcused } = servedBy(sandbox, service, excused);
  let isOpen = false;
  const look = (): void => {
    counts.states += 1;
    const ready = selected().filter(({ metadata, status }) => {
      const isReady = status.conditions?.some((one) => one.type === "Ready" && one.status === "True");
      return isReady && metadata.deletionTimestamp === undefined;
    });
    const serving = endpoints().filter(({ conditions }) => conditions.ready);
    // A new Service has its endpoints a moment later: from then on it must never be without.
    isOpen ||= serving.length >= needed;
    if (!isOpen) return;
    if ((ready.length >= needed && serving.length >= needed) || isExcused()) return;
    breach(`the Service has ${ready.length} ready pods, ${serving.length} ready endpoints`);
  };
  const visit = (): void => {
    if (!isOpen) return;
    counts.visits += 1;
    const answer = traffic.visit(address);
    if ((typeof answer !== "string" && answer.status === 200) || isExcused()) return;
    breach(`a visitor got ${typeof answer === "string" ? answer : answer.status}`);
  };
  look();
  const unsubscribe = store.subscribe(({ kind }) => {
    if (watched.has(kind)) look();
  });
  const stopVisits = repeat(sandbox, visit, visitEvery);
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

function recorder({ clock }: Sandbox, tell: Duty["tell"]) {
  const breaches: string[] = [];
  const breach = (what: string): void => {
    const wrong = `at ${clock.now()} ms ${what}`;
    breaches.push(wrong);
    tell?.(wrong);
  };
  return { breaches, breach };
}

function repeat({ clock }: Sandbox, task: () => void, every: number): () => void {
  let cancel: () => void;
  const next = (): void => {
    cancel = clock.schedule(every, () => {
      next();
      task();
    });
  };
  next();
  return () => cancel();
}

/** What the Service leads to at this moment. */
function servedBy({ registry: { store } }: Sandbox, service: string, excused: string) {
  const pods = () => store.list("Pod", "shop");
  const slices = () =>
    store
      .list("EndpointSlice", "shop")
      .filter((one) => one.metadata.labels?.["kubernetes.io/service-name"] === service);
  const endpoints = () => slices().flatMap((slice) => slice.endpoints ?? []);
  const selected = () => {
    const selector = Object.entries(store.get("Service", "shop", service)?.spec.selector ?? {});
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
