import type { ContainerRun } from "../pods/container-run.ts";
import type { Registry } from "../registry.ts";
import { ApiError, badRequest } from "../status.ts";
import type { Container, Pod } from "../workloads.ts";
import type { Answer, Exchange } from "./exchange.ts";

/** A pod whose log is asked for. */
export interface Logged {
  readonly pod: Pod;
  /** What runs in it. */
  readonly containers: readonly ContainerRun[];
}

/**
 * GET of `pods/log`: `container`, `tailLines`, `previous` and `follow` are followed. With `follow` it is streamed until
 * the container ends or the client goes.
 */
export function answerLog(registry: Registry, { pod, containers }: Logged, exchange: Exchange): Answer | undefined {
  const { query } = exchange;
  const { name } = pod.metadata;
  const wanted = containerNamed(pod, query.get("container")).name;
  const run = containers.find(({ container }) => container.name === wanted);
  const isPrevious = query.get("previous") === "true";
  const lines = run?.log(isPrevious);
  const tail = tailIn(query.get("tailLines"), name);
  if (run === undefined || lines === undefined) {
    throw unavailable(isPrevious, wanted, { name, waits: run?.status.state.waiting?.reason });
  }
  const from = tail === undefined ? 0 : Math.max(0, lines.length - tail);
  if (query.get("follow") === "true" && !isPrevious) {
    follow(registry, { pod, run, from }, exchange);
    return undefined;
  }
  return { code: 200, body: textOf(lines.slice(from)) };
}

/**
 * The container of that name, or the only one.
 * @throws ApiError 400
 */
export function containerNamed({ metadata, spec }: Pod, name: string | null): Container {
  const inits = Array.isArray(spec.initContainers) ? (spec.initContainers as Container[]) : [];
  const [first] = spec.containers;
  if ((name === null || name === "") && first !== undefined && spec.containers.length === 1) return first;
  const names = (list: readonly Container[]): string => `[${list.map((one) => one.name).join(" ")}]`;
  if (name === null || name === "") {
    const more = inits.length === 0 ? "" : ` or one of the init containers: ${names(inits)}`;
    const choice = `choose one of: ${names(spec.containers)}${more}`;
    throw badRequest(`a container name must be specified for pod ${metadata.name}, ${choice}`);
  }
  const found = [...spec.containers, ...inits].find((one) => one.name === name);
  if (found === undefined) throw badRequest(`container ${name} is not valid for pod ${metadata.name}`);
  return found;
}

/** New lines come with changes of the pod: an application logs when it starts and when it ends. */
function follow(
  registry: Registry,
  { pod, run, from }: { pod: Pod; run: ContainerRun; from: number },
  { response }: Exchange,
): void {
  let sent = from;
  const id = run.status.containerID;
  response.writeHead(200, { "Content-Type": "text/plain", "Transfer-Encoding": "chunked" });
  response.flushHeaders();
  const tell = (): void => {
    const isOver = run.status.containerID !== id || run.application === undefined;
    const lines = (run.status.containerID === id ? run.log(false) : run.log(true)) ?? [];
    response.write(textOf(lines.slice(sent)));
    sent = lines.length;
    if (isOver) response.end();
  };
  const unsubscribe = registry.store.subscribe(({ kind, type, object }) => {
    if (kind !== "Pod" || object.metadata.uid !== pod.metadata.uid) return;
    if (type === "DELETED") response.end();
    else tell();
  });
  response.on("close", unsubscribe);
  tell();
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** @throws ApiError 400 where it is no number, 422 where it is negative */
function tailIn(text: string | null, name: string): number | undefined {
  if (text === null || text === "") return undefined;
  if (!/^[+-]?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  const tail = Number(text);
  if (tail >= 0) return tail;
  const message = `Invalid value: ${tail}: must be greater than or equal to 0`;
  const causes = [{ reason: "FieldValueInvalid", message, field: "tailLines" }];
  const details = { name, kind: "PodLogOptions", causes };
  throw new ApiError(
    { code: 422, reason: "Invalid" },
    `PodLogOptions "${name}" is invalid: tailLines: ${message}`,
    details,
  );
}

function unavailable(
  isPrevious: boolean,
  container: string,
  { name, waits }: { name: string; waits: string | undefined },
): ApiError {
  const subject = `container "${container}" in pod "${name}"`;
  if (isPrevious) return badRequest(`previous terminated ${subject} not found`);
  const pulls = waits === "ErrImagePull" ? "image can't be pulled" : "trying and failing to pull image";
  return badRequest(
    `${subject} is waiting to start: ${waits?.includes("mage") ? pulls : (waits ?? "ContainerCreating")}`,
  );
}
