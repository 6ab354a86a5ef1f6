import { type PullKey, pullSecretTypes, readPullKeys } from "@cutover/registry";
import { CutoverError } from "@cutover/release";
import * as z from "zod";
import type { Candidate } from "./candidate.ts";
import type { World } from "./check.ts";
import { textOfFile } from "./named-file.ts";

/** A Secret that pods pull their images with. */
export interface PullSecret {
  readonly name: string;
  /** Who names it: `the pods of shop-green`, `ServiceAccount default`. */
  readonly namedBy: string;
  /** What is wrong with it; `hidden` where the credentials may not read it. */
  readonly state: "good" | "missing" | "hidden" | "other-type" | "unreadable";
  /** Such as `Opaque`; empty where it is not known. */
  readonly type: string;
  /** What a kubelet reads in it. */
  readonly keys: readonly PullKey[];
}

const secret = z.looseObject({ type: z.string().optional(), data: z.record(z.string(), z.string()).nullish() });
const account = z.looseObject({ imagePullSecrets: z.array(z.looseObject({ name: z.string().optional() })).nullish() });

/** The pull secrets of a pod: its own, or else those of its ServiceAccount, as admission gives them to it. */
export async function pullSecretsOf({ pod, deployment }: Candidate, world: World): Promise<readonly PullSecret[]> {
  const { imagePullSecrets = [], serviceAccountName = "default" } = pod;
  const own = imagePullSecrets.map(({ name }) => name);
  if (own.length > 0) return await Promise.all(own.map((name) => pullSecret(name, `the pods of ${deployment}`, world)));
  const found = await world.facts.object("ServiceAccount", serviceAccountName);
  if (found === undefined || found === "hidden") return [];
  const named = account.safeParse(found).data?.imagePullSecrets ?? [];
  const names = named.flatMap(({ name }) => name ?? []);
  return await Promise.all(names.map((name) => pullSecret(name, `ServiceAccount ${serviceAccountName}`, world)));
}

async function pullSecret(name: string, namedBy: string, world: World): Promise<PullSecret> {
  const found = await world.facts.object("Secret", name);
  const without = { name, namedBy, type: "", keys: [] };
  if (found === "hidden") return { ...without, state: "hidden" };
  if (found === undefined) return { ...without, state: "missing" };
  const { type = "Opaque", data } = secret.parse(found);
  if (!isPullSecretType(type)) return { ...without, type, state: "other-type" };
  const text = Buffer.from(data?.[pullSecretTypes[type]] ?? "", "base64").toString("utf8");
  const keys = readPullKeys(`Secret ${name}`, type, text);
  hide(keys ?? [], world);
  return { ...without, type, keys: keys ?? [], state: keys === undefined ? "unreadable" : "good" };
}

/** What this runner itself may read registries with, by the input `docker-config`. @throws `input-invalid` */
export async function ownKeys(world: World): Promise<readonly PullKey[]> {
  const { dockerConfig } = world.inputs;
  if (dockerConfig === undefined) return [];
  const isText = dockerConfig.trimStart().startsWith("{");
  const text = isText ? dockerConfig : await textOfFile({ path: dockerConfig, what: "Docker configuration" }, world);
  const keys = readPullKeys("`docker-config`", "kubernetes.io/dockerconfigjson", text);
  if (keys === undefined)
    throw new CutoverError("input-invalid", "`docker-config` is no Docker configuration", {
      hint: 'Give the path of a config.json as `docker login` writes it, or its text: {"auths": {…}}.',
    });
  hide(keys, world);
  return keys;
}

/** As they are, and as they travel. */
function hide(keys: readonly PullKey[], { runner }: World): void {
  for (const { username, password } of keys) {
    runner.maskSecret(password);
    runner.maskSecret(Buffer.from(`${username}:${password}`).toString("base64"));
  }
}

function isPullSecretType(type: string): type is keyof typeof pullSecretTypes {
  return type in pullSecretTypes;
}
