import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { messages, ring, withPost } from "./ring.ts";

suite("start, when the job is cancelled", { concurrency: 2 }, () => {
  test("aborts the signal with its name, and main winds up and fails", async () => {
    const { exitCode, outputs, annotations, signals, log, post } = await ring("wait for cancel", {
      interruption: { when: /waiting/, how: "cancel" },
      definition: withPost,
    });
    assert.deepEqual(signals, ["SIGINT"]);
    assert.equal(exitCode, 1);
    assert.match(log, /woken by SIGINT/);
    assert.deepEqual(messages(annotations), ["Cancelled (SIGINT)"]);
    assert.equal(outputs.outcome, "cancelled");
    assert.match(post?.log ?? "", /"holder":"me"/);
  });

  test("the second signal ends a main that does not wind up, its outputs complete", async () => {
    const { exitCode, outputs, signals, annotations } = await ring("ignore cancel", {
      interruption: { when: /waiting/, how: "cancel", delays: [200, 60_000] },
    });
    assert.deepEqual(signals, ["SIGINT", "SIGTERM"]);
    assert.equal(exitCode, 1);
    assert.deepEqual(outputs, { outcome: "", "ring-count": "1", details: "" });
    assert.deepEqual(messages(annotations), ["Cancelled (SIGINT)"]);
  });

  test("what was known when it was killed stands, and its post cleans up", async () => {
    const { exitCode, outputs, post } = await ring("wait for cancel", {
      interruption: { when: /waiting/, how: "kill" },
      definition: withPost,
    });
    assert.equal(exitCode, undefined);
    assert.deepEqual(outputs, { outcome: "begun" });
    assert.match(post?.log ?? "", /"holder":"me"/);
  });
});

suite("post", { concurrency: 2 }, () => {
  const broken: readonly [how: string, warning: RegExp][] = [
    ["fail", /Cleaning up after bell did not succeed: the rope broke/],
    ["hang", /did not succeed: it still waited for something/],
    ["throw behind", /did not succeed: behind/],
  ];
  for (const [how, warning] of broken) {
    test(`warns and lets the job pass when it does "${how}"`, async () => {
      const { post } = await ring("ring", { inputs: { post: how }, definition: withPost });
      assert.equal(post?.exitCode, 0);
      assert.deepEqual(
        post?.annotations.map(({ level }) => level),
        ["warning"],
      );
      assert.match(messages(post?.annotations ?? []).join(), warning);
    });
  }

  test("survives a state that is none of ours", async () => {
    const { exitCode } = await ring("ring", { env: { STATE_isPost: "true", STATE_saved: "{broken" } });
    assert.equal(exitCode, 0);
  });
});
