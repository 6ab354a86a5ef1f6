import { existsSync, globSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import * as z from "zod";
import { run, succeeds } from "./command.ts";
import { chainNames, readTables, removeChains } from "./packet-filter.ts";
import { bridges, nodeAddress, state } from "./places.ts";

/** What the machine was like before the cluster changed it. */
const memory = z.object({
  /** The state folder of the checkout whose cluster it is. */
  owner: z.string(),
  sysctls: z.record(z.string(), z.string()),
  chains: z.array(z.string()),
});
type Memory = z.infer<typeof memory>;

/** Beside the other facts that a reboot ends, and not in the checkout, which may be cleaned while a cluster runs. */
const memoryPath = "/run/cutover-cluster.json";

/** The settings that we, the kubelet and kube-proxy change. */
const sysctls = [
  "net/ipv4/ip_forward",
  "net/ipv4/conf/all/route_localnet",
  "net/bridge/bridge-nf-call-iptables",
  "vm/overcommit_memory",
  "vm/panic_on_oom",
  "kernel/panic",
  "kernel/panic_on_oops",
  "kernel/keys/root_maxkeys",
  "kernel/keys/root_maxbytes",
];

/** Throws unless this process may change the machine as a cluster needs. */
export function requireRoot(): void {
  if (process.platform === "linux" && process.getuid?.() === 0) return;
  throw new Error("The cluster needs root on Linux: run this as root, or set KUBECONFIG to use one that runs already.");
}

/** The state folder of the cluster that this machine runs, or that a crash left half behind; none if there is none. */
export function owner(): string | undefined {
  return recall()?.owner;
}

/** Notes what the machine is like, then gives it the node's address and lets it route to pods. */
export function prepareMachine(): void {
  const tables = readTables();
  const other = chainNames(tables).find((chain) => / KUBE-/.test(chain));
  if (other) {
    throw new Error(
      `Another Kubernetes seems to run on this machine (packet filter chain "${other}"): set KUBECONFIG to use that one.`,
    );
  }
  if (!existsSync("/proc/sys/net/bridge")) run("modprobe", ["br_netfilter"]);
  remember({ owner: state, chains: chainNames(tables), sysctls: Object.fromEntries(sysctls.map((n) => [n, read(n)])) });
  run("ip", ["link", "add", "cutover0", "type", "bridge"]);
  run("ip", ["addr", "add", `${nodeAddress}/32`, "dev", "cutover0"]);
  run("ip", ["link", "set", "cutover0", "up"]);
  write("net/ipv4/ip_forward", "1");
  // Traffic between pods of one bridge must pass kube-proxy's rules too.
  write("net/bridge/bridge-nf-call-iptables", "1");
  // NodePorts on 127.0.0.1: else the kernel drops what leaves loopback.
  write("net/ipv4/conf/all/route_localnet", "1");
}

/** Makes the machine what it was. What is done already, because a crash cut an earlier try off, is no error. */
export function restoreMachine(): void {
  const found = recall();
  if (!found) return;
  for (const bridge of bridges) {
    if (succeeds("ip", ["link", "show", bridge])) run("ip", ["link", "delete", bridge]);
  }
  removeChains(found.chains);
  for (const [name, value] of Object.entries(found.sysctls)) {
    if (read(name) !== value) write(name, value);
  }
  removeCgroups();
  rmSync(memoryPath);
}

/** Pods' cgroups, deepest first; in cgroup v1 one tree a controller, in v2 one tree. */
function removeCgroups(): void {
  const roots = globSync(["/sys/fs/cgroup/kubepods", "/sys/fs/cgroup/*/kubepods"]);
  const folders = globSync(roots.flatMap((root) => [root, `${root}/**/`]));
  for (const folder of folders.sort((one, other) => other.length - one.length)) {
    if (existsSync(folder)) rmdirSync(folder);
  }
}

function recall(): Memory | undefined {
  if (!existsSync(memoryPath)) return undefined;
  return memory.parse(JSON.parse(readFileSync(memoryPath, "utf8")));
}

function remember(found: Memory): void {
  writeFileSync(memoryPath, JSON.stringify(found));
}

function read(sysctl: string): string {
  return readFileSync(`/proc/sys/${sysctl}`, "utf8").trim();
}

function write(sysctl: string, value: string): void {
  writeFileSync(`/proc/sys/${sysctl}`, value);
}
