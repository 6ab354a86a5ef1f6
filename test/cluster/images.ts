import { readFileSync } from "node:fs";
import { fixture, pause } from "./programs.ts";
import { type Blob, descriptor, digest, pushBlob, pushManifest, registry } from "./registry.ts";
import { tarOf } from "./tar.ts";

/** The fixture application's releases: how each behaves is baked into its image, so that they differ by digest alone. */
export const releases = {
  v1: {},
  v2: {},
  v3: {},
  "v4-never-ready": { NEVER_READY: "true" },
  "v5-unready-after-switch": { UNREADY_AFTER: "1s" },
  "v6-serves-errors": { SERVE_ERRORS: "0.5" },
  "v7-crashes": { CRASH_AFTER: "500ms" },
  "v8-slow-start": { SLOW_START: "5s" },
  "v9-slow-answers": { LATENCY: "2s" },
} as const satisfies Record<string, Record<string, string>>;

export type Release = keyof typeof releases;

/** Builds one release of the fixture, pushes it, and returns its reference `127.0.0.1:5000/fixture@sha256:…`. */
export async function publish(
  release: Release,
  { name, tag } = { name: "fixture", tag: String(release) },
): Promise<string> {
  // What other images have of a system: it is `cat` too.
  const environment = { PATH: "/bin", ...releases[release] };
  const layer = tarOf(["app", "bin/cat"], readFileSync(fixture(release)));
  return pushImage({ name, tag, layer, environment });
}

/** Builds all programs that images hold, which may take a while, without touching a registry. */
export function buildPrograms(): void {
  pause();
  for (const release of releaseNames()) fixture(release);
}

/** Every release, and the image that the node itself needs. */
export async function publishAll(): Promise<Record<string, string>> {
  await pushImage({ name: "pause", tag: "1", layer: tarOf(["app"], readFileSync(pause())), environment: {} });
  const references: Record<string, string> = {};
  for (const release of releaseNames()) references[release] = await publish(release);
  return references;
}

/** A reference that no registry can answer: a digest of nothing that was ever pushed. */
export function missingImage(): string {
  return `${registry}/fixture@${digest(Buffer.from("never pushed"))}`;
}

function releaseNames(): Release[] {
  return Object.keys(releases) as Release[];
}

/** What an image is made of. */
export interface Image {
  name: string;
  tag: string;
  /** A tar archive with all its files, the program `/app` among them. */
  layer: Buffer;
  environment: Readonly<Record<string, string>>;
}

/** An OCI image of one layer. Not compressed, so that its digest does not hang on a version of zlib. */
export async function pushImage(image: Image): Promise<string> {
  const layer = oci("layer.v1.tar", image.layer);
  const config = oci("config.v1+json", {
    architecture: process.arch === "arm64" ? "arm64" : "amd64",
    os: "linux",
    config: {
      Entrypoint: ["/app"],
      Env: Object.entries(image.environment).map(([name, value]) => `${name}=${value}`),
      User: "65532:65532",
    },
    rootfs: { type: "layers", diff_ids: [digest(layer.content)] },
  });
  const manifest = oci("manifest.v1+json", {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: descriptor(config),
    layers: [descriptor(layer)],
  });
  await pushBlob(image.name, layer);
  await pushBlob(image.name, config);
  return `${registry}/${image.name}@${await pushManifest(image.name, image.tag, manifest)}`;
}

function oci(kind: string, content: object): Blob {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  return { mediaType: `application/vnd.oci.image.${kind}`, content: bytes };
}
