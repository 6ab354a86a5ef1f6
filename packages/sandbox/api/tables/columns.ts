import type { JsonObject } from "../../json.ts";
import type { KindName } from "../../kinds.ts";

/** `Name:type`, and a plus for what only `-o wide` shows. */
const workload = "Containers+ Images+ Selector+";
const byKind: Readonly<Record<KindName, string>> = {
  Namespace: "Name Status Age",
  Node: "Name Status Roles Age Version Internal-IP+ External-IP+ OS-Image+ Kernel-Version+ Container-Runtime+",
  Service: "Name Type Cluster-IP External-IP Port(s) Age Selector+",
  Pod: "Name Ready Status Restarts Age IP+ Node+ Nominated_Node+ Readiness_Gates+",
  ConfigMap: "Name Data Age",
  Secret: "Name Type Data Age",
  Event: "Last_Seen Type Reason Object Subobject+ Source+ Message First_Seen+ Count+ Name+",
  ServiceAccount: "Name Secrets Age",
  ResourceQuota: "Name Request Limit Age",
  LimitRange: "Name Created_At:date",
  Deployment: `Name Ready Up-to-date Available Age ${workload}`,
  ReplicaSet: `Name Desired:integer Current:integer Ready:integer Age ${workload}`,
  StatefulSet: "Name Ready Age Containers+ Images+",
  DaemonSet: `Name Desired:integer Current:integer Ready:integer Up-to-date:integer Available:integer Node_Selector Age ${workload}`,
  ControllerRevision: "Name Controller Revision Age",
  Job: `Name Status Completions Duration Age ${workload}`,
  CronJob: `Name Schedule Timezone Suspend:boolean Active:integer Last_Schedule Age ${workload}`,
  EndpointSlice: "Name AddressType Ports Endpoints Age",
  Lease: "Name Holder Age",
  HorizontalPodAutoscaler: "Name Reference Targets MinPods MaxPods Replicas Age",
  PodDisruptionBudget: "Name Min_Available Max_Unavailable Allowed_Disruptions:integer Age",
  Ingress: "Name Class Hosts Address Ports Age",
};

/** The columns of a kind's table, in the order of its cells. */
export function columnsOf(kind: KindName): JsonObject[] {
  return byKind[kind].split(" ").map((text) => {
    const [title = "", type = "string"] = text.replace("+", "").split(":");
    const name = title.replaceAll("_", " ");
    return { name, type, format: name === "Name" ? "name" : "", description: "", priority: text.endsWith("+") ? 1 : 0 };
  });
}
