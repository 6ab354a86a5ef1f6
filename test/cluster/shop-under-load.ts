import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { type ActionRun, type ActionRunResult, runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { kubeconfigServer } from "../conformance/target.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import type { FixtureNames } from "./fixture-names.ts";
import { kubeconfig, kubectl } from "./kubectl.ts";
import { type Load, startLoad } from "./load.ts";
import { describeLoad } from "./load-report.ts";
import { replicasOf, type Served, servedBy } from "./served.ts";
import { apply } from "./shop.ts";
import { slots } from "./slots.ts";

export type ActionName = "blue-green-deploy" | "promote" | "retire" | "rollback";
export type Inputs = Readonly<Record<string, string>>;

const replicas = 3;

/** Services of three pods in a namespace of their own, whose users never stop, and whose releases reach the API server
 * through a proxy of their own. */
export interface ShopUnderLoad extends AsyncDisposable {
  readonly proxy: FaultProxy;
  /** The shipped bundle in a process of its own, with these inputs besides those that name the cluster. */
  run(action: ActionName, inputs: Inputs, how?: Partial<ActionRun>): Promise<ActionRunResult>;
  /** What the cluster says of a Service. */
  looks(service: string): Promise<Served>;
  /** The same; throws unless that is this version from all its pods, as users see too. */
  serves(service: string, version: string): Promise<Served>;
  /** Pods that a slot asks for; `undefined` where its Deployment is gone. */
  replicas(service: string, color: string): Promise<number | undefined>;
  /** Ends the load and says what it was; throws if it lost a request, or one was refused. Requests sent. */
  close(tell: (line: string) => void): Promise<number>;
}

/** Slow enough for a machine that is busy: what it does late is not lost, and a connection is not asked before it answered. */
const pace = { newPerSecond: 40, keptAlive: 12, keptEvery: 500, timeout: 15_000, atMost: 1_200 };

/** Opens a shop that serves v1 from blue. */
export async function openShopUnderLoad(services: readonly string[], fixture: FixtureNames): Promise<ShopUnderLoad> {
  const namespace = `${services[0]}-${Date.now().toString(36)}`;
  install(namespace, services, fixture.image("v1"));
  const proxy = await startFaultProxy(kubeconfigServer(readFileSync(kubeconfig(), "utf8")));
  const ports = new Map(services.map((service) => [service, nodePort(namespace, service)]));
  const loads = new Map<string, Load>();
  for (const [service, port] of ports) {
    await answers(port, "v1");
    loads.set(service, await startLoad({ port, ...pace }));
  }
  const always = {
    ...{ kubeconfig: proxy.kubeconfig(namespace), service: services.join("\n"), "color-label": "version" },
    ...{ drain: "1s", timeout: "3m" },
  };
  const looks = (service: string) => servedBy({ namespace, service, fixture });
  return {
    ...{ proxy, looks },
    run: async (action, inputs, how) => {
      const stub = await bundledStub(action);
      const soak: Inputs = action === "retire" ? {} : { soak: "500ms" };
      return await runAction({ ...how, stub, inputs: { ...always, ...soak, ...inputs } });
    },
    serves: async (service, version) => {
      const served = await looks(service);
      assert.deepEqual(served.ready, { count: replicas, versions: [version], colors: [served.color] });
      await answers(ports.get(service) ?? 0, version);
      return served;
    },
    replicas: (service, color) => replicasOf(namespace, `${service}-${color}`),
    close: async (tell) => {
      let sent = 0;
      for (const [service, load] of loads) {
        loads.delete(service);
        const report = await load.stop();
        tell([`load of ${service}:`, ...describeLoad(report)].join("\n"));
        assert.deepEqual([report.lost.length, report.refused.length], [0, 0]);
        sent += report.sent;
      }
      return sent;
    },
    [Symbol.asyncDispose]: async () => {
      for (const load of loads.values()) await load.stop();
      await proxy[Symbol.asyncDispose]();
      kubectl(["delete", "namespace", namespace, "--wait=false"]);
    },
  };
}

function install(namespace: string, services: readonly string[], image: string): void {
  // On a machine that is busy a probe may be late; none of these tests wants that to be a fault of the pods.
  const readiness = { failureThreshold: 5, timeoutSeconds: 10 };
  for (const service of services) apply(slots({ namespace, service, app: service, image, replicas, readiness }));
  for (const service of services)
    kubectl(["--namespace", namespace, "rollout", "status", `deployment/${service}-blue`, "--timeout=120s"]);
}

function nodePort(namespace: string, service: string): number {
  const port = "jsonpath={.spec.ports[0].nodePort}";
  return Number(kubectl(["--namespace", namespace, "get", "service", service, "--output", port]));
}

/** Resolves when three users in a row meet this version: a node learns of a switch a moment after the endpoints. */
async function answers(port: number, version: string): Promise<void> {
  const until = performance.now() + 20_000;
  let met: unknown;
  for (let inARow = 0; inARow < 3; ) {
    met = await visit(port);
    inARow = met === version ? inARow + 1 : 0;
    if (performance.now() > until) assert.fail(`127.0.0.1:${port} answers ${met}, and not ${version}`);
  }
}

function visit(port: number): Promise<unknown> {
  return new Promise((resolve) => {
    get({ host: "127.0.0.1", port, agent: false }, (response: IncomingMessage) => {
      response.resume().on("end", () => resolve(response.headers["x-version"]));
    }).on("error", ({ message }) => setTimeout(resolve, 50, message));
  });
}
