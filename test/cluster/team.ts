import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Example, Live } from "../examples.ts";
import type { Runner, Workflow } from "./act.ts";
import type { FixtureNames } from "./fixture-names.ts";
import { kubectl } from "./kubectl.ts";
import { inProduction } from "./production.ts";
import { registry } from "./registry.ts";
import { openRepository, type TeamRepository } from "./team-repository.ts";

/** A team that copied an example: its repository, and its production in the cluster. */
export interface Team extends TeamRepository {
  /** What every one of its workflows is run with. */
  workflow: TeamRepository["workflow"] & Pick<Workflow, "secrets" | "variables">;
  /** Where its service answers on 127.0.0.1. */
  port: number;
  live: () => Live;
}

const liveService = z.object({ spec: z.object({ selector: z.record(z.string(), z.string()) }) });
const liveDeployment = z.object({
  spec: z.object({
    replicas: z.number(),
    template: z.object({
      spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string() })) }),
    }),
  }),
});
const clusterConfig = z.object({ clusters: z.tuple([z.object({ cluster: z.looseObject({}) })]) });

/** The examples' own waits suit real traffic; a test's need not be as long. */
const waits = { TIMEOUT: "20s", SOAK: "2s", DRAIN: "2s", WATCH_SECONDS: "2" };

/** Sets the team up with what the example ships: its manifests, its account, its workflows. */
export async function startTeam(
  example: Example,
  { scratch, published }: Runner,
  fixture: FixtureNames,
): Promise<Team> {
  const shipped = join(published, "examples", example.name);
  const manifests = ["production.yaml", "deployer.yaml"].map((file) => readFile(join(shipped, "k8s", file), "utf8"));
  const text = (await Promise.all(manifests)).join("---\n");
  kubectl(["apply", "-f", "-"], text.replaceAll("127.0.0.1:5000", registry));
  inProduction("rollout", "status", `deployment/${example.deployment("blue")}`, "--timeout=60s");
  const port = Number(inProduction("get", "service", example.service, "--output=jsonpath={.spec.ports[0].nodePort}"));
  const addresses = Object.fromEntries(example.addresses.map((name) => [name, `http://127.0.0.1:${port}`]));
  const folder = join(scratch, example.name);
  await cp(shipped, folder, { recursive: true });
  const repository = await openRepository(folder);
  const secrets = { KUBECONFIG_BASE64: kubeconfigOf(example.account) };
  const variables = { ...addresses, ...waits, IMAGE_REPOSITORY: `${registry}/fixture` };
  return {
    ...repository,
    port,
    workflow: { ...repository.workflow, secrets, variables },
    live: () => live(example, fixture),
  };
}

/** Who the workflows are: the example's own account, so that its Role is all that they have. */
function kubeconfigOf(account: string): string {
  const token = inProduction("create", "token", account).trim();
  const admins = kubectl(["config", "view", "--raw", "--minify", "--flatten", "--output=json"]);
  const [{ cluster }] = clusterConfig.parse(JSON.parse(admins)).clusters;
  const own = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "production", cluster }],
    users: [{ name: account, user: { token } }],
    contexts: [{ name: "production", context: { cluster: "production", user: account } }],
    "current-context": "production",
  };
  return Buffer.from(JSON.stringify(own)).toString("base64");
}

/** What serves an example's service in production, and what stands in its slots. */
export function live({ service, deployment, colorLabel, container }: Example, fixture: FixtureNames): Live {
  const json = (...args: string[]): unknown =>
    JSON.parse(inProduction("get", ...args, "--ignore-not-found", "--output=json") || "null");
  const { selector } = liveService.parse(json("service", service)).spec;
  const slots = (["blue", "green"] as const).flatMap((color) => {
    const found = liveDeployment.nullable().parse(json("deployment", deployment(color)));
    if (found === null) return [];
    const { replicas, template } = found.spec;
    const image = template.spec.containers.find(({ name }) => name === container)?.image ?? "none";
    return [[color, [fixture.name(image), replicas]] as const];
  });
  return { active: selector[colorLabel] ?? "none", ...Object.fromEntries(slots) };
}
