import * as z from "zod";
import type { Candidate } from "../candidate.ts";
import { type Check, type Finding, fail, pass, skip, together, type World, warn } from "../check.ts";
import { judgedClaim } from "../claims.ts";
import { type Reference, referencesOf } from "../references-of.ts";

/** Kinds that are in no namespace, and which the credentials of one may well not read. */
const clusterWide: Readonly<Record<string, string>> = {
  PriorityClass: "scheduling.k8s.io/v1",
  RuntimeClass: "node.k8s.io/v1",
};

const values = z.record(z.string(), z.unknown()).optional();
const shape = z.looseObject({ data: values, binaryData: values });

/** Pods whose Secret, ConfigMap, key, ServiceAccount or claim is missing never start, and say so only in their events. */
export const references: Check = {
  id: "references",
  title: "Everything that the pods refer to is there",
  run: async (world) => {
    const candidates = await world.facts.candidates();
    if (candidates.length === 0) return skip("There is no Deployment to look at");
    const found = await Promise.all(
      candidates.flatMap((candidate) =>
        referencesOf(candidate.pod).map((reference) => lookUp(reference, candidate, world)),
      ),
    );
    return together(found, "");
  },
};

async function lookUp({ kind, name, keys }: Reference, { deployment }: Candidate, world: World): Promise<Finding> {
  if (await isOwn(kind, name, world)) return pass(`${kind} ${name} comes with the release`);
  const who = `the pods of ${deployment} need it`;
  const apiVersion = clusterWide[kind];
  const place = apiVersion === undefined ? { apiVersion: "v1", namespace: world.namespace } : { apiVersion };
  const live = await world.facts.live({ ...place, kind, name });
  if (live === "hidden") {
    const untold = `Whether ${kind} ${name} exists cannot be told, and ${who}`;
    return apiVersion !== undefined ? pass(untold) : warn(untold, `Let the credentials get ${kind} ${name}.`);
  }
  if (live === undefined) {
    const where = apiVersion !== undefined ? "" : ` in namespace ${world.namespace}`;
    return fail(
      `${kind} ${name} does not exist${where}, and ${who}`,
      `Create ${kind} ${name}, put it into the manifests, or correct its name.`,
    );
  }
  if (kind === "PersistentVolumeClaim") return await judgedClaim(live, { deployment, ...world });
  // A Secret's values are nobody's business here: its keys are.
  const { data = {}, binaryData = {} } = shape.parse(live);
  const missing = keys.filter((key) => !(key in data) && !(key in binaryData));
  if (missing.length === 0) return pass(`${kind} ${name} is there`);
  return fail(`${kind} ${name} has no key ${missing.join(", ")}, and ${who}`, `Add the key to ${kind} ${name}.`);
}

/** What the release itself brings need not be there yet. */
async function isOwn(kind: string, name: string, { facts }: World): Promise<boolean> {
  const objects = await facts.objects();
  return objects.some((object) => object.kind === kind && object.metadata.name === name);
}
