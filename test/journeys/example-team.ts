import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type ImageTable, startSandbox } from "@cutover/sandbox";
import { runWorkflow, type Trigger, type WorkflowReport } from "@cutover/workflow";
import { parseAllDocuments } from "yaml";
import { root } from "../../scripts/command.ts";
import { bundledStub } from "../bundled-stub.ts";
import { settled } from "./open-shop.ts";

/** An example, in the words that differ. */
export interface Example {
  name: string;
  service: string;
  deployment: (color: string) => string;
  colorLabel: string;
  container: string;
  /** The repository variables that are addresses. */
  addresses: readonly string[];
}

/** A team that copied an example: its workflows as they stand, and its production in a sandbox. */
export interface Team extends AsyncDisposable {
  /** A tag is pushed. */
  tag(version: string): Promise<WorkflowReport>;
  /** A workflow is started by hand. */
  byHand(file: string, inputs: Readonly<Record<string, string>>): Promise<WorkflowReport>;
  live(): Live;
}

/** Color with the traffic, and for each slot its release and number of pods asked for; none where it does not exist. */
export type Live = { active: string } & Partial<Record<"blue" | "green", readonly [release: string, replicas: number]>>;

/** The waits of the examples suit real traffic; everything else stays as it is. */
const waits: readonly (readonly [RegExp, string])[] = [
  [/\btimeout: 5m$/gm, "timeout: 5s"],
  [/\bsoak: 30s$/gm, "soak: 50ms"],
  [/\bdrain: 30s$/gm, "drain: 0s"],
  [/\bWATCH_SECONDS: \d+$/gm, "WATCH_SECONDS: 0"],
];

const images: ImageTable = Object.fromEntries(
  [
    ...["v1", "v2", "v3"].map((version) => ({ version })),
    { version: "v4", neverReady: true },
    // Well until users come.
    { version: "v6", errorRate: 1 },
  ].map((behavior) => [image(behavior.version), { ...behavior, readyAfterMs: 20 }]),
);

/** As the examples' manifests have it. */
export function image(version: string): string {
  return `127.0.0.1:5000/fixture:${version}`;
}

/** Sets a team up with what the example ships: its manifests, the rights of its account, its workflows and scripts. */
export async function startTeam(example: Example): Promise<Team> {
  const shipped = join(root, "examples", example.name);
  const repository = join(mkdtempSync(join(tmpdir(), "cutover-team-")), example.name);
  cpSync(shipped, repository, { recursive: true });
  for (const file of globSync(join(repository, ".github", "workflows", "*.yml"))) {
    const text = readFileSync(file, "utf8");
    const shorter = waits.reduce((known, [wait, short]) => known.replace(wait, short), text);
    writeFileSync(file, shorter);
  }
  const [role] = documents(join(shipped, "k8s", "deployer.yaml")).filter(({ kind }) => kind === "Role");
  const objects = documents(join(shipped, "k8s", "production.yaml"));
  const sandbox = await startSandbox({ namespace, objects, rules: role.rules, images, probeEveryMs: 20 });
  await settled(sandbox);
  const open = await sandbox.openService(namespace, example.service);
  const run = (file: string, trigger: Trigger) =>
    runWorkflow({
      ...{ repository, file: `.github/workflows/${file}`, trigger },
      secrets: { KUBECONFIG_BASE64: Buffer.from(sandbox.kubeconfig).toString("base64") },
      vars: {
        IMAGE_REPOSITORY: image("").slice(0, -1),
        ...Object.fromEntries(example.addresses.map((address) => [address, open.url])),
      },
      cutover: { folder: root, stubOf: bundledStub },
    });
  return {
    tag: (version) => run("release.yml", { name: "push", ref: `refs/tags/${version}` }),
    byHand: (file, inputs) => run(file, { name: "workflow_dispatch", ref: "refs/heads/main", inputs }),
    live: () => live(example, sandbox.registry.store),
    async [Symbol.asyncDispose]() {
      rmSync(join(repository, ".."), { recursive: true, force: true });
      await open.close();
      await sandbox.close();
    },
  };
}

const namespace = "production";

function documents(file: string) {
  return parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS());
}

type Store = Awaited<ReturnType<typeof startSandbox>>["registry"]["store"];

function live({ service, deployment, colorLabel, container }: Example, store: Store): Live {
  const active = store.get("Service", namespace, service)?.spec.selector?.[colorLabel] ?? "none";
  const slots = (["blue", "green"] as const).flatMap((color) => {
    const spec = store.get("Deployment", namespace, deployment(color))?.spec;
    if (spec === undefined) return [];
    const runs = spec.template.spec.containers.find(({ name }) => name === container)?.image ?? "none";
    return [[color, [basename(runs).replace("fixture:", ""), spec.replicas ?? 1]] as const];
  });
  return { active, ...Object.fromEntries(slots) };
}

/** How each job ended, without those that were skipped. */
export function ends({ jobs }: WorkflowReport): Record<string, string> {
  const run = Object.entries(jobs).filter(([, { conclusion }]) => conclusion !== "skipped");
  return Object.fromEntries(run.map(([key, { conclusion }]) => [key, conclusion]));
}

/** What the action of a job says of its end: outcome, color, revision and the revision before. */
export function facts({ jobs }: WorkflowReport, job: string): (string | undefined)[] {
  const outputs = jobs[job]?.steps.find((step) => "outcome" in step.outputs)?.outputs ?? {};
  return ["outcome", "color", "revision", "previous-revision"].map((name) => outputs[name]);
}

/** Every step's summary. */
export function summary({ jobs }: WorkflowReport): string {
  return Object.values(jobs)
    .flatMap(({ steps }) => steps.map((step) => step.summary))
    .join("\n");
}

/** Every step's log. */
export function log({ jobs }: WorkflowReport): string {
  return Object.values(jobs)
    .flatMap(({ steps }) => steps.map((step) => step.log))
    .join("\n");
}
