import type { Kubelet } from "../pods/kubelet.ts";
import { type ApiError, badRequest } from "../status.ts";
import type { Pod } from "../workloads.ts";
import type { Answer, Exchange } from "./exchange.ts";

/** GET of `pods/log`: `container`, `tailLines` and `previous` are followed. */
export function answerLog(kubelet: Kubelet, pod: Pod, { query }: Exchange): Answer {
  const { name } = pod.metadata;
  const names = pod.spec.containers.map((container) => container.name);
  const wanted = query.get("container") ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) {
    throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names.join(" ")}]`);
  }
  if (!names.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${name}`);
  const run = kubelet.run(pod.metadata.uid)?.containers.find(({ container }) => container.name === wanted);
  const previous = query.get("previous") === "true";
  const lines = run?.log(previous);
  if (lines === undefined) throw unavailable(previous, wanted, { name, waits: run?.status.state.waiting?.reason });
  const tail = query.get("tailLines");
  const shown = tail === null ? lines : lines.slice(lines.length - Math.min(lines.length, Number(tail)));
  return { code: 200, body: shown.map((line) => `${line}\n`).join("") };
}

function unavailable(
  previous: boolean,
  container: string,
  { name, waits }: { name: string; waits: string | undefined },
): ApiError {
  const subject = `container "${container}" in pod "${name}"`;
  if (previous) return badRequest(`previous terminated ${subject} not found`);
  const pulls = waits === "ErrImagePull" ? "image can't be pulled" : "trying and failing to pull image";
  return badRequest(
    `${subject} is waiting to start: ${waits?.includes("mage") ? pulls : (waits ?? "ContainerCreating")}`,
  );
}
