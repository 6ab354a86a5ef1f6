import { at, type Case, type Json, type Request, type Step } from "./case.ts";
import { type Normalized, normalize } from "./normalize.ts";
import type { Answer, Target } from "./target.ts";

/** Where cases run. */
export interface Place {
  readonly target: Target;
  readonly namespace: string;
  /** References of the images `{image:NAME}`. */
  readonly images: Readonly<Record<string, string>>;
  /** Lets so many milliseconds pass before something is asked again. */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** Runs the steps of a case, removes what they created, and returns the answers that are to be compared. */
export async function runCase({ steps }: Case, place: Place): Promise<readonly Normalized[]> {
  const answers: Answer[] = [];
  const created = new Set<string>();
  try {
    for (const step of steps) {
      const request = filled(step, place, answers);
      const answer = await send(place, request, step);
      if (step.quiet && step.method === "POST" && answer.code !== 201) throw new Error(JSON.stringify(answer.body));
      answers.push(answer);
      for (const path of madeBy(request, answer)) created.add(path);
    }
  } finally {
    for (const path of [...created].reverse()) await cleanUp(place, path);
  }
  return normalize(answers, place).map((answer, index) => shown(answer, steps[index]));
}

/** A change of a controller takes seconds at most, and a minute where an image must be given up. */
const longest = 60_000;

/** What is slow is asked less often. */
const next = (waited: number): number => 10 + Math.floor(waited / 4);

async function send({ target, pause }: Place, request: Request, step: Step): Promise<Answer> {
  for (let waited = 0; ; waited += next(waited)) {
    const answer = await target.send(request, step.events);
    if (step.until === undefined || step.until(answer.body)) return answer;
    if (waited > longest) throw new Error(`${request.path} never settled: ${JSON.stringify(answer.body)}`);
    await pause(next(waited));
  }
}

function shown({ code, headers, body }: Normalized, step: Step | undefined): Normalized {
  if (step?.quiet) return { code };
  const picked = step?.pick === undefined || body === undefined ? body : step.pick(body);
  const part: Json = JSON.parse(JSON.stringify(picked ?? null));
  return { code, ...(headers === undefined ? {} : { headers }), body: part };
}

/** The request with its placeholders replaced. */
export function filled(step: Request, { namespace, images }: Place, answers: readonly Answer[]): Request {
  const value = (_: string, index: string, path: string): string => {
    const found = at(answers[Number(index)]?.body, path);
    if (found === undefined)
      throw new Error(`Answer ${index} has no ${path}: ${JSON.stringify(answers[Number(index)])}`);
    return typeof found === "string" ? found : JSON.stringify(found);
  };
  const fill = (text: string): string =>
    text
      .replaceAll("{ns}", namespace)
      .replace(/\{image:([\w-]+)\}/g, (whole, name: string) => images[name] ?? whole)
      .replace(/"\{(\d+)\.([\w.]+)!\}"/g, value)
      .replace(/\{(\d+)\.([\w.]+)\}/g, value);
  const { body } = step;
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return {
    ...step,
    path: fill(step.path.startsWith("/") ? step.path : namespaced(step.path)),
    ...(text === undefined ? {} : { body: fill(text) }),
  };
}

const groupOf: Readonly<Record<string, string>> = {
  deployments: "apps/v1",
  replicasets: "apps/v1",
  statefulsets: "apps/v1",
  controllerrevisions: "apps/v1",
  jobs: "batch/v1",
  cronjobs: "batch/v1",
  horizontalpodautoscalers: "autoscaling/v2",
  poddisruptionbudgets: "policy/v1",
  leases: "coordination.k8s.io/v1",
  endpointslices: "discovery.k8s.io/v1",
};

function namespaced(path: string): string {
  const group = groupOf[path.split(/[/?]/, 1)[0] ?? ""];
  return `${group === undefined ? "/api/v1" : `/apis/${group}`}/namespaces/{ns}/${path}`;
}

/** Paths of the objects that a request has created. */
function madeBy({ method, path }: Request, { code, body }: Answer): string[] {
  const [bare = "", query = ""] = path.split("?");
  if (code !== 201 || query.includes("dryRun")) return [];
  if (method === "PATCH") return [bare];
  const name = at(body, "metadata.name");
  return typeof name === "string" && method === "POST" ? [`${bare}/${name}`] : [];
}

async function cleanUp({ target, pause }: Place, path: string): Promise<void> {
  const gone = async (): Promise<boolean> => (await target.send({ method: "GET", path })).code === 404;
  const isNamespace = /^\/api\/v1\/namespaces\/[^/]+$/.test(path);
  await target.send({ method: "DELETE", path: `${path}?gracePeriodSeconds=0&propagationPolicy=Background` });
  if (await gone()) return;
  const free = { metadata: { finalizers: null } };
  await target.send({ method: "PATCH", path, body: free, type: "application/merge-patch+json" });
  // Its end takes seconds; no other case uses its name.
  if (isNamespace) return;
  for (let waited = 0; !(await gone()); waited += next(waited)) {
    if (waited > longest) throw new Error(`${path} cannot be removed`);
    await pause(next(waited));
  }
}
