import type { ApiObject } from "../../api-object.ts";
import { at, type Json } from "../../json.ts";
import { age } from "./age.ts";
import { listAt, sorted, textAt } from "./text.ts";

/** The row of a node. */
export function nodeCells(node: ApiObject, now: Date): Json[] {
  const ready = listAt(node, "status", "conditions").find((condition) => at(condition, "type") === "Ready");
  const state = ready === undefined ? "Unknown" : at(ready, "status") === "True" ? "Ready" : "NotReady";
  const isClosed = at(node, "spec", "unschedulable") === true;
  const prefix = "node-role.kubernetes.io/";
  const labels = Object.keys(node.metadata.labels ?? {}).filter((label) => label.startsWith(prefix));
  const roles = sorted(labels.map((label) => label.slice(prefix.length)));
  const known = (field: string): string => textAt(node, "status", "nodeInfo", field) || "<unknown>";
  return [
    node.metadata.name,
    isClosed ? `${state},SchedulingDisabled` : state,
    roles.join(",") || "<none>",
    age(node.metadata.creationTimestamp, now),
    textAt(node, "status", "nodeInfo", "kubeletVersion"),
    addressOf(node, "InternalIP"),
    addressOf(node, "ExternalIP"),
    known("osImage"),
    known("kernelVersion"),
    known("containerRuntimeVersion"),
  ];
}

function addressOf(node: ApiObject, type: string): string {
  const found = listAt(node, "status", "addresses").find((address) => at(address, "type") === type);
  return textAt(found, "address") || "<none>";
}
