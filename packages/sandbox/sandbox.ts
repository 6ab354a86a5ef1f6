import type { RequestListener } from "node:http";
import type { Duplex } from "node:stream";
import type { Webhook } from "./admission/webhooks.ts";
import { type AccessRule, everything } from "./api/access.ts";
import { openDoors } from "./api/doors.ts";
import { type Backend, serve } from "./api/front.ts";
import { type LoggedRequest, RequestLog } from "./api/request-log.ts";
import { upgrades } from "./api/streams/upgrades.ts";
import { realClock, type SandboxClock } from "./clock.ts";
import { startControllers } from "./controllers/start-controllers.ts";
import type { Fault, Struck } from "./faults/fault.ts";
import { Faults } from "./faults/faults.ts";
import { type Frozen, freeze, thaw } from "./frozen.ts";
import type { JsonObject } from "./json.ts";
import { kubeconfigFor } from "./kubeconfig.ts";
import type { ImageTable } from "./pods/image-behavior.ts";
import { Kubelet } from "./pods/kubelet.ts";
import { seededRandom } from "./random.ts";
import { Registry } from "./registry.ts";
import { seedObjects } from "./seed.ts";
import { Store } from "./store.ts";
import { applicationServer } from "./traffic/application-server.ts";
import { type OpenService, openService } from "./traffic/open-service.ts";
import { ServiceRouter } from "./traffic/service-router.ts";
import { type ServiceTraffic, serviceTraffic } from "./traffic/service-traffic.ts";

export interface SandboxOptions {
  /** Real time if not given. */
  readonly clock?: SandboxClock;
  /** Names and uids are the same for the same seed; default 1. */
  readonly seed?: number;
  /** What can be pulled, and how it behaves. It may be changed while the sandbox runs. */
  readonly images?: ImageTable;
  /** Created at the start, as a client would; their namespaces too. */
  readonly objects?: readonly JsonObject[];
  /** What was frozen elsewhere goes on here. Another `seed` than there keeps new names apart from old ones. */
  readonly frozen?: Frozen;
  /** The namespace of the kubeconfig's context; default `default`. */
  readonly namespace?: string;
  /** What the credentials may do; default everything. */
  readonly rules?: readonly AccessRule[];
  /** Who they are; default `system:serviceaccount:ci:cutover`. */
  readonly user?: string;
  /** What a controller takes to notice something, in milliseconds; default 2. */
  readonly reactionMs?: number;
  /** Caps delays and periods of readiness probes, in milliseconds; default none. */
  readonly probeEveryMs?: number;
  /** First wait before a crashed container starts again, in milliseconds; default 10000. */
  readonly crashBackOffMs?: number;
  /** How many changes watches can look back; default 1000. */
  readonly watchHistory?: number;
  /** Whether it listens on 127.0.0.1 too; default yes. Otherwise its `url` is an example's, for names in messages. */
  readonly listen?: boolean;
}

export interface Sandbox extends AsyncDisposable {
  /** `https://127.0.0.1:port`, with the certificate that the kubeconfig trusts. */
  readonly url: string;
  /** The same API as `http://127.0.0.1:port`, for plain `fetch`. */
  readonly plainUrl: string;
  /** The text of a kubeconfig for `url`. */
  readonly kubeconfig: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly LoggedRequest[];
  /** The request that is being carried out at this very moment: what changes in the store just now is its doing. */
  serving(): LoggedRequest | undefined;
  readonly clock: SandboxClock;
  /** Objects as they are stored, and writes with the rules of the API server, without HTTP. */
  readonly registry: Registry;
  /** A connection to the API within this process, without TLS, whatever the `url` says. */
  connect(): Duplex;
  setRules(rules: readonly AccessRule[]): void;
  /** The webhooks from now on, instead of those before. */
  setAdmission(webhooks: readonly Webhook[]): void;
  /** All its objects, to go on with in another sandbox. */
  freeze(): Frozen;
  /** Lets something go wrong: see `Fault`. */
  fault(fault: Fault): Struck;
  openService(namespace: string, name: string): Promise<OpenService>;
  /** Users of Services without sockets. */
  readonly traffic: ServiceTraffic;
  close(): Promise<void>;
}

/** Starts a small Kubernetes on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? realClock();
  const registry = new Registry(new Store(options.watchHistory ?? 1_000), clock, seededRandom(options.seed ?? 1));
  const kubelet = startMachinery(registry, options);
  let rules = options.rules ?? [everything];
  const backend: Backend = {
    registry,
    kubelet,
    user: options.user ?? "system:serviceaccount:ci:cutover",
    faults: new Faults(),
    doors: () => doors,
    log: new RequestLog(),
    serving: undefined,
    rules: () => rules,
  };
  fill(registry, options);
  const applications = applicationServer();
  const { listen = true } = options;
  const doors = await openDoors(handler(backend), upgrades(backend, applications), listen);
  const opened: OpenService[] = [];
  const router = new ServiceRouter(registry.store, kubelet);
  const close = async (): Promise<void> => {
    kubelet.stop();
    clock.stop();
    applications.close();
    await Promise.all([doors.close(), ...opened.map((service) => service.close())]);
  };
  return {
    ...doors,
    kubeconfig: kubeconfigFor(doors.url, options.namespace ?? "default"),
    requests: backend.log.entries,
    serving: () => backend.serving,
    ...{ clock, registry },
    setRules: (next) => {
      rules = next;
    },
    setAdmission: (webhooks) => {
      registry.admission.webhooks = webhooks;
    },
    freeze: () => freeze(registry),
    fault: (fault) => backend.faults.add(fault),
    openService: async (namespace, name) => {
      const service = await openService({ router, applications }, { namespace, name, listen });
      opened.push(service);
      return service;
    },
    traffic: serviceTraffic(router),
    ...{ close, [Symbol.asyncDispose]: close },
  };
}

function fill(registry: Registry, { objects = [], frozen }: SandboxOptions): void {
  seedObjects(registry, objects);
  if (frozen !== undefined) thaw(registry, frozen);
}

function handler(backend: Backend): RequestListener {
  return (request, response) => {
    serve(backend, request, response).catch(() => response.destroy());
  };
}

function startMachinery(registry: Registry, options: SandboxOptions): Kubelet {
  const reactionMs = options.reactionMs ?? 2;
  startControllers(registry, reactionMs);
  return new Kubelet(registry, {
    images: options.images ?? {},
    probeEveryMs: options.probeEveryMs,
    crashBackOffMs: options.crashBackOffMs ?? 10_000,
    reactionMs,
  });
}
