import { globSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { run } from "./command.ts";
import { namespace, processes } from "./node.ts";
import { readTables } from "./packet-filter.ts";

/** What a machine is like, as lines by kind, for comparing two moments. */
export type Snapshot = Readonly<Record<string, readonly string[]>>;

/** Set in the environment of everything that one run of the tier starts, so that its orphans are known as its own. */
export const runMark = "CUTOVER_CLUSTER_RUN";

/** Where container runtimes, CNI plugins and kubelets write when nobody stops them. */
const folders = [
  "/run/{*,containerd/**,netns/**,lock/**}",
  "/var/lib/{*,cni/**}",
  "/var/log/{*,pods/**,containers/**}",
  "/etc/cni/**",
  "/{opt,srv,usr/libexec}/*",
];

/** Everything that a cluster could leave behind. Other people's processes come and go meanwhile; those that count are
 * in another PID namespace, in a pod's cgroup, or carry this run's mark. */
export function snapshot(): Snapshot {
  return {
    process: processes().filter(isOfCluster).map(describe),
    mount: readLines("/proc/self/mounts"),
    link: readdirSync("/sys/class/net"),
    address: run("ip", ["-oneline", "address"])
      .replace(/ valid_lft.*$/gm, "")
      .split("\n"),
    route: run("ip", ["route", "show", "table", "all"]).split("\n"),
    "packet filter": readTables().flatMap(({ family, name, chains, rules }) =>
      [...chains, ...rules].map((line) => `${family} ${name} ${line}`),
    ),
    sysctl: globSync("/proc/sys/{kernel,net,vm}/**").filter(isSetting).flatMap(readSysctl),
    cgroup: globSync("/sys/fs/cgroup/{*,*/*}/"),
    file: globSync(folders),
  };
}

/** One line for each thing that is there now and was not, or was there and is not. The hundred settings that the kernel
 * keeps for each link are left out where the link itself is named. */
export function difference(before: Snapshot, after: Snapshot): string[] {
  const links = without(after.link ?? [], before.link ?? []);
  const isOfNewLink = (line: string): boolean => links.some((link) => line.includes(`/${link}/`));
  return Object.keys(after).flatMap((kind) => {
    const [old, now] = [before[kind] ?? [], after[kind] ?? []];
    const appeared = without(now, old).filter((line) => kind !== "sysctl" || !isOfNewLink(line));
    return [
      ...appeared.map((line) => `${kind} appeared: ${line}`),
      ...without(old, now).map((line) => `${kind} went away: ${line}`),
    ];
  });
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line));
}

function isOfCluster(pid: number): boolean {
  const mark = process.env[runMark];
  const space = namespace(pid, "pid");
  if (space !== "" && space !== namespace(process.pid, "pid")) return true;
  if (readLines(`/proc/${pid}/cgroup`).some((line) => line.includes("/kubepods"))) return true;
  return mark !== undefined && readLines(`/proc/${pid}/environ`).join("\n").split("\0").includes(`${runMark}=${mark}`);
}

function describe(pid: number): string {
  return `${pid} ${readLines(`/proc/${pid}/cmdline`).join(" ").replaceAll("\0", " ").slice(0, 200)}`;
}

/** Counters and settings that change by themselves, and files whose reading does something. */
function isSetting(path: string): boolean {
  if (path.startsWith("/proc/sys/kernel/random/")) return false;
  const volatile = ["ns_last_pid", "nr", "nf_conntrack_count", "stat_refresh", "perf_event_max_sample_rate"];
  return !volatile.includes(basename(path));
}

function readSysctl(path: string): string[] {
  return readLines(path).map((line) => `${path.slice("/proc/sys/".length)} = ${line}`);
}

/** The lines of a kernel file; none if it is a folder, write-only, or has gone with its process. */
function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").trimEnd().split("\n");
  } catch {
    return [];
  }
}
