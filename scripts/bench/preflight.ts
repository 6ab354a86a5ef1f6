import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRegistry } from "../../test/doubles/registry.ts";
import { manifest } from "../../test/journeys/shop.ts";
import { type Line, median, repeated } from "./measured.ts";
import { openTown } from "./town.ts";

/** How many objects there are in the manifests, and the most milliseconds that all checks together may take. */
const sizes = [
  [1, 3_000],
  [100, 5_000],
] as const;

/** What it costs to know before a release, with all checks on. */
export async function preflight(runs: number): Promise<Line[]> {
  await using town = await openTown({ services: ["shop"], replicas: 3, startUp: 0 });
  // Then both slots are a release's own, as they are everywhere after the first two.
  for (const version of ["v2", "v3"]) await town.release(version);
  await using registry = await openRegistry();
  registry.push({ name: "shop", tag: "v2" });
  const workspace = await mkdtemp(join(tmpdir(), "cutover-bench-"));
  const lines: Line[] = [];
  try {
    for (const [size, limit] of sizes) {
      const deployment = manifest("v2").replaceAll("registry.example", registry.host);
      await writeFile(join(workspace, "shop.yaml"), [deployment, ...texts(size - 1)].join("\n---\n"));
      const looked = await repeated(runs, () => town.run("preflight", { manifests: "shop.yaml" }, workspace));
      const name = `preflight of 3 pods, ${size} ${size === 1 ? "object" : "objects"}`;
      const time = median(looked.map(({ milliseconds }) => milliseconds));
      const asked = median(looked.map(({ requests }) => requests.length));
      lines.push(
        { what: name, value: time, unit: "ms", limit },
        { what: `${name}, requests`, value: asked, unit: "requests" },
      );
    }
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
  return lines;
}

function texts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const metadata = { name: `text-${index + 1}` };
    return JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata, data: { text: "hello" } });
  });
}
