import { type Clock, CutoverError, formatDuration, isCutoverError, type Web, type WebAnswer } from "@cutover/release";
import type * as z from "zod";
import { answerError } from "./answer-error.ts";
import { waitBeforeRetry } from "./retry.ts";

/** Where GitHub is, and who asks. */
export interface GitHubAccess {
  /** Address of its API: `https://api.github.com`, or `https://github.example/api/v3`. */
  readonly api: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string | undefined;
}

/** The ports that it is reached through. */
export interface GitHubWorld {
  readonly web: Web;
  readonly clock: Clock;
  /** Ends waiting. */
  readonly signal: AbortSignal;
}

/** What is asked of the repository. */
export interface Question<S extends z.ZodType> {
  /** Below the repository's own: `/actions/runs/5/approvals`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly schema: S;
  /** What is read, for messages: `the check runs of 0123abc`. */
  readonly subject: string;
  /** The permission of the job that it needs: `checks: read`. */
  readonly right: string;
}

/** The REST API of GitHub, for one repository, read only. Rate limits and passing faults are waited out. */
export interface GitHub {
  /** One answer. @throws `unauthorized`, `forbidden` with the permission that lacks, `not-found`, `unavailable`, `unreachable` */
  one<S extends z.ZodType>(question: Question<S>): Promise<z.output<S>>;
  /** Every page of a list. @throws like `one` */
  pages<S extends z.ZodType>(question: Question<S>): Promise<readonly z.output<S>[]>;
}

/** Milliseconds for one answer. */
const longestAnswer = 15_000;
/** A hundred check runs, each with as much text as GitHub allows. */
const longestBody = 16 * 1024 * 1024;
/** More of a list is no list of one commit. */
const mostPages = 100;

/** Asks nothing yet. */
export function createGitHub({ api, repository, token }: GitHubAccess, world: GitHubWorld): GitHub {
  const base = api.replace(/\/+$/, "");
  const headers = {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const ask = (url: string) => patiently({ url, headers }, world);
  const first = ({ path, query = {} }: Question<z.ZodType>) =>
    `${base}/repos/${repository}${path}${Object.keys(query).length === 0 ? "" : `?${new URLSearchParams(query)}`}`;
  return {
    async one(question) {
      return read(await ask(first(question)), question);
    },
    async pages(question) {
      const query = { ...question.query, per_page: "100" };
      const all = [];
      let url: string | undefined = first({ ...question, query });
      while (url !== undefined) {
        if (all.length === mostPages) throw tooLong(question);
        const answer: WebAnswer = await ask(url);
        all.push(read(answer, question));
        url = nextPage(answer, base);
      }
      return all;
    },
  };
}

async function patiently(
  request: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  { web, clock, signal }: GitHubWorld,
): Promise<WebAnswer> {
  // What is said to a loopback address travels nowhere.
  const allowHttp = /^(127\.0\.0\.1|localhost)$/.test(URL.parse(request.url)?.hostname ?? "");
  for (let tries = 0; ; tries += 1) {
    const asked = web.ask({ ...request, timeout: longestAnswer, longest: longestBody, signal, allowHttp });
    const outcome = await asked.catch((error: unknown) => {
      if (isCutoverError(error, "unreachable")) return error;
      throw error;
    });
    const wait = waitBeforeRetry(outcome, tries, clock.date());
    if (wait === undefined || signal.aborted) {
      if (outcome instanceof CutoverError) throw outcome;
      return outcome;
    }
    await clock.sleep(wait, signal);
  }
}

function read<S extends z.ZodType>(answer: WebAnswer, question: Question<S>): z.output<S> {
  if (answer.status !== 200) throw answerError(answer, question);
  const parsed = question.schema.safeParse(json(answer.body));
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join(".") || "it";
  throw new CutoverError(
    "unavailable",
    `GitHub's answer on ${question.subject} is not as its API has it: ${place} (${answer.body.length} characters in ${formatDuration(answer.ms)})`,
    { hint: "See that `GITHUB_API_URL` is the address of GitHub's REST API, and that no proxy answers for it." },
  );
}

function tooLong({ subject }: Question<z.ZodType>): CutoverError {
  return new CutoverError("unavailable", `GitHub has more than ${mostPages} pages of ${subject}`, {
    hint: "See why there are so many; what was not read cannot be judged.",
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only at the server that was asked: the token goes along. */
function nextPage({ headers: { link = "" } }: WebAnswer, base: string): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1];
  return next !== undefined && URL.parse(next)?.origin === URL.parse(base)?.origin ? next : undefined;
}
