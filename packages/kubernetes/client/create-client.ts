import { type Clock, CutoverError, type Log, type Processes } from "@cutover/release";
import { type Access, type AccessOptions, type Cluster, dangers, findAccess } from "./access.ts";
import { denied } from "./access-review.ts";
import { createCaller } from "./caller.ts";
import type { Client } from "./client.ts";
import { createCredentials, type Granted } from "./credentials.ts";
import { createConnections, type Dial } from "./dispatcher.ts";
import { execPlugin } from "./exec-plugin.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { createPlaces } from "./places.ts";
import { podLog, proxyGet } from "./pods.ts";
import { proxyFor } from "./proxy.ts";
import { createReads } from "./reads.ts";
import { self } from "./self.ts";
import { sharingLists } from "./shared-lists.ts";
import { SharedMirrors } from "./shared-mirrors.ts";
import { createTransport } from "./transport.ts";
import type { UpgradeOptions } from "./upgrade.ts";
import { createWatch } from "./watch.ts";
import { createWrites } from "./writes.ts";

export interface ClientOptions extends AccessOptions {
  clock: Clock;
  /** Bounds how long an answer may take; `clock` if not given. Another one where a test's waits take no time at all. */
  answerClock?: Clock;
  /** Runs credential plugins. */
  processes: Processes;
  /** Gets the server's warnings, each once. */
  log?: Log | undefined;
  /** Credential plugins that may run besides the known ones, by basename. */
  execPlugins?: readonly string[] | undefined;
  /** Allows http:// servers, insecure-skip-tls-verify and NODE_TLS_REJECT_UNAUTHORIZED=0, with a warning. */
  insecure?: boolean | undefined;
  limits?: Partial<Limits>;
  /** For an API server that is no address of the network, such as one within this process. */
  dial?: Dial | undefined;
  /** Milliseconds for which a request to a server that has answered is tried again; 60 s if not given. */
  patience?: number | undefined;
  /** Aborts when no request may go on; its reason is what those say that do. */
  ending?: AbortSignal | undefined;
}

/**
 * A client for the cluster that the options mean. No request is made yet, and the environment is `options.env` alone.
 * @throws `input-invalid` for a kubeconfig that cannot be read, `refused` for one that is not safe to use.
 */
export async function createClient(options: ClientOptions): Promise<Client> {
  const access = await findAccess(options);
  const { cluster, namespace } = access;
  refuseDangers(cluster, options);
  const limits = { ...defaultLimits, ...options.limits };
  const { dial } = options;
  const proxy = dial === undefined ? proxyFor(cluster.server, cluster.proxyUrl, options.env) : undefined;
  if (proxy !== undefined && proxy.password !== "") options.onSecret?.(decodeURIComponent(proxy.password));
  const connections = createConnections(cluster, { proxy, dial }, limits);
  const credentials = createCredentials(access.user, { ...options, plugin: await pluginOf(access, options) });
  const caller = createCaller({
    server: cluster.server.origin,
    transport: createTransport({ cluster, connections, limits, clock: options.answerClock ?? options.clock }),
    credentials,
    clock: options.clock,
    patience: options.patience,
    ending: options.ending,
    onWarning: onceEach((text) => options.log?.warning(`${cluster.server.host} warns: ${text}`)),
  });
  const upgrades: UpgradeOptions = { cluster, proxy, dial, credentials, caller, limits };
  const places = createPlaces(caller, namespace);
  const reads = createReads(caller, places);
  const watched = { list: sharingLists(reads.list), watch: createWatch(caller, places, limits) };
  const mirrors = new SharedMirrors(watched, options.clock);
  return {
    server: cluster.server.origin,
    namespace,
    ...reads,
    ...watched,
    ...createWrites(caller, places),
    look: (collection, asked) => mirrors.look(collection, asked),
    podLog: (pod, asked) => podLog(caller, pod, asked),
    proxyGet: (target, asked) => proxyGet(caller, target, asked),
    // Loaded when asked for: client-node would cost every run what only few need.
    exec: async (pod, command, asked) => (await import("./exec.ts")).exec(pod, command, { ...upgrades, ...asked }),
    portForward: async (pods, port) => (await import("./port-forward.ts")).portForward(pods, port, upgrades),
    denied: (questions, asked) => denied(caller, questions, asked),
    self: (asked) => self(caller, { credentials, user: access.user, clock: options.clock }, asked),
    close: () => {
      mirrors.close();
      return connections.close();
    },
  };
}

function refuseDangers(cluster: Cluster, { env, insecure, log }: ClientOptions): void {
  for (const danger of dangers(cluster, env)) {
    if (insecure !== true) {
      const hint =
        "Give an https:// server with its certificate authority (certificate-authority-data), and check certificates.";
      throw new CutoverError("refused", danger, { hint });
    }
    log?.warning(danger);
  }
}

/** Refused here and not at the first request, so that a bad kubeconfig is an input error. */
async function pluginOf(
  { user, cluster }: Access,
  options: ClientOptions,
): Promise<(() => Promise<Granted>) | undefined> {
  return user.exec === undefined || user.token !== undefined ? undefined : execPlugin(user.exec, cluster, options);
}

function onceEach(say: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    say(text.slice(0, 500));
  };
}
