import type { InPod, TcpServer, Via } from "./dependency.ts";
import type { Endpoint } from "./endpoint.ts";
import { httpScript } from "./http-script.ts";
import { nameOf } from "./server-asked.ts";

/** A question that a pod asks with what its image has. */
export interface PodQuestion {
  readonly via: Via;
  /** Such as `broker:5672`, or `$DATABASE_URL`. */
  readonly subject: string;
  /** For `sh`; it ends with 127 where the image has nothing to ask with, and with 126 where the pod has no such variable. */
  readonly script: string;
  /** `$1` and so on. Nothing secret: the API server logs the words of a command. */
  readonly words: readonly string[];
  /** The variable of the service's pods that it needs. */
  readonly variable?: string;
  /** What a good answer ends with, on its own line. */
  readonly answer: string;
  /** What the image must have for it. */
  readonly tool: string;
}

/** With whichever of four is there: images for production have few programs. */
const reach = `
has() { command -v "$1" >/dev/null 2>&1; }
if has nc; then
  # A small nc knows no -z: what it should run once it is connected does as well.
  said=$(nc -z -w "$3" "$1" "$2" 2>&1) || case $said in
    *option*) nc -w "$3" "$1" "$2" -e true;;
    *) [ -z "$said" ] || echo "$said" >&2; false;;
  esac
elif has bash && has timeout; then timeout "$3" bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2"
elif has python3; then python3 -c 'import socket, sys; socket.create_connection((sys.argv[1], sys.argv[2]), float(sys.argv[3]))' "$1" "$2" "$3"
elif has node; then node -e 'const [, host, port, wait] = process.argv; require("net").connect({ host, port }, () => process.exit(0)).on("error", (e) => { console.error(e.message); process.exit(1); }).setTimeout(wait * 1000, () => process.exit(1));' "$1" "$2" "$3"
else exit 127; fi && echo reached`;

/** Whether a pod can connect. */
export function tcpQuestion(server: TcpServer, via: Via): PodQuestion {
  const words = [server.host, `${server.port}`, seconds(server)];
  return { via, subject: nameOf(server), script: reach, words, answer: "reached", tool: "nc, bash, python3 or node" };
}

/** Whether a pod gets the answer over HTTP that it should. */
export function endpointQuestion(endpoint: Endpoint, via: Via): PodQuestion {
  const { url, status, contains = "" } = endpoint;
  const words = [url, seconds(endpoint), status.replaceAll("x", "?"), contains];
  const tool = `${url.startsWith("https:") ? "curl" : "curl, wget"}, python3 or node`;
  return { via, subject: url, script: httpScript, words, answer: "answered", tool };
}

/** Whether the service's own database answers its own user. */
export function postgresQuestion(server: InPod): PodQuestion {
  // What else it says is of an address that it cannot read, and repeats parts of it.
  const shown = '*"connect to"*|*"connection to"*|*FATAL*|*ERROR*|*"host name"*';
  const script = `${variableOf("psql")}
${told(`PGCONNECT_TIMEOUT="$2" $limit psql "$url" -XAtc 'select 1'`, shown)}`;
  return { ...byVariable(server), script, answer: "1", tool: "psql" };
}

/** Whether the service's own Redis answers it. */
export function redisQuestion(server: InPod): PodQuestion {
  // redis-cli takes a password without a user for that of a user without a name.
  const script = `${variableOf("redis-cli")}
case $url in *://:*) url="\${url%%://:*}://\${url#*://:}";; esac
${told('$limit redis-cli -u "$url" --no-auth-warning ping', "*")}`;
  return { ...byVariable(server), script, answer: "PONG", tool: "redis-cli" };
}

/** Runs a command that knows a password which nobody masks: what it says of its failure is `shown`, unless it has an @. */
function told(command: string, shown: string): string {
  return `said=$(${command} 2>&1); code=$?
case $code in 0) echo "$said"; exit;; 124|143) said="no answer within $2 s";; esac
case $said in
  *@*) ;;
  ${shown}|"no answer"*) echo "$said" >&2; exit $code;;
esac
echo "the address in it cannot be read: signs such as % and @ must be encoded" >&2; exit 1`;
}

function byVariable({ variable, via, within }: InPod): Pick<PodQuestion, "via" | "subject" | "variable" | "words"> {
  return { via, subject: `$${variable}`, variable, words: [variable, seconds({ within })] };
}

/** The address never leaves the pod. */
function variableOf(program: string): string {
  return `command -v ${program} >/dev/null 2>&1 || exit 127
eval "url=\\\${$1-}"; [ -n "$url" ] || exit 126
command -v timeout >/dev/null 2>&1 && limit="timeout $2" || limit=`;
}

/** Whole ones, as these programs count. */
function seconds({ within }: { readonly within: number }): string {
  return `${Math.max(1, Math.ceil(within / 1_000))}`;
}
