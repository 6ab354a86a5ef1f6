import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The folder of this tier, and the checkout that it belongs to. */
export const folder = import.meta.dirname;
export const repository = dirname(dirname(folder));

/** Everything that one run of the cluster writes; `down` removes it. */
export const state = join(repository, ".cluster");
export const ownKubeconfig = join(state, "admin.kubeconfig");

/** Built programs, kept across runs and checkouts under a key of what they were built from. */
export const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "cutover");

/** Where each part of the cluster listens on 127.0.0.1 or, the kubelet, on the node's address. */
export const ports: Readonly<Record<number, string>> = {
  5000: "registry",
  6443: "kube-apiserver",
  10250: "kubelet",
  10248: "kubelet (health)",
  10249: "kube-proxy (metrics)",
  10256: "kube-proxy (health)",
  10257: "kube-controller-manager",
  10259: "kube-scheduler",
  23790: "etcd",
  23800: "etcd (peers)",
};

/** The bridge that holds the node's address (some kernels have no dummy interfaces), and the one that pods hang on. */
export const bridges = ["cutover0", "cni0"] as const;

/** The node, and the Service that every cluster has. Pods, Services and the node live in 198.18.0.0/15, the
 * benchmarking range of RFC 2544, which no real network should use. */
export const nodeAddress = "198.18.255.1";
export const apiServiceAddress = "198.19.0.1";
