import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { runAction } from "@cutover/workflow";
import { bundledStub } from "../../test/bundled-stub.ts";

type ActionName = "blue-green-deploy" | "preflight" | "rollback";

/** What is in the cluster of a measurement. */
export interface Shape {
  /** Names of the Services, each with a slot that serves and an idle one. */
  services: readonly string[];
  /** Pods of each. */
  replicas: number;
  /** Milliseconds that a container takes until it is ready. */
  startUp: number;
}

/** Milliseconds that pods of the version `slow` take. */
export const slowness = 20_000;

/** One request, as the API server saw it. */
export interface Asked {
  verb: string;
  resource: string;
  /** Milliseconds. */
  at: number;
  isWrite: boolean;
  /** Of a list that began with another request. */
  isNextPage: boolean;
}

/** What the cluster's process says. */
export type Told = { kubeconfig: string } | { requests: readonly Asked[] };

/** How one action went, from the start of its process to the end of its post's. */
export interface Run {
  milliseconds: number;
  requests: readonly Asked[];
}

/** An embedded Kubernetes in a process of its own, and the bundled actions, each in one of theirs. */
export interface Town extends AsyncDisposable {
  /** @throws if it does not succeed */
  run(action: ActionName, inputs?: Readonly<Record<string, string>>, workspace?: string): Promise<Run>;
  /** A release of `version` (`v1` to `v20`, or `slow`) to these services; to all if not given. */
  release(version: string, inputs?: Readonly<Record<string, string>>, services?: readonly string[]): Promise<Run>;
}

/** A folder that CPU profiles of all processes go to; none are made without it. */
const profiles = process.env.CUTOVER_BENCH_PROFILES;
const profiling = profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profiles}`];

export async function openTown(shape: Shape): Promise<Town> {
  const child = fork(join(import.meta.dirname, "town-process.ts"), [JSON.stringify(shape)], { execArgv: profiling });
  const hear = async (): Promise<Told> => {
    const [told]: Told[] = await once(child, "message");
    if (told === undefined) throw new Error("The cluster said nothing");
    return told;
  };
  const opened = await hear();
  if (!("kubeconfig" in opened)) throw new Error("The cluster did not say where it is");
  const { kubeconfig } = opened;
  const ask = async (): Promise<readonly Asked[]> => {
    child.send("requests");
    const told = await hear();
    return "requests" in told ? told.requests : [];
  };
  const run: Town["run"] = async (action, given = {}, workspace) => {
    const stub = await bundledStub(action);
    const before = (await ask()).length;
    const began = performance.now();
    const env: Record<string, string> = profiles === undefined ? {} : { NODE_OPTIONS: profiling.join(" ") };
    const quick: Record<string, string> = action === "preflight" ? {} : { soak: "0s", drain: "0s" };
    const inputs = { kubeconfig, service: shape.services.join("\n"), ...quick, ...given };
    const ended = await runAction({ stub, env, inputs, ...(workspace === undefined ? {} : { workspace }) });
    const milliseconds = performance.now() - began;
    if (ended.exitCode !== 0) throw new Error(`${action} failed:\n${ended.log}`);
    return { milliseconds, requests: (await ask()).slice(before) };
  };
  return {
    run,
    release: (version, inputs, services = shape.services) => {
      const images = services.map((name) => `${name === "shop" ? "app" : name}=registry.example/shop:${version}`);
      return run("blue-green-deploy", { service: services.join("\n"), images: images.join("\n"), ...inputs });
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(child, "exit");
      child.disconnect();
      await closed;
    },
  };
}
