import type { PodRun } from "../../pods/pod-run.ts";

const heading =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n";
const states = { established: "01", listening: "0A" } as const;
const anywhere = "00000000:0000";

/** `/proc/net/tcp` and `/proc/net/tcp6` of a pod: what its applications listen on, and who is connected. */
export function networkTables(run: PodRun | undefined): Readonly<Record<string, string>> {
  const ends = run?.containers.flatMap(({ application, container }) => {
    if (application === undefined) return [];
    const declared = container.ports?.[0]?.containerPort ?? 8080;
    const port = hex(application.behavior.port ?? declared, 4);
    const listening = [`00000000:${port}`, anywhere, states.listening];
    const connected = [...application.connections].map((number) => {
      return [`${address(run.podIP)}:${port}`, `0100000A:${hex(number, 4)}`, states.established];
    });
    return [listening, ...connected];
  });
  const rows = (ends ?? []).map(([local, remote, state], index) => {
    return `${String(index).padStart(4)}: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 65532        0 ${index} 1\n`;
  });
  return { "/proc/net/tcp": [heading, ...rows].join(""), "/proc/net/tcp6": heading };
}

/** As the kernel writes it: the bytes of an IPv4 address in the machine's order, which is the other way round. */
function address(ip: string): string {
  return ip
    .split(".")
    .toReversed()
    .map((part) => hex(Number(part), 2))
    .join("");
}

function hex(number: number, digits: number): string {
  return number.toString(16).toUpperCase().padStart(digits, "0").slice(-digits);
}
