import { createHash } from "node:crypto";
import { annotation, type Color, CutoverError } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { annotationOf, refTo } from "./kinds.ts";
import type { Recorded } from "./revisions.ts";
import type { Rendered } from "./source.ts";
import type { Work } from "./work.ts";

/** Secrets enter the history by name and hash only. */
export function withoutSecrets(rendered: Rendered): Rendered {
  return {
    ...rendered,
    objects: rendered.objects.map((object) => (object.kind === "Secret" ? secretNote(object) : object)),
  };
}

function secretNote(secret: Resource): Resource {
  const { name, namespace } = secret.metadata;
  const annotations = { [annotation.hash]: hashOfSecret(secret) };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), annotations },
  };
}

/** Over the values as the API server stores them, so that a manifest and the live object compare. */
export function hashOfSecret(secret: Resource): string {
  const { data, stringData } = secret as { data?: Record<string, string>; stringData?: Record<string, string> };
  const encoded = Object.entries(stringData ?? {}).map(
    ([key, value]) => [key, Buffer.from(value).toString("base64")] as const,
  );
  const all = Object.entries({ ...data, ...Object.fromEntries(encoded) }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(all)).digest("hex").slice(0, 16);
}

/** Whether it is a Secret as the history keeps it: name and hash. */
export function isNote(object: Resource): boolean {
  const isBare = object.kind === "Secret" && !("data" in object) && !("stringData" in object);
  return isBare && annotationOf(object, annotation.hash) !== undefined;
}

/** @throws refused when a Secret that the revision needs has gone or holds other values by now. */
export async function checkSecrets(
  { setting: { client, namespace } }: Work,
  recorded: Recorded | undefined,
  color: Color,
): Promise<void> {
  if (recorded?.kind !== "manifests") return;
  for (const note of recorded.rendered[color].objects.filter(isNote)) {
    const { name } = note.metadata;
    const live = await client.find(refTo("Secret", note.metadata.namespace ?? namespace, name));
    if (live !== undefined && hashOfSecret(live) === annotationOf(note, annotation.hash)) continue;
    const what = live === undefined ? "is gone" : "holds other values now";
    throw new CutoverError("refused", `Secret ${name}, which the revision needs, ${what}`, {
      hint: "Restore it and run this again, or go to another revision.",
    });
  }
}
