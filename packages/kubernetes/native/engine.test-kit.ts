/** A shop in a small Kubernetes, and the real client in virtual time, for the tests of this engine. */
import {
  converge,
  type Ending,
  type Identity,
  type Log,
  type Processes,
  type Step,
  type Wanted,
} from "@cutover/release";
import { type Sandbox, type SandboxOptions, startSandbox, virtualClock } from "@cutover/sandbox";
import type { Client } from "../client/client.ts";
import { createClient } from "../client/create-client.ts";
import { createNativeEngine } from "./engine.ts";
import { type Heard, heard } from "./heard-client.test-kit.ts";
import type { Setting } from "./setting.ts";
import { configMap, deployments, images, imagesOfShop, namespace, usual } from "./shop-objects.test-kit.ts";
import type { Source } from "./source.ts";

export interface Order {
  source?: Source;
  wanted?: Partial<Wanted>;
  setting?: Partial<Setting>;
}

export interface Shop extends AsyncDisposable {
  sandbox: Sandbox;
  client: Client;
  heard: Heard;
  lines: string[];
  /** Lets time pass until `work` ends. */
  until<T>(work: Promise<T>): Promise<T>;
  pass(ms: number): Promise<void>;
  setting(order: Order): Setting;
  /** A release of `image` (or of `order.source`), without waiting for it. */
  begin(order: Order): Promise<Ending>;
  release(image: string, order?: Order): Promise<Ending>;
  rollback(to?: "previous" | number, order?: Order): Promise<Ending>;
}

const terms = { soak: 0, drain: 0, previous: "keep", probe: true, smoke: false } as const;
const deploy: Wanted = { kind: "deploy", switch: "auto", ...terms };

/** Starts it, and waits until the first pods are ready. */
export async function openShop(
  options: Omit<SandboxOptions, "objects"> & { objects?: readonly object[] } = {},
): Promise<Shop> {
  const clock = virtualClock();
  const objects = [configMap("other", "not ours"), ...(options.objects ?? usual)] as NonNullable<
    SandboxOptions["objects"]
  >;
  const sandbox = await startSandbox({ images, namespace, listen: false, ...options, objects, clock });
  const { kubeconfig, connect: dial } = sandbox;
  const real = await createClient({ kubeconfig, env: {}, clock, processes: noProcesses, dial });
  const listening = heard(real);
  const lines: string[] = [];
  const until = <T>(work: Promise<T>) => clock.drive(work);
  const pass = (ms: number) => until(clock.sleep(ms));
  const setting = settings({ clock, client: listening.client, log: writtenLog(lines) });
  const begin = (order: Order) => run(setting(order), { ...deploy, ...order.wanted } as Wanted);
  await pass(3_000);
  return {
    sandbox,
    client: real,
    heard: listening,
    lines,
    until,
    pass,
    setting,
    begin,
    release: (image, order = {}) => until(begin({ source: imagesOfShop(image), ...order })),
    rollback: (to = "previous", order = {}) => until(begin(goingBack(to, order))),
    [Symbol.asyncDispose]: async () => {
      await real.close();
      await sandbox.close();
    },
  };
}

function settings(given: Pick<Setting, "clock" | "client" | "log">): Shop["setting"] {
  let runs = 0;
  return ({ source = imagesOfShop("shop:2"), setting = {} }) => ({
    ...given,
    processes: noProcesses,
    identity: identityOf(++runs),
    signal: new AbortController().signal,
    namespace,
    service: "shop",
    deployments,
    colorLabel: "color",
    source,
    timeout: 120_000,
    lockTimeout: 60_000,
    preempts: false,
    soak: 0,
    ...setting,
  });
}

async function run(setting: Setting, wanted: Wanted): Promise<Ending> {
  const engine = createNativeEngine(setting);
  try {
    return await converge(engine, wanted, setting);
  } finally {
    await engine.close();
  }
}

export function goingBack(to: "previous" | number, order: Order = {}): Order {
  return {
    source: { kind: "history" },
    ...order,
    wanted: { kind: "rollback", to, probe: false, ...order.wanted },
    setting: { preempts: true, ...order.setting },
  };
}

export const noProcesses: Processes = { run: () => Promise.reject(new Error("no process is needed")) };

export function identityOf(run: number): Identity {
  const runUrl = `https://example.test/shop/actions/runs/${run}`;
  return {
    repository: "shop",
    holder: `shop/${run}/1/release-${run}`,
    step: `shop/${run}/release/step`,
    runUrl,
    actor: "ada",
    commit: "c0ffee",
  };
}

function writtenLog(lines: string[]): Log {
  return {
    info: (message) => void lines.push(message),
    warning: (message) => void lines.push(`warning: ${message}`),
    debug: (message) => void lines.push(`debug: ${message}`),
    untrusted: (text) => void lines.push(text),
    group: (title, body) => {
      lines.push(`# ${title}`);
      return body();
    },
  };
}

export function stepsOf({ journal }: Ending): Step["kind"][] {
  return journal.map(({ step }) => step.kind);
}

/** The color that the Service selects. */
export function active(shop: Shop): unknown {
  const selector = stored(shop, "Service", "shop").spec?.selector;
  return selector instanceof Object && "color" in selector ? selector.color : undefined;
}

interface Stored {
  metadata: { annotations?: Record<string, string>; resourceVersion: string };
  spec?: { [field: string]: unknown };
  data?: unknown;
}

/** An object as the sandbox has it. */
export function stored(shop: Shop, kind: string, name: string): Stored {
  const known = kind as Parameters<typeof shop.sandbox.registry.store.get>[0];
  const found: unknown = shop.sandbox.registry.store.get(known, namespace, name);
  if (found === undefined) throw new Error(`There is no ${kind} ${name}`);
  return found as Stored;
}
