import type { CheckResult } from "@cutover/release";
import type { ImageTable, SandboxOptions } from "@cutover/sandbox";
import { type Fate, openTown, type StepRun, type Town } from "../../test/virtual/town.ts";
import { shopAnd } from "./checked.test-kit.ts";
import { endpointQuestion, postgresQuestion, redisQuestion, tcpQuestion } from "./pod-questions.ts";
import { commandOf } from "./probe-job.ts";

/** The one that may be used for probes. */
export const image = "registry.example/tools:1";
const within = 5_000;
const via = "job";
/** Of the one endpoint. */
export const url = "http://stock/health";

const asked = {
  endpoints: {
    line: `${url} via=job`,
    question: endpointQuestion({ url, status: "2xx", within, contains: undefined, via }, via),
    good: "answered",
  },
  tcp: {
    line: "broker:5672 via=job",
    question: tcpQuestion({ host: "broker", port: 5672, within, via }, via),
    good: "reached",
  },
  postgres: {
    line: "$DATABASE_URL via=job",
    question: postgresQuestion({ variable: "DATABASE_URL", via, within }),
    good: "1",
  },
  redis: { line: "$REDIS_URL via=job", question: redisQuestion({ variable: "REDIS_URL", via, within }), good: "PONG" },
};

type Id = keyof typeof asked;
/** How the command of each question ends. */
export type Ends = Partial<Record<Id, { readonly exitCode: number; readonly message: string }>>;

const good: Ends = Object.fromEntries(
  Object.entries(asked).map(([id, one]) => [id, { exitCode: 0, message: `${one.good}\n` }]),
);

/** An image whose commands end so; what is not named goes on for ever. */
export function tools(ends: Ends): ImageTable {
  const commands = Object.entries(ends).map(([id, end]) => [
    commandOf(asked[id as Id].question).join(" "),
    { output: "", ...end },
  ]);
  return { [image]: { version: "1", stopMs: 0, commands: Object.fromEntries(commands) } };
}

/** What is asked, and of what kind of cluster. */
export interface Scene {
  readonly ends?: Ends;
  readonly images?: ImageTable;
  readonly ids?: readonly Id[];
  readonly objects?: readonly object[];
  readonly inputs?: Readonly<Record<string, string>>;
  /** What happens before it runs, and what befalls the run. */
  readonly before?: (town: Town) => Fate | undefined;
}

interface Seen {
  readonly run: StepRun;
  /** Verdict and evidence by check. */
  readonly told: Readonly<Record<string, string | undefined>>;
  readonly results: readonly CheckResult[];
  readonly town: Town;
}

/** Runs preflight in a shop, with what is asked by `via=job` as its only checks, and looks at what is there afterwards. */
export async function asking(scene: Scene, look: (seen: Seen) => Promise<void> | void): Promise<void> {
  const { ends = good, ids = ["tcp"], objects = [], inputs = {}, before } = scene;
  const options = shopAnd(...objects);
  const images = { ...options.images, ...(scene.images ?? tools(ends)) };
  await using town = await openTown({ ...options, images } satisfies SandboxOptions);
  await town.pass(5_000);
  const fate = before?.(town);
  const lines = Object.fromEntries(ids.map((id) => [id, asked[id].line]));
  const given = { service: "shop", checks: ids.join(), "probe-image": image, ...lines, ...inputs };
  const run = await town.until(town.run("preflight", given, fate));
  const results: readonly CheckResult[] = JSON.parse(run.outputs.results || "[]");
  const told = Object.fromEntries(results.map(({ id, verdict, evidence }) => [id, `${verdict}: ${evidence}`]));
  await look({ run, told, results, town });
}

/** What is left of probes, once everything had its time. */
export async function left(town: Town): Promise<readonly string[]> {
  await town.pass(2_000);
  const { store } = town.sandbox.registry;
  const jobs = store.list("Job", "shop");
  const pods = store.list("Pod", "shop").filter(({ metadata }) => metadata.labels?.["job-name"] !== undefined);
  return [...jobs, ...pods].map(({ metadata }) => metadata.name);
}

/** The Jobs that were asked for. */
export function posted({ sandbox }: Town): readonly string[] {
  return sandbox.requests
    .filter(({ method, path }) => method === "POST" && /\/jobs\b/.test(path))
    .map(({ path }) => path);
}
