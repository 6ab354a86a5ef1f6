import { CutoverError, isCutoverError } from "@cutover/release";
import type { Container, Pod, Service } from "./kinds.ts";
import type { Work } from "./work.ts";

/** Milliseconds that one look into a pod may take. */
const lookWithin = 10_000;
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];
/** `ESTABLISHED` in the kernel's table. */
const established = "01";

/** Why nobody can look into these pods: the rights, or the image. */
export class Unlookable extends Error {}

/**
 * The connections to what the Service sends to in this pod, as the pod's own kernel lists them, each by its two ends;
 * `undefined` where there was no answer in time.
 * @throws Unlookable where it is no use to ask another pod of the same kind
 */
export async function connectionsOf(
  { setting: { client, clock, namespace }, snapshot, signal }: Work,
  pod: Pod,
): Promise<ReadonlySet<string> | undefined> {
  const ports = portsOf(pod, snapshot.service);
  const container = servingContainer(pod, ports);
  const late = new AbortController();
  const answered = new AbortController();
  void clock.sleep(lookWithin, answered.signal).then(() => late.abort("late"));
  try {
    const target = { namespace, name: pod.metadata.name, container };
    const { stdout } = await client.exec(target, ["cat", ...tables], {
      signal: AbortSignal.any([signal, late.signal]),
    });
    // Where a node knows no IPv6, the second table is missing, and the first one is there.
    if (!stdout.includes("local_address")) throw noTable(container);
    return establishedIn(stdout, ports);
  } catch (error) {
    if (isCutoverError(error, "forbidden"))
      throw new Unlookable("the credentials may not run a command in pods (`get` and `create` of pods/exec)");
    if (isCutoverError(error, "rejected")) throw noTable(container);
    if (error instanceof CutoverError) return undefined;
    throw error;
  } finally {
    answered.abort();
  }
}

/** The container whose end is the end of the connections. */
export function servingContainer({ spec: { containers } }: Pod, ports: ReadonlySet<number>): string {
  const declares = ({ ports: own = [] }: Container) => own.some(({ containerPort }) => ports.has(containerPort));
  return (containers.find(declares) ?? containers[0])?.name ?? "";
}

/** The numbers of the ports that the Service sends to. */
export function portsOf({ spec: { containers } }: Pod, service: Service | undefined): ReadonlySet<number> {
  const named = containers.flatMap(({ ports = [] }) => ports);
  const targets = (service?.spec.ports ?? []).map(({ port, targetPort = port }) => targetPort);
  const numbers = targets.map((target) =>
    typeof target === "number" ? target : named.find(({ name }) => name === target)?.containerPort,
  );
  return new Set(numbers.filter((number) => number !== undefined));
}

/** Rows of proc_net_tcp(5): a number, the local end, the remote end, the state. */
function establishedIn(text: string, ports: ReadonlySet<number>): ReadonlySet<string> {
  const rows = text.split("\n").map((line) => line.trim().split(/\s+/));
  const open = rows.filter(([, local = "", , state]) => {
    return state === established && ports.has(Number.parseInt(local.split(":")[1] ?? "", 16));
  });
  return new Set(open.map(([, local, remote]) => `${local} ${remote}`));
}

function noTable(container: string): Unlookable {
  return new Unlookable(`the image of container ${container} has no \`cat\` to read /proc/net/tcp with`);
}
