import { createHash } from "node:crypto";
import {
  CutoverError,
  formatImageReference,
  fullRepository,
  type ImageReference,
  isCutoverError,
} from "@cutover/release";
import { type Platform, readConfig, readManifest } from "./manifest.ts";
import { keysFor, type PullKey } from "./pull-keys.ts";
import { openRepository, type RegistryOptions, type Repository } from "./repository.ts";

/** An image that a registry has. */
export interface FoundImage {
  /** `sha256:…` of its manifest or index: what the reference means at this moment. */
  readonly digest: string;
  /** The credentials that it was read with; none where none matched, and it is for everybody. */
  readonly key: PullKey | undefined;
  /** What it was built for, attestations aside. @throws as `find` does, where its configuration cannot be read */
  platforms(): Promise<readonly Platform[]>;
}

/** Container registries, as a kubelet reads them: OCI distribution-spec 1.1, and Docker's before it. */
export interface Registries {
  /**
   * What a reference means now, read with the credentials that match it, one after the other, or with none where none match.
   * @throws `not-found`, `unauthorized` with whose credentials those were, `unreachable`, `unavailable` for a registry that
   * fails or limits the rate, `refused` for redirects and realms that are not safe, `rejected` for what is no image
   */
  find(reference: ImageReference, keys: readonly PullKey[]): Promise<FoundImage>;
}

/** Bytes that a manifest may have here; the web port reads no more. */
const longest = 1024 * 1024;

/** Registries over the web port; http goes to this machine alone. */
export function createRegistries(options: RegistryOptions): Registries {
  return {
    async find(reference, keys) {
      const matching = keysFor(reference, keys);
      const failures: unknown[] = [];
      for (const key of matching.length === 0 ? [undefined] : matching) {
        try {
          return await read(reference, key, options);
        } catch (error) {
          if (!isCutoverError(error, "not-found", "unauthorized")) throw error;
          failures.push(error);
        }
      }
      throw failures.find((error) => isCutoverError(error, "not-found")) ?? failures[0];
    },
  };
}

async function read(
  reference: ImageReference,
  key: PullKey | undefined,
  options: RegistryOptions,
): Promise<FoundImage> {
  const [registry = ""] = fullRepository(reference).split("/", 1);
  const repository = openRepository({ reference, registry, key }, options);
  const { body } = await repository.manifest();
  const digest = proved(body, reference.digest, `${registry} for ${formatImageReference(reference)}`);
  const manifest = readManifest(body);
  if (manifest === undefined)
    throw new CutoverError("rejected", `What ${registry} has as ${formatImageReference(reference)} is no image`, {
      hint: "Charts, signatures and images of Docker's first schema cannot run; release an image.",
    });
  const platforms =
    manifest.kind === "index"
      ? async () => manifest.platforms
      : async () =>
          await configured(
            manifest.config,
            repository,
            `${registry} for the configuration of ${formatImageReference(reference)}`,
          );
  return { digest, key, platforms };
}

async function configured(digest: string, repository: Repository, source: string): Promise<readonly Platform[]> {
  const text = await repository.blob(digest);
  proved(text, digest, source);
  const platform = readConfig(text);
  return platform === undefined ? [] : [platform];
}

/** The digest of what came, which must be the wanted one. @throws `unavailable` if it is not */
function proved(text: string, wanted: string | undefined, source: string): string {
  const [algorithm = ""] = (wanted ?? "sha256:").split(":", 1);
  const isKnown = ["sha256", "sha384", "sha512"].includes(algorithm);
  const found = isKnown ? `${algorithm}:${createHash(algorithm).update(text).digest("hex")}` : (wanted ?? "");
  const isWhole = Buffer.byteLength(text) < longest;
  if (isWhole && (wanted === undefined || found === wanted)) return found;
  const why = isWhole ? `has the digest ${found}` : "is longer than a mebibyte";
  throw new CutoverError("unavailable", `What comes from ${source} ${why}`, {
    hint: "Something between here and the registry changes what it sends, or it is no image; look at it with another client.",
  });
}
