import { type CommitCheck, commitChecks as read } from "@cutover/github";
import { type Check, type Finding, fail, pass, skip, type World } from "../check.ts";
import { type Origin, originOf } from "../github.ts";

/** Milliseconds between two looks at checks that are not done. */
const lookEvery = 10_000;

/** What is released is what was tested: everything that was to say so of this very commit does. */
export const commitChecks: Check = {
  id: "commit-checks",
  title: "The commit's checks are green",
  run: async (world) => {
    const { inputs, runner, signal } = world;
    if (inputs.commitChecks === undefined) return skip("No `commit-checks` are given");
    const origin = originOf(world);
    for (;;) {
      const judged = judge(await asked(origin, world), inputs.commitChecks);
      const isToWait = inputs.commitChecksPending === "wait" && judged.pending.length > 0 && judged.red.length === 0;
      if (!isToWait || signal.aborted) return found(judged, origin, inputs.commitChecksPending);
      runner.log.info(`Waiting for checks of ${origin.commit.slice(0, 7)}: ${judged.pending.map(named).join(", ")}`);
      await runner.clock.sleep(lookEvery, signal);
    }
  },
};

interface Judged {
  readonly green: readonly CommitCheck[];
  readonly red: readonly CommitCheck[];
  readonly pending: readonly CommitCheck[];
  /** Wanted, and nobody has said it. */
  readonly missing: readonly string[];
}

function asked({ github, commit, run, workflow }: Origin, { inputs }: World): Promise<readonly CommitCheck[]> {
  return read(github, { commit, run, workflow, events: inputs.commitChecksEvents });
}

function judge(all: readonly CommitCheck[], wanted: readonly string[]): Judged {
  const matches = (check: CommitCheck) => wanted.some((pattern) => fits(check, pattern));
  const chosen = all.filter(matches);
  const isThere = (pattern: string) => chosen.some((check) => !check.isRun && fits(check, pattern));
  const missing = wanted.filter((pattern) => !isThere(pattern));
  // A job that waits for others has no check yet: it may still come of a workflow that runs.
  const running = missing.length === 0 ? [] : all.filter(({ isRun, state }) => isRun && state === "pending");
  const of = (state: CommitCheck["state"]) => chosen.filter((check) => check.state === state);
  const pending = [...new Set([...of("pending"), ...running])];
  return { green: of("green"), red: of("red"), pending, missing: running.length === 0 ? missing : [] };
}

/** `*` is everything but this workflow's own earlier runs: a release that failed says nothing of its commit. */
function fits({ name, isOwn }: CommitCheck, pattern: string): boolean {
  if (pattern === "*") return !isOwn;
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
}

function found(
  { green, red, pending, missing }: Judged,
  { commit }: Origin,
  policy: "fail" | "wait" | "ignore",
): Finding {
  const short = commit.slice(0, 7);
  const bad = [
    ...red.map((check) => `${named(check)} says ${check.said} of ${short}${check.url && `: ${check.url}`}`),
    ...missing.map((pattern) => (pattern === "*" ? `Nothing has checked ${short}` : `No check ${pattern} of ${short}`)),
  ];
  const open = pending.map(named).join(", ");
  if (open !== "" && policy !== "ignore") bad.push(`Not done for ${short}: ${open}`);
  if (bad.length > 0) return fail(bad.join("\n"), remedyFor({ red, missing }, policy));
  const rest = open === "" ? "" : `, and not waited for: ${open}`;
  return pass(`${green.length} of ${short} green: ${green.map(named).join(", ")}${rest}`);
}

function remedyFor({ red, missing }: Pick<Judged, "red" | "missing">, policy: string): string {
  if (red.length > 0) return "Release a commit whose checks are green, or run them again where they failed by chance.";
  if (missing.length > 0)
    return "See that it runs for this commit (scheduled runs do not count; `commit-checks-events` says which do), and how it is called there.";
  return policy === "wait"
    ? "Raise `timeout`."
    : "Wait until they are done, or let `commit-checks-pending: wait` do so.";
}

function named({ name, by }: CommitCheck): string {
  return name === by ? name : `${name} (${by.replace(".github/workflows/", "")})`;
}
