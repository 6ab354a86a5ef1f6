import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { systemClock } from "@cutover/action-kit";
import type { AccessRule, LoggedRequest, Sandbox } from "@cutover/sandbox";
import { startSandbox } from "@cutover/sandbox";
import { runAction } from "@cutover/workflow";
import { actionsWithin } from "../virtual/in-process-actions.ts";
import { allRights, manifest, service, shop } from "./shop.ts";

interface BadInput {
  title: string;
  inputs: Record<string, string>;
  files?: Record<string, string>;
  /** What the cluster is like, where that is what is wrong. */
  cluster?: (sandbox: Sandbox) => void;
  /** The whole message, without the link at its end. */
  says: string;
}

const unreachable = JSON.stringify({
  "current-context": "closed",
  clusters: [{ name: "closed", cluster: { server: "https://127.0.0.1:1" } }],
  contexts: [{ name: "closed", context: { cluster: "closed", user: "closed" } }],
  users: [{ name: "closed", user: { token: "not-a-real-token" } }],
});

const good = { namespace: "shop", service: "shop", images: "app=registry.example/shop:v2" };
const help = "What to do: Correct the step's `with:`; every input is described in README.md of blue-green-deploy.";

const readOnly: readonly AccessRule[] = [{ verbs: ["get", "list", "watch"], apiGroups: ["*"], resources: ["*"] }];

const cases: readonly BadInput[] = [
  {
    title: "a wrong type",
    inputs: { timeout: "abc", replicas: "many" },
    says: `timeout: expected a duration such as 90s, 5m or 30d, got "abc"\nreplicas: expected a whole number of at least 1, got "many"\n${help}`,
  },
  {
    title: "an unknown value",
    inputs: { previous: "forget" },
    says: `previous: expected keep, scale-down or delete, got "forget"\n${help}`,
  },
  {
    title: "an engine that is not there yet",
    inputs: { engine: "argo-rollouts" },
    says: `engine: argo-rollouts is not there yet; use native, which needs no controller in the cluster\n${help}`,
  },
  {
    title: "two contradicting inputs",
    inputs: { switch: "manual", previous: "delete" },
    says: `previous: delete contradicts \`switch: manual\`, which leaves the old slot its traffic; leave it out\n${help}`,
  },
  {
    title: "a missing manifest",
    inputs: { manifests: "k8s/production-{color}.yaml" },
    files: { "k8s/production-blue.yaml": manifest() },
    says: `manifests: k8s/production-green.yaml does not exist\nWhat to do: Paths start at the workspace; check out the repository first. A path with {color} needs a file for blue and one for green.`,
  },
  {
    title: "a manifest that the API server's schema refuses",
    inputs: { manifests: "shop.yaml" },
    files: { "shop.yaml": manifest("v2", { replicass: 3 }) },
    says: `Cannot apply Deployment shop-green in namespace shop: failed to create typed patch object (shop/shop-green; apps/v1, Kind=Deployment): .spec.replicass: field not declared in schema\nWhat to do: Change the object as the message says.`,
  },
  {
    title: "an image entry that matches nothing",
    inputs: { images: "web=registry.example/shop:v2" },
    says: `images: Deployment shop-blue has no container web\nWhat to do: Its containers are app (registry.example/shop:v1).`,
  },
  {
    title: "an image entry that matches nothing in the manifests",
    inputs: { manifests: "shop.yaml", images: "web=registry.example/shop:v2" },
    files: { "shop.yaml": manifest() },
    says: `images: Deployment shop-blue has no container web\nWhat to do: Its containers are app (registry.example/shop:v2).`,
  },
  {
    title: "a Service that does not exist",
    inputs: { service: "shopp", deployment: "shop-{color}" },
    says: `Service shopp does not exist in namespace shop\nWhat to do: Set \`service\` and \`namespace\` to the Service that traffic comes through, or put it into \`manifests\`.`,
  },
  {
    title: "a Service that selects no color",
    inputs: { service: "plain", deployment: "shop-{color}" },
    says: `Service plain selects no color: its selector has app, and not color (input \`color-label\`); blue-green-deploy takes it over with \`adopt: true\`\nNothing was switched.\nWhat to do: Mend Service plain, then run this again: it goes on from what it finds.`,
  },
  {
    title: "Deployments that do not exist",
    inputs: { deployment: "store-{color}" },
    says: `Neither Deployment store-blue nor store-green of Service shop exists in namespace shop\nWhat to do: Set \`deployment\` to the name pattern of the slots, or give \`manifests\` to create them from.`,
  },
  {
    title: "missing rights",
    inputs: {},
    cluster: (sandbox) => sandbox.setRules(readOnly),
    says: `The credentials may not do this in namespace shop: patch services, patch deployments.apps, create controllerrevisions.apps, patch controllerrevisions.apps, delete controllerrevisions.apps, create leases.coordination.k8s.io, patch leases.coordination.k8s.io\nWhat to do: Give their Role these rights; README.md of the action has one to copy.`,
  },
  {
    title: "a cluster that cannot be reached",
    inputs: { kubeconfig: unreachable },
    says: `Cannot create SelfSubjectRulesReview (what these credentials may do): no connection to https://127.0.0.1:1: connection refused\nWhat to do: Check the server in the kubeconfig, that it is up, and that this machine may reach it (network, firewall, proxy).`,
  },
];

let sandbox: Sandbox;
const start = actionsWithin({ clock: systemClock });

before(async () => {
  const { objects = [], ...options } = shop();
  const plain = service("plain", { app: "shop" });
  const isMeant = { ...plain, metadata: { ...plain.metadata, annotations: { "cutover.dev/colors": "both" } } };
  sandbox = await startSandbox({ ...options, objects: [...objects, isMeant] });
});

after(() => sandbox.close());

for (const { title, inputs, files = {}, cluster, says } of cases) {
  test(`${title} is told in full, and writes nothing`, async () => {
    sandbox.setRules(allRights);
    cluster?.(sandbox);
    const workspace = withFiles(files);
    const seen = sandbox.requests.length;
    const all = { kubeconfig: sandbox.kubeconfig, ...good, ...inputs };
    const run = await runAction({ stub: "blue-green-deploy.js", start, workspace, inputs: all });
    rmSync(workspace, { recursive: true });
    const message = run.annotations.filter(({ level }) => level === "error").map(({ message: text }) => text);
    assert.deepEqual(
      message.map((text) => text.replace(/ ?\n?See https\S+$/, "")),
      [says],
      run.log,
    );
    assert.equal(run.exitCode, 1);
    assert.equal(run.outputs.outcome, title.startsWith("a cluster") ? "failed" : "refused");
    assert.deepEqual(writes(sandbox.requests.slice(seen)), []);
  });
}

function writes(requests: readonly LoggedRequest[]): string[] {
  return requests.filter(({ isWrite }) => isWrite).map(({ verb, path }) => `${verb} ${path}`);
}

function withFiles(files: Record<string, string>): string {
  const workspace = mkdtempSync(join(tmpdir(), "cutover-"));
  for (const [name, text] of Object.entries(files)) {
    const path = join(workspace, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return workspace;
}
