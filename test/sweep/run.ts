/**
 * run.ts [--only PATH]: every point of every sweep but of those that run only by name; or those of any whose names begin with
 * PATH, such as `crash/good-release` or `crash/good-release/17/after-commit/rollback`. Ends with 1 if anything was wrong, and
 * says how to see it again.
 */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { bundledStub } from "../bundled-stub.ts";
import { nextOf } from "./hearing.ts";
import { seed } from "./sweep.ts";
import { sweeps } from "./table.ts";

interface Job {
  readonly sweep: string;
  readonly group: string;
  readonly only: string;
}

interface Report {
  readonly points: number;
  readonly seconds: number;
  /** Of a core, in this thread: what processes take is none of it. */
  readonly busy: number;
  readonly problems: readonly { point: string; problem: string }[];
  readonly told: string | undefined;
}

/** Breaches of one group that are shown whole: they mostly have one cause. */
const shown = 3;

if (isMainThread) await sweepAll();
else parentPort?.on("message", async (job: Job) => parentPort?.postMessage(await carryOut(job)));

async function carryOut({ sweep: name, group, only }: Job): Promise<Report> {
  const started = performance.now();
  const sweep = sweeps.find((one) => one.name === name);
  if (sweep === undefined) throw new Error(`There is no sweep ${name}`);
  const problems: { point: string; problem: string }[] = [];
  const path = `${name}/${group}`;
  const unless = async <T>(point: string, work: Promise<T>): Promise<T | undefined> =>
    await work.catch((error: unknown) => {
      problems.push({ point, problem: textOf(error) });
      return undefined;
    });
  const opened = await unless(path, sweep.open(group));
  const among = (opened?.points ?? []).filter((point) => isWithin(`${path}/${point}`, only));
  // A point that was drawn some other time may be asked for too.
  const isOther = opened !== undefined && among.length === 0 && only.startsWith(`${path}/`);
  const wanted = isOther ? [only.slice(path.length + 1)] : among;
  const waiting = [...wanted];
  const lane = async (): Promise<void> => {
    for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) {
      const problem = await unless(`${path}/${point}`, opened?.run(point) ?? Promise.resolve(undefined));
      if (problem !== undefined) problems.push({ point: `${path}/${point}`, problem });
    }
  };
  await Promise.all(Array.from({ length: opened?.abreast ?? 1 }, lane));
  const points = Math.max(wanted.length, problems.length);
  const { user, system } = process.threadCpuUsage();
  const busy = (user + system) / 1_000_000;
  return { points, seconds: (performance.now() - started) / 1_000, busy, problems, told: opened?.told?.() };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Whether a path of names lies below another, or above it. */
function isWithin(path: string, only: string): boolean {
  return only === "" || `${path}/`.startsWith(`${only}/`) || `${only}/`.startsWith(`${path}/`);
}

async function sweepAll(): Promise<void> {
  console.log(`seed ${seed}`);
  const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
  const asked = sweeps.filter(({ isByName }) => isByName !== true || values.only !== "");
  const all = asked.flatMap(({ name, groups }) => groups.map((group) => ({ sweep: name, group, only: values.only })));
  const jobs = all.filter(({ sweep, group }) => isWithin(`${sweep}/${group}`, values.only));
  // Once, before workers that need it start side by side.
  await bundledStub("index");
  const waiting = [...jobs];
  const reports = new Map<Job, Report>();
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      // One for each: what thousands of clusters leave in memory goes with it.
      const worker = new Worker(import.meta.filename);
      worker.postMessage(job);
      const report = await nextOf<Report>(worker);
      await worker.terminate();
      reports.set(job, report);
      tell(job, report);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs.length, availableParallelism()) }, work));
  close([...reports.values()]);
}

function tell({ sweep, group }: Job, { points, seconds, busy, problems, told }: Report): void {
  const time = `${seconds.toFixed(1)} s, busy for ${busy.toFixed(1)} s`;
  const found = [`${points} points in ${time}`, `${problems.length} breaches`, told ?? []].flat();
  console.log(`${sweep}/${group}: ${found.join(", ")}`);
  for (const [index, { point, problem }] of problems.entries()) {
    if (index < shown) console.log(`\n${problem}`);
    console.log(`Again: npm run test:sweep -- --only '${point}'`);
  }
}

/** The counts that CI collects. No point at all would prove nothing, so that is a failure. */
function close(reports: readonly Report[]): void {
  const points = reports.reduce((sum, report) => sum + report.points, 0);
  const failed = reports.reduce((sum, { problems }) => sum + problems.length, 0);
  if (points === 0) console.log("There is no such point");
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1_000_000;
  console.log(`${(own + ofChildren()).toFixed(0)} s of processors, ${ofChildren().toFixed(0)} s of them in processes`);
  console.log(`ℹ tests ${points}\nℹ pass ${points - failed}\nℹ fail ${failed}\nℹ skipped 0`);
  if (points === 0 || failed > 0) process.exitCode = 1;
}

/** Seconds of processors of all child processes that have ended; 0 where nobody counts them. */
function ofChildren(): number {
  if (process.platform !== "linux") return 0;
  // Behind the name in brackets come user and system time as 14th and 15th, in hundredths (proc_pid_stat(5)).
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
