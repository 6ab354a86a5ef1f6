import { isDeepStrictEqual } from "node:util";
import { at, type Json, type Request } from "./case.ts";
import { answerDifferences, type Difference, described } from "./difference.ts";
import { type Normalized, normalize } from "./normalize.ts";
import { undisturbed } from "./parts.ts";
import { operationsOf, type Sequence } from "./random-operations.ts";
import { filled, type Place } from "./run-case.ts";
import type { Answer } from "./target.ts";

/** Where two servers first answered differently in a sequence of operations. */
export interface Divergence {
  readonly sequence: Sequence;
  /** The operations up to the one that was answered differently, and nothing if only the state at the end differs. */
  readonly operations: readonly Request[];
  readonly real: Normalized;
  readonly sandbox: Normalized;
  readonly differences: readonly Difference[];
}

/** Runs a sequence on both servers. */
export async function diverges(sequence: Sequence, real: Place, sandbox: Place): Promise<Divergence | undefined> {
  const operations = operationsOf(sequence);
  const conversations = await Promise.all([real, sandbox].map((place) => run(operations, sequence, place)));
  const [expected, actual] = conversations.map((answers, side) => normalize(answers, side === 0 ? real : sandbox));
  if (isDeepStrictEqual(expected, actual)) return undefined;
  for (let index = 0; ; index += 1) {
    // Names are given in view of all that was said, so of later differences too.
    const [answer, other] = conversations.map((answers, side) =>
      normalize(answers.slice(0, index + 1), side === 0 ? real : sandbox).at(index),
    );
    if (answer === undefined || other === undefined) break;
    if (isDeepStrictEqual(answer, other)) continue;
    const found = answerDifferences(answer, other);
    return { sequence, operations: operations.slice(0, index + 1), real: answer, sandbox: other, differences: found };
  }
  return undefined;
}

/** What is needed to see it again. */
export function shown({ sequence, operations, differences: found }: Divergence): string {
  const { seed, index } = sequence;
  const requests = operations.map(({ method, path, type = "", body }) => {
    return `  ${method} ${path} ${type} ${body === undefined ? "" : JSON.stringify(body)}`;
  });
  const again = `again: node test/conformance/replay.ts ${seed} 2000 ${index}`;
  const title = `seed ${seed}, sequence ${index}, operation ${operations.length}; ${again}`;
  return [title, ...requests, ...found.map((one) => `  ${described(one)}`)].join("\n");
}

const plurals = ["configmaps", "secrets", "leases", "services", "deployments"];

/** The answers to all operations, and then what there is. */
async function run(operations: readonly Request[], { index }: Sequence, place: Place): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const known = new Map<string, { fresh: string; stale: string }>();
  for (const operation of operations) {
    const request = filled(versioned(operation, known), place, answers);
    const answer = await place.target.send(request);
    remember(known, operation, answer);
    answers.push(answer);
  }
  for (const plural of plurals) {
    const list = filled({ method: "GET", path: `${plural}?labelSelector=seq%3D${index}` }, place, answers);
    answers.push(await place.target.send(list));
  }
  return answers.map(calmed);
}

const unknown = { fresh: "1", stale: "1" };

function versioned(operation: Request, known: ReadonlyMap<string, { fresh: string; stale: string }>): Request {
  const { fresh, stale } = known.get(pathOf(operation)) ?? unknown;
  if (operation.body === undefined) return operation;
  const body = JSON.stringify(operation.body).replaceAll("{fresh}", fresh).replaceAll("{stale}", stale);
  return { ...operation, body };
}

function pathOf({ method, path, body }: Request): string {
  const name = method === "POST" ? `/${String(at(body as Json, "metadata.name"))}` : "";
  return `${path.split("?")[0]}${name}`;
}

function remember(
  known: Map<string, { fresh: string; stale: string }>,
  operation: Request,
  { code, body }: Answer,
): void {
  const path = pathOf(operation);
  const version = at(body, "metadata.resourceVersion");
  if (code >= 300 || typeof version !== "string" || version === "" || at(body, "kind") === "Status") return;
  const { fresh, stale } = known.get(path) ?? unknown;
  known.set(path, { fresh: version, stale: version === fresh ? stale : fresh });
}

/** The controllers have their say in a Deployment at any time. */
function calmed(answer: Answer): Answer {
  const { body } = answer;
  const kind = at(body, "kind");
  if (kind === "Deployment" || kind === "Scale") return { ...answer, body: undisturbed(body) };
  const items = at(body, "items");
  if (kind !== "DeploymentList" || !Array.isArray(items)) return answer;
  return { ...answer, body: { kind, items: items.map(undisturbed) } };
}
