import assert from "node:assert/strict";
import { test } from "node:test";
import { runCommand } from "./shell.ts";

const around = {
  hostname: "web-1",
  environment: { COLOR: "blue" },
  input: "from outside\n",
  files: { "/proc/uptime": "1.00 1.00\n" },
};

/** Output, errors and code of a command line in sh. */
function sh(script: string): unknown[] {
  const { output = "", errors = "", exitCode = -1 } = runCommand(["sh", "-c", script], around) ?? {};
  return [output, errors, exitCode];
}

test("runs the few programs that there are", () => {
  const outputs = [["echo", "a", "b"], ["hostname"], ["printenv", "COLOR"], ["cat"], ["/bin/true"], ["env"]].map(
    (words) => runCommand(words, around)?.output,
  );
  assert.deepEqual(outputs, ["a b\n", "web-1\n", "blue\n", "from outside\n", "", "HOSTNAME=web-1\nCOLOR=blue\n"]);
  assert.equal(runCommand(["false"], around)?.exitCode, 1);
  assert.equal(runCommand(["nope"], around), undefined);
  assert.equal(runCommand(["toString"], around), undefined);
});

test("a script runs one command after the other, and ends with the code of the last", () => {
  assert.deepEqual(sh("echo $COLOR '$COLOR' \"is $HOSTNAME\""), ["blue $COLOR is web-1\n", "", 0]);
  assert.deepEqual(sh("false && echo no || echo yes; echo err >&2; exit 3; echo never"), ["yes\n", "err\n", 3]);
  assert.deepEqual(sh("nope"), ["", "sh: nope: not found\n", 127]);
  assert.deepEqual(sh("cat /proc/uptime -"), ["1.00 1.00\nfrom outside\n", "", 0]);
  assert.deepEqual(sh("cat /etc/none"), ["", "cat: can't open '/etc/none': No such file or directory\n", 1]);
});
