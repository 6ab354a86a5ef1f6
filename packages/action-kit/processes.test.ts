import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { isCutoverError } from "@cutover/release";
import { createProcesses } from "./processes.ts";

const processes = createProcesses({ PATH: process.env.PATH, ACTIONS_RUNTIME_TOKEN: "secret" });
const node = (script: string, ...args: string[]) => ({ file: process.execPath, args: ["-e", script, ...args] });

test("gives back what a program wrote and how it ended", async () => {
  const script = "console.log('out', process.argv[1]); console.error('err'); process.exitCode = 3";
  assert.deepEqual(await processes.run(node(script, "$(id); '`")), {
    exitCode: 3,
    stdout: "out $(id); '`\n",
    stderr: "err\n",
    timedOut: false,
  });
});

test("a child sees the allow-list and what is added, and gets no stdin", async () => {
  const script = "process.stdin.on('end', () => console.log(JSON.stringify(process.env))).resume()";
  const { stdout } = await processes.run({ ...node(script), env: { PREVIEW_URL: "http://x" } });
  const { PATH, ...rest } = JSON.parse(stdout);
  assert.equal(PATH, process.env.PATH);
  assert.deepEqual(rest, { PREVIEW_URL: "http://x" });
});

test("names a program that is not there, and what to do", async () => {
  await assert.rejects(processes.run({ file: "no-such-program", args: [], cwd: "/" }), (error) => {
    assert.ok(isCutoverError(error, "process-failed"));
    assert.equal(error.message, "no-such-program could not be started in /: there is no such program");
    assert.match(error.hint ?? "", /Install no-such-program/);
    return true;
  });
});

test("ends a program that takes too long, and what it started", async () => {
  // The other one holds the streams, so that nothing returns before it has ended too.
  const script = `
    require("node:child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "inherit" });
    setTimeout(() => {}, 60000);
  `;
  const started = performance.now();
  const { exitCode, timedOut } = await processes.run({ ...node(script), timeout: 500 });
  assert.equal(exitCode, undefined);
  assert.equal(timedOut, true);
  assert.ok(performance.now() - started < 2_400, "it took SIGKILL to end them");
});

/** Aborts as soon as the program says, by a file, that it listens. */
function abortWhenReady(script: string) {
  const folder = mkdtempSync(join(tmpdir(), "cutover-processes-"));
  const ready = join(folder, "ready");
  const controller = new AbortController();
  const poll = setInterval(() => {
    if (existsSync(ready)) controller.abort("SIGINT");
  }, 10);
  const say = `${script}; require("node:fs").writeFileSync(process.argv[1], ""); setTimeout(() => {}, 60000)`;
  return {
    command: { ...node(say, ready), signal: controller.signal },
    [Symbol.dispose]() {
      clearInterval(poll);
      rmSync(folder, { recursive: true });
    },
  };
}

test("kills a program that does not listen to SIGTERM", async () => {
  using program = abortWhenReady("process.on('SIGTERM', () => console.log('no'))");
  const started = performance.now();
  const { exitCode, stdout } = await processes.run(program.command);
  assert.equal(exitCode, undefined);
  assert.equal(stdout, "no\n");
  assert.ok(performance.now() - started > 2_000);
});

test("hands a cancellation on, and starts nothing after it", async () => {
  using program = abortWhenReady("process.on('SIGTERM', () => { console.log('bye'); process.exit(7); })");
  assert.deepEqual(await processes.run(program.command), { exitCode: 7, stdout: "bye\n", stderr: "", timedOut: false });
  const late = await processes.run({ file: "no-such-program", args: [], signal: program.command.signal });
  assert.equal(late.exitCode, undefined);
});

test("does not wait for ever on streams that a grandchild holds open", async () => {
  const script = `
    const { spawn } = require("node:child_process");
    spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "inherit" }).unref();
    console.log("done");
  `;
  const { exitCode, stdout } = await processes.run(node(script));
  assert.equal(exitCode, 0);
  assert.equal(stdout, "done\n");
});

test("stops a program that writes without end", async () => {
  const script = "const text = 'x'.repeat(1e6); const write = () => process.stdout.write(text, write); write()";
  await assert.rejects(processes.run(node(script)), /wrote more than 16 MiB and was stopped/);
});
