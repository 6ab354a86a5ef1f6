import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { systemClock } from "@cutover/action-kit";
import { annotation, type Color, isColor } from "@cutover/release";
import { type Sandbox, type SandboxOptions, startSandbox } from "@cutover/sandbox";
import { type ActionRun, type ActionRunResult, runAction } from "@cutover/workflow";
import type { ActionName } from "../../actions/index.ts";
import { bundledStub } from "../bundled-stub.ts";
import { actionsWithin } from "../virtual/in-process-actions.ts";
import { shop } from "./shop.ts";

export type Inputs = Readonly<Record<string, string>>;
/** What a journey says of a run beyond its inputs. */
export type Circumstances = Omit<ActionRun, "stub" | "inputs" | "onLine">;

/** An action on its way. */
export interface Running {
  /** Resolves at the first line of its log that matches; rejects if it ends without one. */
  says(line: RegExp): Promise<void>;
  ended: Promise<ActionRunResult>;
}

/** A cluster with a shop, a repository that is checked out, and the actions as its workflows run them. */
export interface OpenShop extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** `RUNNER_TEMP` of all its runs, which outlives them. */
  readonly temp: string;
  /** Puts files into the workspace. */
  checkOut(files: Readonly<Record<string, string>>): void;
  deploy(inputs: Inputs, how?: Circumstances): Promise<ActionRunResult>;
  rollback(inputs?: Inputs, how?: Circumstances): Promise<ActionRunResult>;
  start(action: ActionName, inputs?: Inputs, how?: Circumstances): Running;
}

/**
 * Where actions run: `within` this process, from their sources, which is quick; or from the `bundle`, in a process of their
 * own, as users have them. What is to be interrupted always has a process.
 */
export type Home = "within" | "bundle";

/** Opens a shop: by default one whose Deployments by color exist. Its inputs are quick; those of a run come on top. */
export async function openShop(
  options: SandboxOptions = shop(),
  always: Inputs = {},
  home: Home = "within",
): Promise<OpenShop> {
  const sandbox = await startSandbox(options);
  await settled(sandbox);
  const folder = mkdtempSync(join(tmpdir(), "cutover-journey-"));
  const workspace = join(folder, "workspace");
  const temp = join(folder, "temp");
  for (const path of [workspace, temp]) mkdirSync(path);
  const common = { kubeconfig: sandbox.kubeconfig, service: "shop", drain: "0s", ...always };
  const start: OpenShop["start"] = (action, inputs = {}, how = {}) => {
    const { listen, onLine } = lineListener();
    const isWithin = home === "within" && how.interruption === undefined;
    const ended = (isWithin ? Promise.resolve(`${action}.js`) : bundledStub(action)).then((stub) =>
      runAction({
        ...how,
        ...{ stub, workspace, onLine },
        start: how.start ?? (isWithin ? actionsWithin({ clock: systemClock }) : undefined),
        env: { RUNNER_TEMP: temp, ...how.env },
        inputs: { ...(action === "retire" ? {} : { soak: "50ms" }), ...common, ...inputs },
      }),
    );
    return { ended, says: (line) => listen(line, ended) };
  };
  return {
    ...{ sandbox, temp, start },
    checkOut: (files) => writeFiles(workspace, files),
    deploy: async (inputs, how) => await start("blue-green-deploy", inputs, how).ended,
    rollback: async (inputs, how) => await start("rollback", inputs, how).ended,
    [Symbol.asyncDispose]: async () => {
      rmSync(folder, { recursive: true, force: true });
      await sandbox.close();
    },
  };
}

/** The color that the Service selects; throws where that is none. */
export function activeColor({ sandbox }: OpenShop, label = "color", service = "shop"): Color {
  const color = sandbox.registry.store.get("Service", "shop", service)?.spec.selector?.[label];
  if (!isColor(color)) throw new Error(`Service ${service} selects ${label}=${color}`);
  return color;
}

/** Pods asked for, by color. */
export function replicas({ sandbox }: OpenShop, name = "shop"): Partial<Record<Color, number>> {
  const count = (color: Color) => sandbox.registry.store.get("Deployment", "shop", `${name}-${color}`)?.spec.replicas;
  return Object.fromEntries(
    (["blue", "green"] as const).flatMap((color) => {
      const asked = count(color);
      return asked === undefined ? [] : [[color, asked]];
    }),
  );
}

/** The history as it stands in the cluster, oldest first: `1 confirmed`. */
export function history({ sandbox }: OpenShop): string[] {
  const entries = sandbox.registry.store.list("ControllerRevision", "shop");
  return entries
    .toSorted((one, other) => Number(one.revision) - Number(other.revision))
    .map(({ revision, metadata }) => `${revision} ${metadata.annotations?.[annotation.result] ?? "open"}`);
}

/** Who holds the lock; nobody in most of the world's time. */
export function lockHolder({ sandbox }: OpenShop): unknown {
  const spec = sandbox.registry.store.get("Lease", "shop", "cutover-shop")?.spec;
  return typeof spec === "object" && spec !== null && "holderIdentity" in spec ? spec.holderIdentity : undefined;
}

/** The error by which a step failed, as the user meets it. */
export function failureOf({ annotations, log }: ActionRunResult): string {
  const [error, ...more] = annotations.filter(({ level }) => level === "error");
  if (error === undefined || more.length > 0) throw new Error(`expected one error in:\n${log}`);
  return error.message;
}

/** Resolves when every Deployment has the ready pods that it asks for, and their Services know. */
export function settled({ registry: { store } }: Sandbox): Promise<void> {
  const isSettled = () => {
    const deployments = store.list("Deployment");
    const slices = store.list("EndpointSlice");
    const endpoints = slices.flatMap((slice) => slice.endpoints ?? []).filter(({ conditions }) => conditions.ready);
    const asked = deployments.map(({ spec, status }) => [spec.replicas, status.readyReplicas ?? 0] as const);
    const isServed = slices.length === 0 || endpoints.length > 0 || asked.every(([wanted]) => wanted === 0);
    return asked.every(([wanted, ready]) => wanted === ready) && isServed;
  };
  return new Promise((resolve) => {
    const look = () => {
      if (!isSettled()) return;
      end();
      resolve();
    };
    const end = store.subscribe(look);
    look();
  });
}

function lineListener() {
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  const onLine = (line: string) => {
    lines.push(line);
    for (const hear of [...waiting]) hear(line);
  };
  const listen = (wanted: RegExp, ended: Promise<unknown>) =>
    new Promise<void>((resolve, reject) => {
      const hear = (line: string) => {
        if (!wanted.test(line)) return;
        waiting.delete(hear);
        resolve();
      };
      waiting.add(hear);
      for (const line of lines) hear(line);
      const tooLate = () => reject(new Error(`no line matched ${wanted} in:\n${lines.join("\n")}`));
      ended.then(tooLate, tooLate);
    });
  return { onLine, listen };
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
