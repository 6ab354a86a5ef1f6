import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { shop } from "../journeys/shop.ts";
import { openTown, type Town } from "./town.ts";

const release = { service: "shop", images: "app=registry.example/shop:v2" };

async function openShop(): Promise<Town> {
  const town = await openTown({ ...shop(), probeEveryMs: 1_000 });
  await town.until(town.sandbox.clock.sleep(5_000));
  return town;
}

const script = `
const answer = await fetch(process.env.PREVIEW_URL);
console.log(process.cwd(), (await answer.json()).version);
await new Promise((resolve) => setTimeout(resolve, 200));
`;

test("a smoke command is a real process in the workspace, and time stands still while it runs", async () => {
  const passing = async (smoke?: string) => {
    await using town = await openShop();
    writeFileSync(join(town.workspace, "smoke.mjs"), script);
    const run = await town.until(town.run("blue-green-deploy", { ...release, ...(smoke && { smoke }) }));
    return { ...run, passed: town.sandbox.clock.now(), workspace: town.workspace };
  };
  const { log, passed, workspace } = await passing(`"${process.execPath}" smoke.mjs`);
  assert.match(log, new RegExp(`^ *${workspace} v2$`, "m"));
  assert.equal(passed, (await passing()).passed);
});

test("two releases run at once in one process, and the lock keeps one out", async () => {
  await using town = await openShop();
  const first = town.run("blue-green-deploy", { ...release, soak: "60s" });
  const second = town.run("blue-green-deploy", { ...release, "lock-timeout": "5s" });
  const [won, lost] = await town.until(Promise.all([first, second]));
  const all = [won, lost].map(({ exitCode, outputs }) => `${exitCode} ${outputs.outcome}`);
  assert.deepEqual(all, ["0 succeeded", "1 timed-out"], `${won.log}\n${lost.log}`);
});

test("two minutes of soaking take a moment, with all its watches and renewals", async () => {
  await using town = await openShop();
  const { outputs, log } = await town.until(town.run("blue-green-deploy", { ...release, soak: "2m" }));
  assert.equal(outputs.outcome, "succeeded", log);
  assert.ok(town.sandbox.clock.now() > 120_000);
});
