import { fullRepository, type ImageReference } from "@cutover/release";
import * as z from "zod";
import { parsedJson } from "./parsed-json.ts";

/** Credentials for a registry or a part of one, as a pull secret has them. */
export interface PullKey {
  /** Where they are from, for messages: `Secret regcred`. */
  readonly from: string;
  /** What they are for: a host, perhaps with a port, wildcards and the beginning of a path. */
  readonly place: string;
  readonly username: string;
  readonly password: string;
}

const entry = z.looseObject({
  username: z.string().optional(),
  password: z.string().optional(),
  auth: z.string().optional(),
});
const entries = z.record(z.string(), entry);
const formats = {
  "kubernetes.io/dockerconfigjson": z.looseObject({ auths: entries.optional() }).transform(({ auths = {} }) => auths),
  "kubernetes.io/dockercfg": entries,
} as const;

/** Types of pull secrets, with the key of the data that holds the credentials; a kubelet passes over any other. */
export const pullSecretTypes = {
  "kubernetes.io/dockerconfigjson": ".dockerconfigjson",
  "kubernetes.io/dockercfg": ".dockercfg",
} as const satisfies Record<keyof typeof formats, string>;

/** What a kubelet reads in a pull secret of a type; `undefined` where it can read nothing. */
export function readPullKeys(
  from: string,
  type: keyof typeof formats,
  content: string,
): readonly PullKey[] | undefined {
  const parsed = formats[type].safeParse(parsedJson(content));
  if (!parsed.success) return undefined;
  return Object.entries(parsed.data).flatMap(([place, { username = "", password = "", auth = "" }]) => {
    const [decodedName = "", decodedPassword = ""] = Buffer.from(auth, "base64").toString("utf8").split(/:(.*)/s, 2);
    const pair =
      auth === "" ? { username, password } : { username: decodedName, password: decodedPassword.replace(/\0+$/, "") };
    return pair.username === "" && pair.password === "" ? [] : [{ from, place: placeOf(place), ...pair }];
  });
}

/**
 * The credentials that a kubelet tries for an image, in its order: longer paths first. Source: `BasicDockerKeyring` in
 * Kubernetes' pkg/credentialprovider.
 */
export function keysFor(reference: ImageReference, keys: readonly PullKey[]): readonly PullKey[] {
  const image = fullRepository(reference);
  const ordered = keys.toSorted((one, other) => (one.place < other.place ? 1 : one.place > other.place ? -1 : 0));
  const matching = ordered.filter(({ place }) => isWithin(image, place));
  if (matching.length > 0 || !image.startsWith("docker.io/")) return matching;
  return ordered.filter(({ place }) => place === "index.docker.io");
}

/** Without the scheme, and without the `/v1/` of old clients, which means the host alone. */
function placeOf(address: string): string {
  const [host = "", ...path] = address.replace(/^https?:\/\//, "").split("/");
  const rest = `/${path.join("/")}`.replace(/^\/v[12](?=\/)/, "");
  return rest === "/" ? host : `${host}${rest}`;
}

/** Ports and the number of a host's parts must agree, wildcards stand within a part, and a path is a prefix. */
function isWithin(image: string, place: string): boolean {
  const [wanted, given] = [partsOf(place), partsOf(image)];
  return (
    wanted.port === given.port &&
    wanted.parts.length === given.parts.length &&
    given.path.startsWith(wanted.path) &&
    wanted.parts.every((pattern, index) => matches(pattern, given.parts[index] ?? ""))
  );
}

function partsOf(place: string) {
  const [host = "", ...path] = place.split("/");
  const [, name = "", port = ""] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(host) ?? [];
  return { parts: name.split("."), port, path: path.map((part) => `/${part}`).join("") };
}

function matches(pattern: string, part: string): boolean {
  if (pattern === part) return true;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(part);
}
