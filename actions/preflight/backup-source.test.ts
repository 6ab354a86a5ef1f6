import assert from "node:assert/strict";
import { test } from "node:test";
import { backupSources } from "./backup-source.ts";

test("each line names an object, and where its time stands", () => {
  const found = backupSources().parse("cronjob/dump\n\nStatefulSet/db backup.example/at\n");
  assert.deepEqual(found, [
    { apiVersion: "batch/v1", kind: "CronJob", name: "dump", annotation: undefined },
    { apiVersion: "apps/v1", kind: "StatefulSet", name: "db", annotation: "backup.example/at" },
  ]);
});

for (const [line, wrong] of [
  ["dump", /expected an object such as cronjob\/dump .*got "dump"/],
  ["secret/dump at", /expected an object such as cronjob\/dump/],
  ["cronjob/dump backup.example/at", /expected cronjob\/dump without an annotation/],
  ["statefulset/db", /expected the annotation of statefulset\/db that has the time/],
] as const) {
  test(`${line} is refused`, () => {
    assert.match(backupSources().safeParse(line).error?.issues[0]?.message ?? "", wrong);
  });
}
