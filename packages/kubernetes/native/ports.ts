import type { Color } from "@cutover/release";
import { as, type Container, type PodTemplate, type Service, type ServicePort } from "./kinds.ts";
import { recordedService } from "./revisions.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";
import { readState } from "./state.ts";

/** Whose ports are asked for. */
export interface Revised {
  color: Color;
  revision: number | undefined;
}

/** The ports of the Service with this release: as its manifests say, or as those of the revision that a rollback goes to. */
export function portsToCome({ source }: Setting, snapshot: Snapshot, revised: Revised): Ports {
  if (source.kind !== "manifests") return portsOfRevision(snapshot, revised);
  const { service } = source.rendered[revised.color];
  return service === undefined ? undefined : as("Service", service).spec.ports;
}

/** The ports that a revision answered on; where nobody recorded them, those from before the last switch, if that left it. */
export function portsOfRevision({ service, revisions }: Snapshot, { color, revision }: Revised): Ports {
  const entry = revisions.find((one) => one.revision === revision);
  const state = readState(service);
  const before = state?.previousRevision === revision ? state?.previousPorts : undefined;
  return recordedService(entry, color)?.spec.ports ?? before;
}

type Ports = readonly ServicePort[] | undefined;

/** The name of a port that the Service sends to and no container of the pods has: it would have no endpoints. */
export function unknownPort(ports: Service["spec"]["ports"], { spec }: PodTemplate): string | undefined {
  const containers: readonly Container[] = [...spec.containers, ...(spec.initContainers ?? [])];
  const names = containers.flatMap(({ ports: own = [] }) => own.map(({ name }) => name));
  const wanted = (ports ?? []).map(({ targetPort }) => targetPort);
  return wanted.filter((port) => typeof port === "string").find((port) => !names.includes(port));
}
