import type { EndpointSlice } from "../networking.ts";
import type { Kubelet } from "../pods/kubelet.ts";
import type { PodRun } from "../pods/pod-run.ts";
import { ApiError, notFound } from "../status.ts";
import type { Store } from "../store.ts";
import { readyEndpoints, slicesOfService } from "../traffic/endpoints.ts";
import type { Answer } from "./exchange.ts";
import type { Route } from "./route.ts";

/** GET of `pods/proxy` and `services/proxy`: what the application behind it answers, with its status. */
export function answerProxy(store: Store, kubelet: Kubelet, route: Route): Answer {
  const target = targetOf(route.name);
  return route.kind.name === "Pod"
    ? throughPod(store, kubelet, { ...route, ...target })
    : throughService(store, kubelet, { ...route, ...target });
}

/** `name`, `name:port` or `scheme:name:port`. */
export function targetOf(text: string): { name: string; port: string } {
  const parts = text.split(":");
  const [name = "", port = ""] = parts.length === 3 ? parts.slice(1) : parts;
  return { name, port };
}

interface Target extends Route {
  readonly port: string;
}

function throughPod(store: Store, kubelet: Kubelet, { kind, namespace, name, port, rest }: Target): Answer {
  const pod = store.get("Pod", namespace, name);
  if (pod === undefined) throw notFound(kind, name);
  const declared = pod.spec.containers.flatMap(({ ports }) => ports ?? []);
  const number = port === "" ? (declared[0]?.containerPort ?? 80) : Number(port);
  return ask(kubelet.run(pod.metadata.uid), number, { address: pod.status.podIP ?? "", path: `/${rest}` });
}

function throughService(store: Store, kubelet: Kubelet, { kind, namespace = "", name, port, rest }: Target): Answer {
  const service = store.get("Service", namespace, name);
  if (service === undefined) throw notFound(kind, name);
  const ports = service.spec.ports ?? [];
  const wanted = port === "" ? ports[0] : ports.find((one) => one.name === port || String(one.port) === port);
  const slices = slicesOfService(store, namespace, name);
  const [endpoint] = readyEndpoints(slices);
  if (endpoint === undefined) throw unavailable(`no endpoints available for service "${name}"`);
  if (wanted === undefined) throw unavailable(`no service port "${port}" found for service "${name}"`);
  const address = endpoint.addresses[0] ?? "";
  return ask(kubelet.run(endpoint.targetRef.uid), portIn(slices, wanted.name), { address, path: `/${rest}` });
}

function portIn(slices: readonly EndpointSlice[], name = ""): number {
  return slices.flatMap(({ ports }) => ports ?? []).find((port) => port.name === name)?.port ?? 0;
}

function ask(run: PodRun | undefined, port: number, { address, path }: { address: string; path: string }): Answer {
  const application = run?.listener(port);
  if (application === undefined) {
    throw unavailable(`error trying to reach service: dial tcp ${address}:${port}: connect: connection refused`);
  }
  const { status, body, headers } = application.answer({ path: path.split("?")[0] ?? "/", isTraffic: false });
  return { code: status, body, headers };
}

function unavailable(message: string): ApiError {
  return new ApiError({ code: 503, reason: "ServiceUnavailable" }, message);
}
