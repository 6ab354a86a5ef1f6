/** check.ts: what needs no running code: types, style, the architecture. One line each; a failure prints everything. */
import { capture, tool } from "./command.ts";

const checks: Readonly<Record<string, readonly string[]>> = {
  types: [tool("typescript/bin/tsc"), "--noEmit", "--pretty", "false", "-p", "."],
  style: [tool("@biomejs/biome/bin/biome"), "check", "--colors=off", "--max-diagnostics=200", "."],
  architecture: ["--test", "--test-reporter=spec", "test/architecture.test.ts"],
};

const results = await Promise.all(
  Object.entries(checks).map(async ([name, args]) => {
    const started = performance.now();
    const { exitCode, output } = await capture(process.execPath, args);
    const passed = exitCode === 0;
    console.log(
      `${passed ? "pass" : "FAIL"}  ${name.padEnd(12)} ${((performance.now() - started) / 1_000).toFixed(1)} s`,
    );
    return { name, passed, output };
  }),
);
const failed = results.filter((result) => !result.passed);
for (const { name, output } of failed) console.error(`\n${name}:\n${output.trimEnd()}`);
if (failed.length > 0) process.exitCode = 1;
