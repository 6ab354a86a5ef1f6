import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { suite, test } from "node:test";
import { messages, ring, stub, withPost } from "./ring.ts";

const issues = "https://github.com/cutover-actions/cutover/issues";

suite("start", { concurrency: 2 }, () => {
  test("hands over what was said and writes every output as text", async () => {
    const { exitCode, outputs, annotations, log, post } = await ring("ring", {
      inputs: { timeout: "90s" },
      definition: withPost,
    });
    assert.equal(exitCode, 0);
    assert.deepEqual(outputs, { outcome: "rung", "ring-count": "90000", details: '{"tone":"a"}' });
    assert.deepEqual(annotations, []);
    assert.equal(log, "ding");
    assert.equal(post?.log, 'post {"state":{"holder":"me","note":"two\\nlines"},"isPost":true}');
    assert.equal(post?.conclusion, "success");
    assert.deepEqual(post?.outputs, {});
  });

  test("a bad verdict sets its outputs and then fails the step", async () => {
    const { exitCode, outputs, annotations } = await ring("ring", { inputs: { verdict: "bad" } });
    assert.equal(exitCode, 1);
    assert.equal(outputs.outcome, "rung");
    assert.deepEqual(messages(annotations), ["The bell is cracked\nWhat to do: Cast a new one."]);
  });

  test("reports all bad inputs in one error, and sets every output empty; its post does nothing", async () => {
    const inputs = { timeout: "abc", headers: "hunter2hunter2", verdict: "so-so", tiemout: "1m" };
    const { exitCode, outputs, annotations, rawLog, post } = await ring("ring", { inputs, definition: withPost });
    assert.equal(exitCode, 1);
    assert.deepEqual(outputs, { outcome: "", "ring-count": "", details: "" });
    assert.deepEqual(messages(annotations).slice(1), [
      "bell takes no input tiemout (did you mean timeout?); what is said there has no effect",
      'timeout: expected a duration such as 90s, 5m or 30d, got "abc"\n' +
        "headers: expected lines of key=value, got a secret that is not shown\n" +
        'verdict: expected good or bad, got "so-so"\n' +
        "What to do: Correct the step's `with:`; every input is described in README.md of bell. " +
        "See https://github.com/cutover-actions/cutover/blob/main/docs/errors.md#input-invalid",
    ]);
    assert.doesNotMatch(rawLog.replace(/^::add-mask::.*$/gm, ""), /hunter2/);
    assert.equal(post?.exitCode, 0);
    assert.equal(post?.log, "");
  });

  test("prints nothing that others wrote as a command, flattens groups, and keeps to three warnings", async () => {
    const { annotations, groups, outputs, log } = await ring("say everything");
    assert.deepEqual(
      messages(annotations),
      [1, 2, 3].map((count) => `warning ${count}\n: :error::forged`),
    );
    assert.deepEqual(
      groups.map(({ title, lines }) => [title.split("\n")[0], lines]),
      [["outer ## [error]forged", ["in outer", "inner", "in inner", "in outer again"]]],
    );
    assert.equal(outputs.outcome, "rung");
    assert.match(log, /^Warning: warning 5$/m);
    assert.doesNotMatch(log, /\*\*\*|only for debugging/);
    assert.match((await ring("say everything", { debug: true })).log, /##\[debug\]only for debugging/);
  });

  test("knows its run and its folders, and takes a secret out of its environment", async () => {
    const { log } = await ring("show identity", { inputs: { token: "t0ken-value" }, env: { GITHUB_RUN_ATTEMPT: "3" } });
    const seen = JSON.parse(/^seen (.*)$/m.exec(log)?.[1] ?? "");
    assert.match(seen.identity.holder, /^acme\/shop\/\d+\/3\/deploy\/[0-9a-f]{32}$/);
    assert.match(seen.identity.runUrl, /^https:\/\/github\.com\/acme\/shop\/actions\/runs\/\d+\/attempts\/3$/);
    assert.equal(seen.workspace, seen.cwd);
    assert.match(seen.temp, /temp$/);
    assert.equal(seen.isPost, false);
    assert.equal(seen.token, "gone");
  });

  test("hides secrets before anything can print them, in every form", async () => {
    const { log } = await ring("show a secret", { inputs: { token: "t0ken-value" } });
    assert.equal(log, "***, ***, bm90aGluZw\n***");
  });

  test("prints no secret where nobody takes the mask out of the log", async () => {
    const { rawLog } = await ring("ring", { inputs: { token: "t0ken-value" }, env: { GITHUB_ACTIONS: "" } });
    assert.doesNotMatch(rawLog, /t0ken-value/);
  });

  test("a child inherits no input and no token of the job", async () => {
    const { log } = await ring("run a child", { inputs: { token: "t0ken-value" } });
    assert.deepEqual(new Set(Object.keys(JSON.parse(log))), new Set(["HOME", "LANG", "PATH"]));
  });

  test("cuts a summary at 256 KiB with its code block closed, and a message with the whole of it in the log", async () => {
    const { summary, annotations, log } = await ring("write much");
    assert.ok(Buffer.byteLength(summary) <= 256 * 1024);
    assert.ok(Buffer.byteLength(summary) > 255 * 1024);
    assert.doesNotMatch(summary.slice(-200), /too late/);
    assert.match(summary.slice(-200), /y\n```\n\n\n_The rest did not fit into the summary; the log has it\._\n$/);
    const message = annotations[0]?.message ?? "";
    assert.ok(message.length < 4_096);
    assert.match(message, /… \(the whole message is in the log\)$/);
    assert.ok(log.includes("long message ".repeat(1_000).trim()));
  });
});

suite("start, when things go wrong", { concurrency: 2 }, () => {
  test("an error of ours says what, what to do and where to read on, with its causes for debugging", async () => {
    const { exitCode, annotations, log } = await ring("throw ours", { debug: true });
    assert.equal(exitCode, 1);
    assert.deepEqual(messages(annotations), [
      "No connection to the API server\n" +
        "What to do: See to the VPN. See https://github.com/cutover-actions/cutover/blob/main/docs/errors.md#unreachable",
    ]);
    assert.match(log, /##\[debug\]caused by Error: socket ended\n: :error::forged/);
    assert.match(log, /##\[debug\]caused by Error: by peer/);
  });

  test("any other error is a bug of ours, with its stack and where to report it", async () => {
    const { exitCode, annotations, log, outputs } = await ring("throw a bug");
    assert.equal(exitCode, 1);
    assert.equal(annotations.length, 1);
    assert.match(annotations[0]?.message ?? "", /^This is a bug of cutover, not of your workflow: TypeError: x is not/);
    assert.ok(annotations[0]?.message.endsWith(issues));
    assert.match(log, /bell\.ts/);
    assert.match(log, /caused by "a text"/);
    assert.deepEqual(outputs, { outcome: "", "ring-count": "", details: "" });
  });

  for (const [deed, message] of [
    ["throw a text", '"just a text" was thrown'],
    ["throw nothing", "undefined was thrown"],
  ] as const) {
    test(`a step that does "${deed}" is not green`, async () => {
      const { exitCode, annotations } = await ring(deed);
      assert.equal(exitCode, 1);
      assert.ok(annotations[0]?.message.includes(message));
    });
  }

  test("an error that nothing awaits fails the step, and main still winds up", async () => {
    const { exitCode, annotations, outputs } = await ring("reject behind");
    assert.equal(exitCode, 1);
    assert.match(messages(annotations).join(), /nobody awaits this/);
    assert.equal(outputs.outcome, "rung");
  });

  test("an error that main does not survive ends it, with honest outputs", async () => {
    const { exitCode, annotations, outputs } = await ring("throw behind");
    assert.equal(exitCode, 1);
    assert.match(messages(annotations).join(), /thrown in a timer/);
    assert.deepEqual(outputs, { outcome: "", "ring-count": "", details: "" });
  });

  test("a main that waits for nothing any more fails in words", async () => {
    const { exitCode, annotations, outputs } = await ring("hang");
    assert.equal(exitCode, 1);
    assert.match(messages(annotations).join(), /ended while the action still waited for something/);
    assert.equal(outputs.outcome, "");
  });

  test("something forgotten does not keep a finished step alive", async () => {
    const { exitCode, durationMs } = await ring("leave a timer");
    assert.equal(exitCode, 0);
    assert.ok(durationMs < 20_000);
  });

  const harms = {
    gone: (file: string) => rmSync(file),
    "a folder": (file: string) => {
      rmSync(file);
      mkdirSync(file);
    },
  };
  for (const [how, harm] of Object.entries(harms)) {
    test(`a GITHUB_OUTPUT that is ${how} is a warning and changes nothing else`, async () => {
      const { exitCode, annotations, log } = await ring("ring", {
        prepare: ({ GITHUB_OUTPUT = "" }) => harm(GITHUB_OUTPUT),
      });
      assert.equal(exitCode, 0);
      assert.match(log, /ding/);
      assert.deepEqual(
        annotations.map(({ level }) => level),
        ["warning"],
      );
      assert.match(annotations[0]?.message ?? "", /^Outputs cannot be written, later steps will find them empty/);
    });
  }

  test("a summary that cannot be written is one warning", async () => {
    const { annotations } = await ring("write much", {
      prepare: ({ GITHUB_STEP_SUMMARY = "" }) => rmSync(GITHUB_STEP_SUMMARY),
    });
    const warnings = annotations.filter(({ level }) => level === "warning");
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]?.message ?? "", /^The summary cannot be written/);
  });

  test("without a state file no main begins, since its post would take itself for a main", async () => {
    const { exitCode, annotations, log } = await ring("ring", {
      prepare: (env) => rmSync(env.GITHUB_STATE ?? ""),
    });
    assert.equal(exitCode, 1);
    assert.match(messages(annotations).join(), /state file .* cannot be written/);
    assert.doesNotMatch(log, /ding/);
  });

  test("a log that nobody reads does not stop it", async () => {
    const env = { PATH: process.env.PATH, INPUT_DEED: "lose the log" };
    const child = spawn(process.execPath, [stub], { env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    child.stderr.destroy();
    const [code] = await once(child, "exit");
    assert.equal(code, 0);
  });
});
