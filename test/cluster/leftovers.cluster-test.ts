import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "./command.ts";
import { difference, runMark, snapshot } from "./leftovers.ts";

// If this comparison could not fail, neither could the tier's claim that it leaves nothing behind.
test("each kind of thing that could be left behind is found", async () => {
  await using planted = new AsyncDisposableStack();
  process.env[runMark] ??= "proof";
  const before = snapshot();
  const sysctl = "/proc/sys/net/ipv4/igmp_max_msf";
  const value = readFileSync(sysctl, "utf8").trim();
  const [bridge, chain, folder] = ["cutoverproof", "CUTOVER-PROOF", "/run/cutover-proof"];
  const sleeper = spawn("sleep", ["60"], { stdio: "ignore" });
  planted.defer(async () => {
    sleeper.kill();
    await once(sleeper, "exit");
  });
  run("ip", ["link", "add", bridge, "type", "bridge"]);
  planted.defer(() => void run("ip", ["link", "delete", bridge]));
  run("ip", ["address", "add", "198.19.255.255/32", "dev", bridge]);
  for (const family of ["iptables", "ip6tables"]) {
    run(family, ["-t", "nat", "-N", chain]);
    planted.defer(() => void run(family, ["-t", "nat", "-X", chain]));
  }
  mkdirSync(folder);
  planted.defer(() => void rmSync(folder, { recursive: true }));
  run("mount", ["-t", "tmpfs", "tmpfs", folder]);
  planted.defer(() => void run("umount", [folder]));
  writeFileSync(sysctl, String(Number(value) + 1));
  planted.defer(() => void writeFileSync(sysctl, value));
  const cgroup = cgroupFolder();
  mkdirSync(cgroup);
  planted.defer(() => void rmdirSync(cgroup));

  const found = difference(before, snapshot());
  for (const expected of [
    new RegExp(`^process appeared: ${sleeper.pid} sleep 60`),
    /^link appeared: cutoverproof$/,
    /^address appeared: .*198\.19\.255\.255\/32/,
    /^route appeared: .*198\.19\.255\.255/,
    /^packet filter appeared: iptables nat CUTOVER-PROOF$/,
    /^packet filter appeared: ip6tables nat CUTOVER-PROOF$/,
    /^mount appeared: tmpfs \/run\/cutover-proof tmpfs/,
    /^sysctl appeared: net\/ipv4\/igmp_max_msf = /,
    /^sysctl went away: net\/ipv4\/igmp_max_msf = /,
    new RegExp(`^cgroup appeared: ${cgroup}$`),
    /^file appeared: \/run\/cutover-proof$/,
  ]) {
    assert.ok(
      found.some((line) => expected.test(line)),
      `${expected} is in\n${found.join("\n")}`,
    );
  }
});

/** In cgroup v1 one of several trees, in v2 the only one. */
function cgroupFolder(): string {
  const isSecond = readFileSync("/proc/mounts", "utf8").includes("cgroup2 /sys/fs/cgroup ");
  return isSecond ? "/sys/fs/cgroup/cutover-proof" : "/sys/fs/cgroup/memory/cutover-proof";
}
