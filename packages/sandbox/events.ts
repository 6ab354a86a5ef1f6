import type { ApiObject } from "./api-object.ts";
import type { Registry } from "./registry.ts";

export interface EventToRecord {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** Such as `kubelet` or `deployment-controller`. */
  readonly component: string;
  /** The container that it is about. */
  readonly container?: string;
  /** Whether that is an init container. */
  readonly isInit?: boolean;
  readonly host?: string;
}

/** How long the server keeps an event after its last occurrence, in milliseconds. */
const keptMs = 3_600_000;

/** The events of a registry by what they say, the longest silent first. */
const ledgers = new WeakMap<
  Registry,
  Map<string, { readonly namespace: string; readonly name: string; readonly at: number }>
>();

/** Records an event about an object; the same one again is counted. */
export function recordEvent(registry: Registry, about: ApiObject, event: EventToRecord): void {
  const { namespace = "default", name, uid, resourceVersion } = about.metadata;
  if (registry.store.get("Namespace", undefined, namespace)?.metadata.deletionTimestamp !== undefined) return;
  const { type, reason, message, component, container, isInit, host } = event;
  const now = registry.timestamp;
  const ledger = ledgers.get(registry) ?? new Map();
  ledgers.set(registry, ledger);
  forgetOld(registry, ledger);
  const key = [uid, container, reason, message].join("\n");
  const known = ledger.get(key);
  ledger.delete(key);
  const same = known === undefined ? undefined : registry.store.get("Event", known.namespace, known.name);
  if (same !== undefined) {
    ledger.set(key, { ...known, at: registry.clock.now() });
    const count = Number(same.count ?? 1) + 1;
    registry.store.put("Event", { ...same, count, lastTimestamp: now });
    return;
  }
  const involved = { kind: about.kind, namespace, name, uid, apiVersion: about.apiVersion, resourceVersion };
  const path =
    container === undefined ? {} : { fieldPath: `spec.${isInit ? "initContainers" : "containers"}{${container}}` };
  const body = {
    metadata: { name: `${name}.${registry.random.uid().replaceAll("-", "").slice(0, 16)}` },
    involvedObject: { ...involved, ...path },
    reason,
    message,
    source: { component, ...(host === undefined ? {} : { host }) },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? "",
  };
  const created = registry.create({ kind: "Event", namespace }, body, { manager: component });
  ledger.set(key, { namespace, name: created.metadata.name, at: registry.clock.now() });
}

function forgetOld(registry: Registry, ledger: NonNullable<ReturnType<typeof ledgers.get>>): void {
  for (const [key, { namespace, name, at }] of ledger) {
    if (registry.clock.now() - at < keptMs) return;
    ledger.delete(key);
    const old = registry.store.get("Event", namespace, name);
    if (old !== undefined) registry.store.remove("Event", old);
  }
}
