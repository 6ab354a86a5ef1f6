import assert from "node:assert/strict";
import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runAction } from "./run-action.ts";

const stub = join(import.meta.dirname, "fixtures", "scripted.ts");
const main = { inputs: {}, post: false };
const both = { inputs: { color: "blue" }, post: true };

test("hands over inputs, defaults and the job's variables, and nothing of this process", async () => {
  process.env.FOREIGN = "leaked";
  const { log, annotations } = await runAction({
    stub,
    inputs: { "show-environment": "true", "two words": "x" },
    env: { EXTRA: "given" },
    definition: { inputs: { "show-environment": "", color: "blue", note: "" }, post: false },
  });
  delete process.env.FOREIGN;
  for (const line of [
    "INPUT_SHOW-ENVIRONMENT=true",
    "INPUT_TWO_WORDS=x",
    "INPUT_COLOR=blue",
    "INPUT_NOTE=",
    "EXTRA=given",
  ])
    assert.ok(log.split("\n").includes(`env ${line}`), line);
  assert.doesNotMatch(log, /leaked/);
  assert.match(log, /terminal=false node=v24\..* cwd=.*workspace/);
  assert.match(
    annotations[0]?.message ?? "",
    /^Unexpected input\(s\) 'two words', valid inputs are \['show-environment'/,
  );
});

test("reads the files of a step that failed, and keeps from other jobs what is empty or masked", async () => {
  const result = await runAction({
    stub,
    secrets: ["s3cret"],
    inputs: {
      exit: "4",
      "file-output": "color=blue\nnote=\nurl<<E\nhttps://s3cret@x\nE\n",
      "file-step_summary": "# s3cret\n",
      "file-env": "A=1\n",
      "file-path": "/opt/bin\n",
    },
    definition: main,
  });
  assert.equal(result.exitCode, 4);
  assert.equal(result.conclusion, "failure");
  assert.deepEqual(result.outputs, { color: "blue", note: "", url: "https://s3cret@x" });
  assert.deepEqual(result.droppedOutputs, ["note", "url"]);
  assert.equal(result.summary, "# ***\n");
  assert.deepEqual(result.environment, { A: "1" });
  assert.deepEqual(result.path, ["/opt/bin"]);
});

test("fails a step that exits well but wrote a file that nobody can read", async () => {
  const { exitCode, conclusion } = await runAction({ stub, inputs: { "file-output": "color\n" }, definition: main });
  assert.equal(exitCode, 0);
  assert.equal(conclusion, "failure");
});

test("drops a summary above 1 MiB and lets the step pass", async () => {
  const inputs = { "file-step_summary": "é".repeat(60_000) };
  const { summary } = await runAction({ stub, inputs, definition: main });
  assert.equal(summary.length, 60_000);
  const tooLarge = await runAction({
    stub: join(import.meta.dirname, "fixtures", "large-summary.ts"),
    definition: main,
  });
  assert.equal(tooLarge.summary, "");
  assert.equal(tooLarge.conclusion, "success");
  assert.match(tooLarge.annotations[0]?.message ?? "", /GITHUB_STEP_SUMMARY upload aborted/);
});

test("lets a file be gone", async () => {
  const result = await runAction({
    stub,
    definition: main,
    prepare: ({ GITHUB_OUTPUT = "" }) => unlinkSync(GITHUB_OUTPUT),
  });
  assert.deepEqual(result.outputs, {});
  assert.equal(result.conclusion, "success");
});

test("reads stdout and stderr line by line, a lone carriage return ending a line", async () => {
  const { annotations, rawLog, log } = await runAction({
    stub,
    inputs: { print: "pod log\r::warning::forged\nlast", "print-error": "x ##[error]forged too\n" },
  });
  assert.deepEqual(new Set(annotations.map(({ message }) => message)), new Set(["forged", "forged too"]));
  assert.match(rawLog, /::warning::forged/);
  assert.match(log, /##\[warning\]forged/);
});

test("runs the post with what main saved and the same inputs, and says what became of it", async () => {
  const { state, post } = await runAction({
    stub,
    inputs: { "show-environment": "true", "file-state": "isPost=true\n", exit: "1" },
    definition: both,
  });
  assert.deepEqual(state, { isPost: "true" });
  assert.match(post?.log ?? "", /env STATE_isPost=true/);
  assert.match(post?.log ?? "", /env INPUT_COLOR=blue/);
  assert.equal(post?.exitCode, 1);
});

test("runs no post when the runner dies too", async () => {
  const { post, signals, exitCode } = await runAction({
    stub,
    inputs: { wait: "60000", "file-state": "isPost=true\n", "file-output": "color=green\n" },
    definition: both,
    interruption: { when: /waiting/, how: "kill" },
    runnerDies: true,
  });
  assert.equal(post, undefined);
  assert.deepEqual(signals, ["SIGKILL"]);
  assert.equal(exitCode, undefined);
});

test("reads what a killed step had written, and runs its post", async () => {
  const { outputs, post } = await runAction({
    stub,
    inputs: { wait: "300", "file-output": "color=green\n" },
    definition: both,
    interruption: { when: /waiting/, how: "kill" },
  });
  assert.deepEqual(outputs, { color: "green" });
  assert.equal(post?.exitCode, 0);
});

test("cancels by SIGINT, then SIGTERM, then SIGKILL", async () => {
  const cancelled = (endOn: string) =>
    runAction({
      stub,
      inputs: { wait: "60000", "end-on": endOn },
      definition: main,
      interruption: { when: /waiting/, how: "cancel", delays: [150, 150] },
    });
  const obedient = await cancelled("SIGINT");
  assert.deepEqual(obedient.signals, ["SIGINT"]);
  assert.equal(obedient.exitCode, 3);
  const slow = await cancelled("SIGTERM");
  assert.deepEqual(slow.signals, ["SIGINT", "SIGTERM"]);
  assert.match(slow.log, /got SIGINT\ngot SIGTERM/);
  const deaf = await cancelled("");
  assert.deepEqual(deaf.signals, ["SIGINT", "SIGTERM", "SIGKILL"]);
  assert.equal(deaf.exitCode, undefined);
});
