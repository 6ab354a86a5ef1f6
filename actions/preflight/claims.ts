import type { Resource } from "@cutover/kubernetes";
import * as z from "zod";
import { type Finding, fail, pass, type World, warn } from "./check.ts";

const claim = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ accessModes: z.array(z.string()).optional(), storageClassName: z.string().optional() }),
  status: z.looseObject({ phase: z.string().optional() }).optional(),
});

const storageClass = z.looseObject({ volumeBindingMode: z.string().optional() });

/** Whether a claim has a volume, and one that the pods of both colors may have at once. */
export async function judgedClaim(live: Resource, world: World & { readonly deployment: string }): Promise<Finding> {
  const { metadata, spec, status } = claim.parse(live);
  const { deployment } = world;
  const name = `PersistentVolumeClaim ${metadata.name}`;
  const phase = status?.phase ?? "Pending";
  if (phase === "Lost") return fail(`${name} has lost its volume`, `kubectl describe pvc ${metadata.name}`);
  if (phase !== "Bound" && !(await waitsForPods(spec.storageClassName, world)))
    return fail(
      `${name} is ${phase} and has no volume, and the pods of ${deployment} need it`,
      `kubectl describe pvc ${metadata.name}`,
    );
  const modes = spec.accessModes ?? [];
  const remedy = "Give each color a claim of its own, or one with the access mode ReadWriteMany.";
  if (modes.every((mode) => mode === "ReadWriteOncePod"))
    return fail(`${name} is for one pod at a time (ReadWriteOncePod), and the pods of both colors need it`, remedy);
  if (modes.every((mode) => mode === "ReadWriteOnce" || mode === "ReadWriteOncePod"))
    return warn(`${name} is for one node at a time (ReadWriteOnce), and the pods of both colors need it`, remedy);
  return pass(`${name} is ${phase}`);
}

/** Whether its class makes a volume only for the first pod; of one that may not be read, that is believed. */
async function waitsForPods(name: string | undefined, { facts }: World): Promise<boolean> {
  if (name === undefined || name === "") return false;
  const found = await facts.live({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name });
  return found === "hidden" || storageClass.safeParse(found).data?.volumeBindingMode === "WaitForFirstConsumer";
}
