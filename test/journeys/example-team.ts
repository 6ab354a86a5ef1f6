import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type ImageTable, type Sandbox, type SandboxOptions, startSandbox, virtualClock } from "@cutover/sandbox";
import { runWorkflow, type Trigger, type WorkflowOrder, type WorkflowReport } from "@cutover/workflow";
import { parseAllDocuments } from "yaml";
import { root } from "../../scripts/command.ts";
import { bundledStub } from "../bundled-stub.ts";
import { type GitHubDouble, type Known, openGitHub } from "../doubles/github.ts";
import type { Example, Live } from "../examples.ts";
import { actionsWithin } from "../virtual/in-process-actions.ts";
import { type Home, settled } from "./open-shop.ts";

/** A team that copied an example: its workflows as they stand, and its production in a sandbox. */
export interface Team extends AsyncDisposable {
  /** A tag is pushed. */
  tag(version: string): Promise<WorkflowReport>;
  /** A workflow is started by hand. */
  byHand(file: string, inputs: Readonly<Record<string, string>>): Promise<WorkflowReport>;
  live(): Live;
  /** Where its repository is. */
  readonly github: GitHubDouble;
}

const images: ImageTable = Object.fromEntries(
  [
    ...["v1", "v2", "v3"].map((version) => ({ version })),
    { version: "v4", neverReady: true },
    // Well until users come.
    { version: "v6", errorRate: 1 },
  ].map((behavior) => [image(behavior.version), { ...behavior, readyAfterMs: 20 }]),
);

/** What GitHub knows of every commit of the team: its tests have passed, and somebody has approved of it. */
const reviewed: Known = {
  statuses: [{ context: "ci", state: "success", target_url: null }],
  pulls: [{ number: 4, merge_commit_sha: null, user: { login: "author", type: "User" }, head: { sha: "f00" } }],
  reviews: { 4: [{ state: "APPROVED", user: { login: "mona", type: "User" } }] },
};

/** As the examples' manifests have it. */
export function image(version: string): string {
  return `127.0.0.1:5000/fixture:${version}`;
}

/**
 * Sets a team up with what the example ships: its manifests, the rights of its account, its workflows and scripts. Actions
 * that run `within` this process wait in virtual time, as long as the example says; the others wait less.
 */
export async function startTeam(example: Example, home: Home = "within"): Promise<Team> {
  const repository = join(root, "examples", example.name);
  const [role] = documents(join(repository, "k8s", "deployer.yaml")).filter(({ kind }) => kind === "Role");
  const objects = documents(join(repository, "k8s", "production.yaml"));
  const { sandbox, vars, runner } = await worlds[home]({ namespace, objects, rules: role.rules, images });
  const open = await sandbox.openService(namespace, example.service);
  const addresses = Object.fromEntries(example.addresses.map((address) => [address, open.url]));
  const github = await openGitHub(`acme/${example.name}`, reviewed);
  const run = (file: string, trigger: Trigger) =>
    runWorkflow({
      ...{ repository, file: `.github/workflows/${file}`, trigger, apiUrl: github.url, ...runner },
      secrets: { KUBECONFIG_BASE64: Buffer.from(sandbox.kubeconfig).toString("base64") },
      // The scripts wait in real time, wherever the actions run.
      vars: {
        ...addresses,
        ...vars,
        IMAGE_REPOSITORY: image("").slice(0, -1),
        WATCH_SECONDS: "0",
        PREFLIGHT_SKIP: "images, platforms",
      },
    });
  return {
    tag: (version) => run("release.yml", { name: "push", ref: `refs/tags/${version}` }),
    byHand: (file, inputs) => run(file, { name: "workflow_dispatch", ref: "refs/heads/main", inputs }),
    live: () => live(example, sandbox.registry.store),
    github,
    async [Symbol.asyncDispose]() {
      await open.close();
      await github[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}

interface World {
  sandbox: Sandbox;
  /** Repository variables that it needs. */
  vars: Readonly<Record<string, string>>;
  runner: Pick<WorkflowOrder, "cutover" | "startAction">;
}

const worlds: Readonly<Record<Home, (options: SandboxOptions) => Promise<World>>> = {
  async within(options) {
    const clock = virtualClock();
    const sandbox = await startSandbox({ ...options, clock });
    await clock.drive(settled(sandbox));
    const start = actionsWithin({ clock, dial: () => sandbox.connect() });
    return {
      ...{ sandbox, vars: {} },
      runner: {
        cutover: { folder: root, stubOf: async (action) => action },
        // Time passes while an action runs, and for the second that what it wrote takes; while a script runs, it stands still.
        startAction: (order) => clock.drive(start(order).finally(() => clock.sleep(1_000))),
      },
    };
  },
  async bundle(options) {
    const sandbox = await startSandbox({ ...options, probeEveryMs: 20 });
    await settled(sandbox);
    const runner = { cutover: { folder: root, stubOf: bundledStub } };
    return { sandbox, vars: { SOAK: "50ms", DRAIN: "0s" }, runner };
  },
};

const namespace = "production";

function documents(file: string) {
  return parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS());
}

type Store = Sandbox["registry"]["store"];

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
