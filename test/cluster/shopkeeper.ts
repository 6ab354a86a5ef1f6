import assert from "node:assert/strict";
import type { ActionRun, ActionRunResult } from "@cutover/workflow";
import type { FixtureNames } from "./fixture-names.ts";
import type { ShopUnderLoad } from "./shop-under-load.ts";

/** What a run is asked to do: release a version, or go back to a revision. */
export type Deed =
  | { readonly kind: "release"; readonly version: string; readonly previous: "keep" | "scale-down" }
  | { readonly kind: "rollback"; readonly version: string; readonly to: number };

/** Releases and rolls back the one Service of a shop, and knows what it must serve. */
export interface Shopkeeper {
  readonly shop: ShopUnderLoad;
  /** To the version after the one that serves, of v1, v2 and v3; or to the one after that. */
  release(previous: "keep" | "scale-down", ahead?: 1 | 2): Deed;
  /** To the newest other revision that one can go back to; a release where there is none. */
  back(): Promise<Deed>;
  /** Away from what serves now: where a run got as far as the switch, to what served before it. */
  flee(): Promise<Deed>;
  start(deed: Deed, how?: Partial<ActionRun>): Promise<ActionRunResult>;
  /** Throws with the story unless the run did what was asked, and the Service serves it: from now on that is what it must serve. */
  settle(deed: Deed, run: ActionRunResult, story: string): Promise<void>;
  /** Throws unless the Service serves what it must. */
  stillServes(): Promise<void>;
}

const versions = ["v1", "v2", "v3"];

/** Takes over a shop that serves v1 from a Deployment that cutover never saw, and releases v2: two revisions to go between. */
export async function takeOver(shop: ShopUnderLoad, service: string, fixture: FixtureNames): Promise<Shopkeeper> {
  let active = { revision: 1, version: "v1" };
  const released = new Map([[active.revision, active.version]]);
  const release: Shopkeeper["release"] = (previous, ahead = 1) => {
    const version = versions[(versions.indexOf(active.version) + ahead) % versions.length] ?? "";
    return { kind: "release", version, previous };
  };
  const back = async (): Promise<Deed> => {
    const { confirmed } = await shop.looks(service);
    const to = confirmed.find((revision) => revision !== active.revision && released.has(revision));
    return to === undefined ? release("keep") : { kind: "rollback", version: released.get(to) ?? "", to };
  };
  const start: Shopkeeper["start"] = async (deed, how) => {
    if (deed.kind === "rollback") return await shop.run("rollback", { to: String(deed.to) }, how);
    const { version, previous } = deed;
    return await shop.run("blue-green-deploy", { images: `website=${fixture.image(version)}`, previous }, how);
  };
  const judge = async ({ version }: Deed, { outputs, groups, log }: ActionRunResult): Promise<void> => {
    assert.equal(outputs.outcome, "succeeded", log);
    const { color, revision, holder } = await shop.serves(service, version);
    assert.deepEqual([outputs.color, outputs.revision], [color, String(revision)]);
    // A run that had nothing to do took no lock, and leaves that of a dead one to expire.
    assert.ok(holder === "" || groups.length === 0, `${holder} holds the lock`);
    active = { revision, version };
    released.set(revision, version);
  };
  const first = release("keep");
  await judge(first, await start(first));
  return {
    ...{ shop, release, start, back },
    flee: async () => {
      const { revision } = await shop.looks(service);
      return revision === active.revision
        ? await back()
        : { kind: "rollback", version: active.version, to: active.revision };
    },
    settle: async (deed, run, story) => {
      await judge(deed, run).catch((cause: unknown) => {
        throw new Error(`${service}: ${story}`, { cause });
      });
    },
    stillServes: async () => {
      const { revision } = await shop.serves(service, active.version);
      assert.equal(revision, active.revision);
    },
  };
}
