import { run, succeeds } from "./command.ts";

/** The Debian package of each program that the cluster needs and that is not built here. */
const packages: Readonly<Record<string, string>> = {
  containerd: "containerd",
  runc: "runc",
  "/usr/lib/cni/bridge": "containernetworking-plugins",
  iptables: "iptables",
  nft: "nftables",
  conntrack: "conntrack",
  socat: "socat",
  "docker-registry": "docker-registry",
  ip: "iproute2",
  openssl: "openssl",
  jq: "jq",
};

/** Installs what is missing. Throws on a machine without apt, naming what to install by hand. */
export function installPackages(): void {
  const missing = Object.entries(packages).flatMap(([program, name]) => (isThere(program) ? [] : [name]));
  if (missing.length === 0) return;
  if (!isThere("apt-get")) {
    throw new Error(
      `The cluster needs these programs, and this machine has no apt-get: install ${missing.join(", ")}.`,
    );
  }
  console.log(`Installing ${missing.join(", ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], { env });
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], { env });
}

function isThere(program: string): boolean {
  return succeeds("sh", ["-c", 'command -v "$1"', "sh", program]);
}
