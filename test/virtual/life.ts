import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { colors } from "@cutover/release";
import type { ImageTable, Sandbox } from "@cutover/sandbox";
import { emptyTown, manifest, service } from "../journeys/shop.ts";
import { type Deed, drawDeeds, imageOf, type Kind, letsDown } from "./deeds.ts";
import { guardService } from "./guard.ts";
import { openTown, type StepRun } from "./town.ts";

export interface Life {
  readonly kinds: Readonly<Partial<Record<Kind, number>>>;
  readonly requests: number;
  /** States of the cluster, and answers to its users, that were looked at. */
  readonly states: number;
  readonly visits: number;
  /** Milliseconds. */
  readonly virtualTime: number;
  /** What was first not as it should be; nothing followed it. */
  readonly problem: string | undefined;
  /** Every request, and every object as it was at the end: to the byte the same for the same seed. */
  readonly record: string;
}

/** The life of one shop under traffic: `count` releases and rollbacks, good and bad, as `seed` draws them. */
export async function liveThrough(seed: number, count: number): Promise<Life> {
  const images: Record<string, ImageTable[string]> = { [imageOf("v1")]: { version: "v1" } };
  await using town = await openTown({ ...emptyTown(), probeEveryMs: 1_000, images, seed });
  const { sandbox, workspace, until } = town;
  writeFileSync(join(workspace, "service.json"), JSON.stringify(service()));
  writeFileSync(join(workspace, "first.json"), manifest("v1"));
  const opened = await until(town.run("blue-green-deploy", { service: "shop", manifests: "service.json\nfirst.json" }));
  const guard = guardService(sandbox, { needed: 2, excused: letsDown });
  const draw = drawDeeds(seed, images);
  const kinds: Partial<Record<Kind, number>> = {};
  let problem = opened.exitCode === 0 ? undefined : opened.log;
  for (let index = 1; index <= count && problem === undefined; index++) {
    const deed = draw();
    kinds[deed.kind] = (kinds[deed.kind] ?? 0) + 1;
    if (deed.manifest !== undefined) writeFileSync(join(workspace, `${deed.manifest}.json`), manifest(deed.manifest));
    const run = await until(town.run(deed.kind === "rollback" ? "rollback" : "blue-green-deploy", deed.inputs));
    const wrong = [...wrongs(deed, run, sandbox), ...guard.breaches];
    if (wrong.length > 0) problem = [`seed ${seed}, deed ${index} (${deed.kind}):`, ...wrong, run.log].join("\n");
  }
  guard.stop();
  const { requests, clock } = sandbox;
  const { states, visits } = guard;
  return {
    ...{ kinds, problem, states, visits },
    requests: requests.length,
    virtualTime: clock.now(),
    record: recordOf(sandbox),
  };
}

function wrongs(deed: Deed, { exitCode, outputs }: StepRun, sandbox: Sandbox): string[] {
  const { store } = sandbox.registry;
  const color = colors.find((one) => one === store.get("Service", "shop", "shop")?.spec.selector?.color);
  const [container] = store.get("Deployment", "shop", `shop-${color}`)?.spec.template.spec.containers ?? [];
  const expected = {
    outcome: deed.outcome,
    "exit code": deed.outcome === "succeeded" ? 0 : 1,
    "serving image": imageOf(deed.serves),
    "output color": color,
  };
  const found = {
    outcome: outputs.outcome,
    "exit code": exitCode,
    "serving image": container?.image,
    "output color": outputs.color,
  };
  return Object.entries(expected).flatMap(([name, value]) => {
    const actual = found[name as keyof typeof found];
    return actual === value ? [] : [`${name}: ${actual} instead of ${value}`];
  });
}

function recordOf({ requests, registry: { store } }: Sandbox): string {
  const kinds = ["Service", "Deployment", "ReplicaSet", "Pod", "EndpointSlice", "ControllerRevision", "Lease"] as const;
  const objects = kinds.flatMap((kind) => store.list(kind, "shop"));
  return [...requests, ...objects].map((one) => JSON.stringify(one)).join("\n");
}
