import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ImageBehavior, type Sandbox, startSandbox } from "@cutover/sandbox";
import { parseAllDocuments } from "yaml";
import { root } from "../command.ts";
import { service } from "./acts.ts";

/** How each version behaves that the demo releases. */
const versions: Readonly<Record<string, ImageBehavior>> = {
  "1.5.0": { version: "1.5.0", readyAfterMs: 900, pullMs: 400 },
  "1.6.0": {
    version: "1.6.0",
    neverReady: true,
    pullMs: 400,
    crash: { afterMs: 300, exitCode: 1 },
    log: ["Connecting to postgres://orders-db:5432", "FATAL: password authentication failed for user orders"],
  },
  "1.6.1": { version: "1.6.1", readyAfterMs: 900, pullMs: 400, unreadyAfterMs: 1_200 },
  "1.6.2": { version: "1.6.2", readyAfterMs: 900, pullMs: 400 },
};

const repository = "registry.example.com/retail-backend";
const example = join(root, "examples", "retail", "k8s");

/** The folder that the workflows run in. */
export const workspace = join(root, "examples", "retail");

/** An image by digest, as a build would say it. */
export function imageOf(version: string): string {
  return `${repository}@sha256:${createHash("sha256").update(version).digest("hex")}`;
}

/** The version in an image that the demo released; 1.4.0 is what ran before. */
export function versionOf(image: string): string {
  return Object.keys(versions).find((version) => imageOf(version) === image) ?? "1.4.0";
}

/** The retail example on an embedded Kubernetes in real time, with exactly the rights that the example's account has. */
export async function startRetail(): Promise<Sandbox> {
  const objects = await documents("production.yaml");
  const [role] = (await documents("deployer.yaml")).filter(({ kind }) => kind === "Role");
  const before = objects.find(({ kind }) => kind === "Deployment").spec.template.spec.containers[0].image;
  const released = Object.entries(versions).map(([version, behavior]) => [imageOf(version), behavior]);
  return await startSandbox({
    namespace: service.namespace,
    objects,
    rules: role.rules,
    images: { [before]: { version: "1.4.0" }, ...Object.fromEntries(released) },
    crashBackOffMs: 600,
    probeEveryMs: 250,
  });
}

async function documents(file: string) {
  return parseAllDocuments(await readFile(join(example, file), "utf8")).map((document) => document.toJS());
}
