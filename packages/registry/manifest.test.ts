import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig, readManifest } from "./manifest.ts";

const entry = (os: string, architecture: string, more: object = {}) => ({ platform: { os, architecture }, ...more });

test("an attestation is no platform, by its annotation or by its unknown platform, and an entry without one is none", () => {
  const annotations = { "vnd.docker.reference.type": "attestation-manifest" };
  const manifests = [
    entry("linux", "arm64", { platform: { os: "linux", architecture: "arm64", variant: "v8" } }),
    entry("linux", "amd64", { annotations }),
    entry("unknown", "unknown"),
    {},
  ];
  assert.deepEqual(readManifest(JSON.stringify({ manifests })), {
    kind: "index",
    platforms: [{ os: "linux", architecture: "arm64" }],
  });
});

test("what has no configuration of an image is none, and a configuration without a platform names none", () => {
  const config = { mediaType: "application/vnd.docker.container.image.v1+json", digest: "sha256:a" };
  assert.deepEqual(readManifest(JSON.stringify({ config })), { kind: "image", config: "sha256:a" });
  const foreign = { ...config, mediaType: "application/vnd.oci.empty.v1+json" };
  for (const text of [JSON.stringify({ config: foreign }), "{}", "", "<html>"])
    assert.equal(readManifest(text), undefined);
  assert.equal(readConfig("{}"), undefined);
});
