import type { InPod, TcpServer } from "./dependency.ts";
import type { PodQuestion } from "./in-pod.ts";
import { nameOf } from "./server-asked.ts";

/** With whichever of four is there: images for production have few programs. */
const reach = `
has() { command -v "$1" >/dev/null 2>&1; }
if has nc; then nc -z -w "$3" "$1" "$2"
elif has bash && has timeout; then timeout "$3" bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2"
elif has python3; then python3 -c 'import socket, sys; socket.create_connection((sys.argv[1], sys.argv[2]), float(sys.argv[3]))' "$1" "$2" "$3"
elif has node; then node -e 'const [, host, port, wait] = process.argv; require("net").connect({ host, port }, () => process.exit(0)).on("error", (e) => { console.error(e.message); process.exit(1); }).setTimeout(wait * 1000, () => process.exit(1));' "$1" "$2" "$3"
else exit 127; fi && echo reached`;

/** Whether a pod can connect. */
export function tcpQuestion(server: TcpServer): PodQuestion {
  const words = [server.host, `${server.port}`, seconds(server)];
  return { subject: nameOf(server), script: reach, words, answer: "reached", tool: "nc, bash, python3 or node" };
}

/** Whether the pod's own database answers its own user. */
export function postgresQuestion(server: InPod): PodQuestion {
  const script = `${variableOf("psql")}
PGCONNECT_TIMEOUT="$2" psql "$url" -XAtc 'select 1'`;
  return { ...byVariable(server), script, answer: "1", tool: "psql" };
}

/** Whether the pod's own Redis answers it. */
export function redisQuestion(server: InPod): PodQuestion {
  const script = `${variableOf("redis-cli")}
redis-cli -u "$url" --no-auth-warning ping`;
  return { ...byVariable(server), script, answer: "PONG", tool: "redis-cli" };
}

function byVariable(server: InPod): Pick<PodQuestion, "subject" | "words"> {
  return { subject: `$${server.variable}`, words: [server.variable, seconds(server)] };
}

/** The address never leaves the pod. */
function variableOf(program: string): string {
  return `command -v ${program} >/dev/null 2>&1 || exit 127
url=$(printenv "$1") || exit 126`;
}

/** Whole ones, as these programs count. */
function seconds({ within }: { readonly within: number }): string {
  return `${Math.max(1, Math.ceil(within / 1_000))}`;
}
