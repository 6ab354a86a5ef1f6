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
  inputs: { backups: "cronjob/dump", "backup-age": "24h" },
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
  const found = await checked("backup", { inputs: { backups: "cronjob/dump" } });
  assert.match(told(found), /^error: .*CronJob dump in namespace shop/);
});

test("who names no backup is not asked for one", async () => {
  assert.equal(told(await checked("backup")), "skip: No `backups` are given");
});

const jobOf = (status: Readonly<Record<string, string | number | Readonly<Record<string, string>>[]>>) => ({
  options: shopAnd({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "dump-now", namespace: "shop" },
    spec: {
      template: {
        spec: { restartPolicy: "Never", containers: [{ name: "dump", image: "registry.example/shop:v1" }] },
      },
    },
  }),
  before: ({ sandbox: { registry } }: Town) => {
    const address = { kind: "Job", namespace: "shop", name: "dump-now" } as const;
    registry.update(address, (live) => ({ ...live, status }), { manager: "test", subresource: "status" });
  },
  inputs: { backups: "job/dump-now" },
});

test("a Job that has succeeded is a backup; one that runs or has failed is none", async () => {
  const done = jobOf({ succeeded: 1, completionTime: "2029-12-31T03:00:05Z" });
  assert.equal(told(await checked("backup", done)), "pass: Job dump-now succeeded 21 h ago");
  assert.equal(told(await checked("backup", jobOf({ active: 1 }))), "fail: Job dump-now is not done yet");
  const failed = jobOf({ conditions: [{ type: "Failed", status: "True", message: "BackoffLimitExceeded" }] });
  assert.equal(told(await checked("backup", failed)), "fail: Job dump-now has failed: BackoffLimitExceeded");
});

const notedAs = (value?: string) => ({
  options: shopAnd({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "data",
      namespace: "shop",
      annotations: value === undefined ? {} : { "backup.example/last-success": value },
    },
  }),
  inputs: { backups: "configmap/data backup.example/last-success" },
});

test("an annotation tells of the last backup by its time", async () => {
  const fresh = await checked("backup", notedAs("2029-12-31T03:00:05Z"));
  const name = "annotation backup.example/last-success of ConfigMap data";
  assert.equal(told(fresh), `pass: By ${name} the last backup was made 21 h ago`);
  const old = await checked("backup", notedAs("2029-12-01T22:00:05Z"));
  assert.match(
    told(old),
    /^fail: By annotation .* the last backup was made .* ago, and no more than 24 h are allowed$/,
  );
  const none = await checked("backup", notedAs());
  assert.equal(told(none), "fail: ConfigMap data has no annotation backup.example/last-success");
  assert.match(none.remedy ?? "", /kubectl describe configmap\/data/);
  assert.match(told(await checked("backup", notedAs("last night"))), /^fail: Annotation .* is no time: "last night"$/);
});

test("of several the worst is told", async () => {
  const scene = jobOf({ succeeded: 1, completionTime: "2029-12-30T03:00:05Z" });
  const both = { ...scene, inputs: { backups: "job/dump-now\nservice/shop backup.example/at", "backup-age": "72h" } };
  assert.equal(told(await checked("backup", both)), "fail: Service shop has no annotation backup.example/at");
});
