import type { ApiObject } from "./api-object.ts";
import { objectAt } from "./json.ts";
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

/** Records an event about an object; the same one again is counted. */
export function recordEvent(registry: Registry, about: ApiObject, event: EventToRecord): void {
  const { namespace = "default", name, uid, resourceVersion } = about.metadata;
  if (registry.store.get("Namespace", undefined, namespace)?.metadata.deletionTimestamp !== undefined) return;
  const { type, reason, message, component, container, isInit, host } = event;
  const now = registry.timestamp;
  const same = registry.store
    .list("Event", namespace)
    .find((old) => objectAt(old, "involvedObject").uid === uid && old.reason === reason && old.message === message);
  if (same !== undefined) {
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
  registry.create({ kind: "Event", namespace: namespace }, body, { manager: component });
}
