import assert from "node:assert/strict";
import { test } from "node:test";
import type { Town } from "../../../test/virtual/town.ts";
import { checked, shopAnd, told } from "../checked.test-kit.ts";

const backupOf = (status: Readonly<Record<string, string>>) => ({
  options: shopAnd({
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "dump", namespace: "shop" },
    spec: {
      schedule: "0 3 * * *",
      jobTemplate: {
        spec: {
          template: {
            spec: { restartPolicy: "Never", containers: [{ name: "dump", image: "registry.example/shop:v1" }] },
          },
        },
      },
    },
  }),
  before: ({ sandbox: { registry } }: Town) => {
    const address = { kind: "CronJob", namespace: "shop", name: "dump" } as const;
    registry.update(address, (live) => ({ ...live, status }), { manager: "test", subresource: "status" });
  },
  inputs: { "backup-cronjob": "dump", "backup-age": "24h" },
});

// The town's clock is at the fifth second of 2030.
test("a backup of last night is fresh", async () => {
  const found = await checked("backup", backupOf({ lastSuccessfulTime: "2029-12-31T03:00:05Z" }));
  assert.equal(told(found), "pass: CronJob dump last succeeded 21 h ago");
});

test("an older one is not, and what makes a new one is told", async () => {
  const found = await checked("backup", backupOf({ lastSuccessfulTime: "2029-12-30T03:00:05Z" }));
  assert.equal(told(found), "fail: CronJob dump last succeeded 45 h ago, and no more than 24 h are allowed");
  assert.match(found.remedy ?? "", /kubectl create job --from=cronjob\/dump/);
});

test("one that never was is none", async () => {
  assert.equal(told(await checked("backup", backupOf({}))), "fail: CronJob dump has never succeeded");
});

test("a CronJob that is not there cannot be asked", async () => {
  const found = await checked("backup", { inputs: { "backup-cronjob": "dump" } });
  assert.match(told(found), /^error: .*CronJob dump in namespace shop/);
});

test("who names no CronJob is not asked for one", async () => {
  assert.equal(told(await checked("backup")), "skip: No `backup-cronjob` is given");
});
