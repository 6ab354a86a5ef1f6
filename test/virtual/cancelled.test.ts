import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { at } from "@cutover/sandbox";
import { shop } from "../journeys/shop.ts";
import { actionsWithin } from "./in-process-actions.ts";
import { openTown } from "./town.ts";

/** What the runner gives a step between SIGINT and SIGTERM, in milliseconds. */
const budget = 7_500;

for (const moment of ["before-commit", "after-commit"] as const) {
  test(`a job that is cancelled while the API server falls silent ${moment} of the switch ends in time, and says how it stands`, async () => {
    await using town = await openTown({ ...shop(), probeEveryMs: 1_000 });
    const { clock, connect, fault, kubeconfig } = town.sandbox;
    await town.until(clock.sleep(5_000));
    const job = new AbortController();
    let cancelledAt = Number.NaN;
    const silence = at(moment, () => {
      cancelledAt = clock.now();
      job.abort("SIGINT");
      return new Promise(() => undefined);
    });
    fault({ when: { verb: "patch", resource: "services", nth: 4 }, what: silence });
    const output = join(town.workspace, "output");
    writeFileSync(output, "");
    const lines: string[] = [];
    const start = actionsWithin({ clock, dial: connect });
    const { exitCode } = await town.until(
      start({
        ...{ action: "blue-green-deploy", stub: "", cwd: town.workspace, signal: job.signal },
        env: {
          ...{ INPUT_KUBECONFIG: kubeconfig, INPUT_SERVICE: "shop", INPUT_IMAGES: "app=registry.example/shop:v2" },
          ...{ GITHUB_OUTPUT: output, GITHUB_REPOSITORY: "acme/shop", RUNNER_TEMP: town.workspace },
        },
        onLine: (line) => lines.push(line),
      }),
    );
    const log = lines.join("\n");
    assert.equal(exitCode, 1, log);
    assert.ok(clock.now() - cancelledAt < budget, `${clock.now() - cancelledAt} ms`);
    assert.match(
      log,
      /Traffic may be on green: the answer to its switch never came. Before, it was on blue \(revision 1\)\./,
    );
    assert.match(readFileSync(output, "utf8"), /^color<<(\S+)\n\n\1$(?![\s\S]*^color<<)/m, "the last word on color");
  });
}
