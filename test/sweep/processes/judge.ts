import { annotation } from "@cutover/release";
import type { Sandbox } from "@cutover/sandbox";
import type { ActionRunResult } from "@cutover/workflow";

/** Milliseconds between the SIGINT of the runner and its SIGTERM. */
const graceful = 7_500;

const unanswered = /the API server did not answer/;

/** What a Service's users get: the tag of the image, and what its ConfigMaps hold. */
export function contentOf({ registry: { store } }: Sandbox, service: string): string | undefined {
  const color = store.get("Service", "shop", service)?.spec.selector?.color;
  const [container] = store.get("Deployment", "shop", `${service}-${color}`)?.spec.template.spec.containers ?? [];
  if (container === undefined) return undefined;
  const named = JSON.stringify(container);
  const used = store.list("ConfigMap", "shop").filter(({ metadata }) => named.includes(`"${metadata.name}"`));
  const values = used.flatMap(({ data }) => (typeof data === "object" && data !== null ? Object.values(data) : []));
  return [container.image.split(":").at(-1), ...values].join(", ");
}

/** What a run that came to its end says otherwise than it is, in sentences. */
export function liesOf(run: ActionRunResult, sandbox: Sandbox, services: readonly string[]): string[] {
  const { exitCode, outputs, conclusion } = run;
  const { outcome, reason = "" } = outputs;
  const isSuccess = exitCode === 0 && conclusion === "success";
  // Who got no answer says nothing of where the traffic is.
  const isBlind = !isSuccess && unanswered.test(reason);
  const lies = services.flatMap((service) => {
    const told = toldOf(outputs, service);
    const { color, revision } = standingOf(sandbox, service);
    if (isBlind && told.color === undefined) return [];
    const isTrue = told.color === color && told.revision === revision;
    return isTrue ? [] : [`it says that ${service} is on ${text(told)}, and it is on ${text({ color, revision })}`];
  });
  if (isSuccess !== (outcome === "succeeded")) lies.push(`exit code ${exitCode} with ${outcome}`);
  if (!isSuccess && run.annotations.filter(({ level }) => level === "error").length !== 1)
    lies.push("a failure without exactly one error");
  return lies;
}

/** What is wrong with a run that was cancelled, beyond its lies. */
export function wrongsOfCancelled(run: ActionRunResult): string[] {
  const { signals, exitCode, annotations, durationMs, log } = run;
  const wrongs: string[] = [];
  if (exitCode === undefined) wrongs.push(`it did not end by itself, and got ${signals}`);
  if (signals.length > 1) wrongs.push(`it needed ${signals} and ${durationMs} ms; ${graceful} ms are the budget`);
  if (exitCode === 0 || signals.length === 0) return wrongs;
  if (!log.includes("Cancelled (SIGINT)")) wrongs.push("it does not say that it was cancelled");
  const says = annotations.map(({ message }) => message).join("\n");
  const isTold = unanswered.test(says) || /Traffic|[Nn]othing was (switched|written)/.test(says);
  if (!isTold) wrongs.push(`it does not say what it left: ${says}`);
  return wrongs;
}

interface Standing {
  readonly color: string | undefined;
  readonly revision: string | undefined;
}

/** What the active slot carries counts; the Service's own word only where the slot has none. */
function standingOf({ registry: { store } }: Sandbox, name: string): Standing {
  const service = store.get("Service", "shop", name);
  const color = service?.spec.selector?.color;
  const slot = store.get("Deployment", "shop", `${name}-${color}`);
  const [written, said] = [slot, service].map((one) => one?.metadata.annotations?.[annotation.revision]);
  return { color, revision: written ?? said };
}

/** Several services are told of in one JSON, a single one in outputs of its own. */
function toldOf({ services = "{}" }: Readonly<Record<string, string>>, service: string): Standing {
  const all: Record<string, { color?: string; revision?: number } | undefined> = JSON.parse(services || "{}");
  const { color, revision } = all[service] ?? {};
  return { color, revision: revision?.toString() };
}

function text({ color = "no color", revision = "none" }: Standing): string {
  return `${color}, revision ${revision}`;
}
