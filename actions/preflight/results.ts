import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ActionResult, Runner } from "@cutover/action-kit";
import { type CheckResult, jointVerdict, otherColor, type PreflightReport, worstFirst } from "@cutover/release";
import { renderPreflight, renderPreflightSummary } from "@cutover/report";
import { standing } from "../release/standing.ts";
import type { World } from "./check.ts";
import { platforms } from "./checks/platforms.ts";
import type { contract } from "./contract.ts";
import { node, platformsFor } from "./node-room.ts";

type Outputs = (typeof contract)["outputs"];

/** Outputs, summary, report and log of what was found, and whether the step fails by it. */
export async function preflightResult(
  found: readonly CheckResult[],
  world: World,
  startedAt: Date,
): Promise<ActionResult<Outputs>> {
  const { runner, inputs } = world;
  const results = worstFirst(found);
  const verdict = jointVerdict(results);
  const sentence = sentenceOn(results);
  const report = reportOf(world, { results, verdict, sentence, startedAt: startedAt.getTime() });
  for (const result of results) runner.log.info(line(result));
  runner.addSummary(renderPreflightSummary(report));
  const outputs = {
    verdict,
    summary: sentence,
    results: results.map((result) => ({ ...result })),
    ...(await stateOf(world)),
    platforms: results.some(({ id }) => id === platforms.id) ? await platformsOf(world) : undefined,
    ...(await written(report, runner)),
  };
  const isBad = verdict === "fail" || (verdict === "warn" && inputs.failOn === "warn");
  return isBad ? { outputs, failure: failureOf(results, sentence) } : { outputs };
}

function line({ verdict, title, evidence, remedy, id }: CheckResult): string {
  const advice = remedy === undefined || verdict === "pass" ? "" : `\n      What to do: ${indented(remedy)}`;
  return `${verdict.padEnd(5)} ${title} (${id}): ${indented(evidence)}${advice}`;
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n      ");
}

/** `2 of 9 checks failed: rights, lock`, the worst thing that there is to say. */
function sentenceOn(results: readonly CheckResult[]): string {
  const of = (...verdicts: readonly CheckResult["verdict"][]) =>
    results.filter((one) => verdicts.includes(one.verdict));
  const made = results.length - of("skip").length;
  const names = (some: readonly CheckResult[]) => some.map(({ id }) => id).join(", ");
  const [bad, doubtful] = [of("fail", "error"), of("warn")];
  if (bad.length > 0) return `${bad.length} of ${made} checks failed: ${names(bad)}`;
  if (doubtful.length > 0) return `${made} checks passed, ${doubtful.length} with a warning: ${names(doubtful)}`;
  return `All ${made} checks passed`;
}

function failureOf(results: readonly CheckResult[], sentence: string) {
  const isTold = results.filter(({ verdict }) => verdict !== "pass" && verdict !== "skip");
  const [worst] = isTold;
  const lines = isTold.map(({ title, evidence }) => `  ${title}: ${evidence.split("\n", 1)[0]}`);
  return { message: [sentence, ...lines].join("\n"), hint: worst?.remedy };
}

async function stateOf({ facts, inputs }: World): Promise<ActionResult<Outputs>["outputs"]> {
  const looks = await facts.looks().catch(() => []);
  const [only] = looks;
  if (only === undefined || inputs.service.length > 1) return {};
  const { color, revision, images, ...rest } = standing(only.observed);
  const nextColor = color === undefined ? "blue" : otherColor(color);
  const state = { version: 1, service: only.observed.service.name, color, revision, images, ...rest };
  return { color, revision, nextColor, previousImages: images, state };
}

async function platformsOf({ facts }: World): Promise<string | undefined> {
  const [candidates, nodes] = await Promise.all([facts.candidates(), facts.allIfAllowed(node)]).catch(() => []);
  const pods = (candidates ?? []).map(({ pod }) => pod);
  return nodes === undefined ? undefined : platformsFor(pods, nodes).join(",");
}

function reportOf(
  { runner, client, namespace, inputs }: World,
  found: Pick<PreflightReport, "results" | "verdict" | "sentence" | "startedAt">,
): PreflightReport {
  const { actor, runUrl, commit } = runner.identity;
  const finishedAt = runner.clock.date().getTime();
  return { ...found, services: inputs.service, namespace, server: client.server, actor, runUrl, commit, finishedAt };
}

async function written(report: PreflightReport, { temp, log }: Runner): Promise<{ report?: string }> {
  const path = join(temp, `cutover-preflight-${report.namespace}-${report.services.join("-").slice(0, 100)}.html`);
  try {
    await writeFile(path, renderPreflight(report));
    return { report: path };
  } catch (error) {
    log.warning(`The report could not be written to ${path}: ${String(error)}`);
    return {};
  }
}
