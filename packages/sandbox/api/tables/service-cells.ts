import type { ApiObject } from "../../api-object.ts";
import { at, type Json } from "../../json.ts";
import { age } from "./age.ts";
import { labelsText, listAt, sorted, textAt } from "./text.ts";

/** The row of a Service. */
export function serviceCells(service: ApiObject, now: Date): Json[] {
  const ports = listAt(service, "spec", "ports").map((port) => {
    const node = at(port, "nodePort");
    return `${textAt(port, "port")}${node === undefined ? "" : `:${String(node)}`}/${textAt(port, "protocol")}`;
  });
  return [
    service.metadata.name,
    textAt(service, "spec", "type"),
    String(listAt(service, "spec", "clusterIPs")[0] ?? "<none>"),
    external(service),
    ports.join(",") || "<none>",
    age(service.metadata.creationTimestamp, now),
    labelsText(at(service, "spec", "selector")),
  ];
}

function external(service: ApiObject): string {
  const own = listAt(service, "spec", "externalIPs").map(String);
  switch (at(service, "spec", "type")) {
    case "ExternalName":
      return textAt(service, "spec", "externalName");
    case "LoadBalancer": {
      const ingress = listAt(service, "status", "loadBalancer", "ingress");
      const balanced = sorted(ingress.map((one) => textAt(one, "ip") || textAt(one, "hostname")));
      return [...balanced, ...own].join(",") || "<pending>";
    }
    default:
      return own.join(",") || "<none>";
  }
}
