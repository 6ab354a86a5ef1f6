import { type Color, CutoverError, isCutoverError, type Step } from "@cutover/release";
import type { ProxyAnswer } from "../client/client.ts";
import { as, type Container, isOwnedBy, type Pod, type Service } from "./kinds.ts";
import { expectedReplicaSet, readyPods } from "./observe.ts";
import type { Done, Work } from "./work.ts";

type Probe = Extract<Step, { kind: "probe" }>;
type Smoke = Extract<Step, { kind: "smoke" }>;

/** Longest part of an answer or output that a message repeats. */
const excerpt = 300;

/** Asks every preview pod itself, through the API server; where that forbids it, through a forwarded port. */
export async function probe(work: Work, step: Probe): Promise<Done> {
  const { log, deployments } = work.setting;
  const pods = previewPods(work, step.color);
  const question = questionFor(work, step.color);
  if (question === undefined) {
    log.info(`No probe: ${deployments[step.color]} has no HTTP readiness probe, and no \`probe\` path is given`);
    return proof(work, step.color, "probed");
  }
  for (const pod of pods) {
    const answer = await ask(work, pod, question);
    // It has gone since it was seen: whatever replaces it is awaited and asked.
    if (answer === undefined) return { evidence: {} };
    if (answer.status < 200 || answer.status >= 400) {
      const reason = `Pod ${pod.metadata.name}, asked for :${question.port}${question.path}, answered ${answer.status}`;
      log.untrusted(answer.body.slice(0, excerpt));
      return condemned(step, {
        reason,
        hint: "The pod says that it is ready but does not answer well. Look at its log, or set `probe` to the right path.",
      });
    }
    log.info(`Pod ${pod.metadata.name} answers ${answer.status} to :${question.port}${question.path}`);
  }
  return proof(work, step.color, "probed");
}

/** Runs the user's command with `PREVIEW_URL`, which leads to the preview pods in turn. */
export async function smoke(work: Work, step: Smoke): Promise<Done> {
  const { client, log, namespace, processes, smoke: command = "", service } = work.setting;
  const pods = previewPods(work, step.color).map((pod) => ({ namespace, name: pod.metadata.name }));
  await using tunnel = await client.portForward(pods, containerPort(work, step.color));
  const env = {
    PREVIEW_URL: `http://127.0.0.1:${tunnel.port}`,
    SERVICE: service,
    COLOR: step.color,
    REVISION: String(step.revision),
  };
  const timeout = Math.max(1, work.budget.left());
  const { exitCode, stdout, stderr, timedOut } = await processes.run({
    file: "bash",
    args: ["-eo", "pipefail", "-c", command],
    env,
    timeout,
    signal: work.signal,
  });
  log.untrusted([stdout, stderr].filter((text) => text !== "").join("\n"));
  if (exitCode === 0) return proof(work, step.color, "smoked");
  if (work.signal.aborted) return { evidence: {} };
  const reason = timedOut
    ? `The smoke command did not end within \`timeout\``
    : `The smoke command ended with exit code ${exitCode ?? "none"}`;
  return condemned(step, {
    reason: `${reason}, asked about ${step.color}`,
    hint: "Its output stands above; traffic was not switched.",
  });
}

function proof({ snapshot }: Work, color: Color, what: "probed" | "smoked"): Done {
  const replicaSet = expectedReplicaSet(color, snapshot);
  return { evidence: replicaSet === undefined ? {} : { [what]: replicaSet } };
}

function condemned(step: Probe | Smoke, why: { reason: string; hint: string }): Done {
  const { kind, color, revision } = step;
  return { evidence: { failure: { outcome: "failed", revision, color, step: kind, ...why } } };
}

function previewPods({ setting, snapshot }: Work, color: Color): readonly Pod[] {
  const expected = expectedReplicaSet(color, snapshot);
  return readyPods(snapshot, setting, color).filter((pod) => isOwnedBy(pod, expected));
}

interface Question {
  port: number;
  path: string;
  scheme: "http" | "https";
}

/** `probe` as given (`/path`, or `port/path`), else the first HTTP readiness probe. */
function questionFor(work: Work, color: Color): Question | undefined {
  const { probe: given } = work.setting;
  const probed = containersOf(work, color).find((container) => container.readinessProbe?.httpGet !== undefined);
  const own = probed?.readinessProbe?.httpGet;
  const scheme = own?.scheme === "HTTPS" ? "https" : "http";
  if (given !== undefined) {
    const [, port, path] = /^(\d*)(\/.*)$/.exec(given) ?? [];
    return {
      port: port === undefined || port === "" ? containerPort(work, color) : Number(port),
      path: path ?? "/",
      scheme,
    };
  }
  if (own === undefined || probed === undefined) return undefined;
  return { port: numberOfPort(own.port, [probed]), path: own.path ?? "/", scheme };
}

async function ask(
  { setting: { client, namespace } }: Work,
  pod: Pod,
  { port, path, scheme }: Question,
): Promise<ProxyAnswer | undefined> {
  const { name } = pod.metadata;
  try {
    return await client.proxyGet({
      kind: "pods",
      namespace,
      name: scheme === "https" ? `https:${name}` : name,
      port,
      path,
    });
  } catch (error) {
    if (isCutoverError(error, "not-found")) return undefined;
    if (!isCutoverError(error, "forbidden")) throw error;
    await using tunnel = await client.portForward([{ namespace, name }], port);
    const answer = await fetch(`${scheme}://127.0.0.1:${tunnel.port}${path}`, {
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
    });
    return { status: answer.status, body: (await answer.text()).slice(0, excerpt) };
  }
}

/** The port that the Service sends to, as a number. */
function containerPort(work: Work, color: Color): number {
  const { source } = work.setting;
  const rendered = source.kind === "manifests" ? source.rendered[color].service : undefined;
  const service: Service | undefined =
    work.snapshot.service ?? (rendered === undefined ? undefined : as("Service", rendered));
  const [port] = service?.spec.ports ?? [];
  return numberOfPort(port?.targetPort ?? port?.port ?? 80, containersOf(work, color));
}

function numberOfPort(port: number | string, containers: readonly Container[]): number {
  if (typeof port === "number") return port;
  const named = containers.flatMap((container) => container.ports ?? []).find((one) => one.name === port);
  if (named !== undefined) return named.containerPort;
  throw new CutoverError("rejected", `No container has a port named ${port}`, {
    hint: "Name the port in the pod template, or use its number.",
  });
}

function containersOf({ snapshot }: Work, color: Color): readonly Container[] {
  return snapshot.deployments[color]?.spec.template.spec.containers ?? [];
}
