import * as z from "zod";
import { parsedJson } from "./parsed-json.ts";

/** What an image was built for, in Go's words: `linux`, `amd64`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

/** What a manifest says of platforms: those it lists, or the digest of the configuration that names its one. */
export type Manifest =
  | { readonly kind: "index"; readonly platforms: readonly Platform[] }
  | { readonly kind: "image"; readonly config: string };

const platform = z.looseObject({ os: z.string(), architecture: z.string() });

const index = z.looseObject({
  manifests: z.array(
    z.looseObject({ platform: platform.optional(), annotations: z.record(z.string(), z.string()).nullish() }),
  ),
});

/** Media types of a configuration that a runtime can run (OCI image-spec, and Docker's before it). */
const ofImages = [
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json",
] as const;

const image = z.looseObject({ config: z.looseObject({ mediaType: z.enum(ofImages), digest: z.string() }) });

/** Reads an OCI manifest or index, or Docker's of schema 2; `undefined` for what is no image, such as a chart. */
export function readManifest(text: string): Manifest | undefined {
  const value = parsedJson(text);
  const list = index.safeParse(value);
  if (list.success) return { kind: "index", platforms: list.data.manifests.flatMap(platformIn) };
  const single = image.safeParse(value);
  return single.success ? { kind: "image", config: single.data.config.digest } : undefined;
}

/** The platform in an image's configuration; `undefined` where it names none. */
export function readConfig(text: string): Platform | undefined {
  const parsed = platform.safeParse(parsedJson(text));
  return parsed.success ? of(parsed.data) : undefined;
}

type Entry = z.output<typeof index>["manifests"][number];

/** Attestations lie beside the images that they are about, as if they were for a platform of their own. */
function platformIn({ platform: named, annotations }: Entry): readonly Platform[] {
  const isAttestation = annotations?.["vnd.docker.reference.type"] !== undefined;
  return named === undefined || isAttestation || named.os === "unknown" ? [] : [of(named)];
}

function of({ os, architecture }: Platform): Platform {
  return { os, architecture };
}
