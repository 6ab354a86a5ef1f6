import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { diskFiles } from "./files.ts";
import { readManifests } from "./read.ts";
import { scriptedTools } from "./tools.test-kit.ts";

test("reads directories of a disk recursively, in a stable order, and only text", async () => {
  const root = await mkdtemp(join(tmpdir(), "manifests-"));
  try {
    await mkdir(join(root, "k8s/sub"), { recursive: true });
    const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
    await writeFile(join(root, "k8s/b.yaml"), object("b"));
    await writeFile(join(root, "k8s/sub/a.yml"), object("a"));
    await writeFile(join(root, "k8s/.hidden.yaml"), "{{");
    const { shared } = await readManifests({ paths: ["k8s"] }, diskFiles(root), scriptedTools());
    assert.deepEqual(
      shared.map(({ resource }) => resource.metadata.name),
      ["b", "a"],
    );
    await writeFile(join(root, "k8s/z.yaml"), Uint8Array.of(0xff, 0xfe, 0x00));
    await assert.rejects(
      readManifests({ paths: ["k8s"] }, diskFiles(root), scriptedTools()),
      /k8s\/z\.yaml is no UTF-8 text/,
    );
  } finally {
    await rm(root, { recursive: true });
  }
});
