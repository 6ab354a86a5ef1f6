import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImageBehavior, SandboxOptions } from "@cutover/sandbox";
import { parseAllDocuments } from "yaml";
import { root } from "../command.ts";
import { service } from "./acts.ts";

const healthy = { readyAfterMs: 900, pullMs: 400 };

/** How each version behaves that the demo releases. */
const versions: Readonly<Record<string, Omit<ImageBehavior, "version">>> = {
  "v1.0.0": healthy,
  "v1.1.0": healthy,
  "v1.2.0": {
    neverReady: true,
    pullMs: 400,
    crash: { afterMs: 300, exitCode: 1 },
    log: ["Connecting to postgres://orders-db:5432", "FATAL: password authentication failed for user orders"],
  },
  "v1.2.1": { ...healthy, errorRate: 1, errorsAfterMs: 1_200, unreadyAfterMs: 1_400 },
};

/** The folder that newcomers copy: the repository whose workflows run. */
export const repository = join(root, "examples", "quickstart");

/** What GitHub's variable of this name says. */
export const imageRepository = "registry.example.com/shop";

/** An image by digest, as a build would say it. */
export function imageOf(version: string): string {
  return `${imageRepository}@sha256:${createHash("sha256").update(version).digest("hex")}`;
}

/** The version in an image that the demo released, by tag or by digest. */
export function versionOf(image: string): string {
  return Object.keys(versions).find((version) => referencesOf(version).includes(image)) ?? "?";
}

/** An empty namespace, and exactly the rights that the quickstart's account has in it. */
export async function emptyProduction(): Promise<SandboxOptions> {
  const text = await readFile(join(repository, "k8s", "deployer.yaml"), "utf8");
  const objects = parseAllDocuments(text).map((document) => document.toJS());
  const find = (wanted: string) => objects.find(({ kind }) => kind === wanted);
  const images = Object.entries(versions).flatMap(([version, behavior]) =>
    referencesOf(version).map((reference) => [reference, { version, ...behavior }] as const),
  );
  return {
    namespace: service.namespace,
    objects: [find("Namespace")],
    rules: find("Role").rules,
    images: Object.fromEntries(images),
    crashBackOffMs: 600,
    probeEveryMs: 250,
  };
}

function referencesOf(version: string): readonly string[] {
  return [`${imageRepository}:${version}`, imageOf(version)];
}
