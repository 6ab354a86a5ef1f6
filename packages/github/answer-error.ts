import { CutoverError, type WebAnswer } from "@cutover/release";
import { longestWait, waitOfLimit } from "./retry.ts";

/** What is asked, for people. */
interface Asked {
  readonly subject: string;
  readonly right: string;
}

/** The error that users see for an answer that is none. */
export function answerError(answer: WebAnswer, { subject, right }: Asked): CutoverError {
  const { status } = answer;
  const deed = `Cannot read ${subject}: GitHub answers ${status}${messageOf(answer.body)}`;
  // The time of day does not matter here, only whether this is a limit.
  if (waitOfLimit(answer, new Date(0)) !== undefined)
    return new CutoverError("unavailable", deed, {
      hint: `It was asked too much, and asks for more than ${longestWait / 1_000} s of patience; run it again later${resetOf(answer)}.`,
    });
  if (status === 401)
    return new CutoverError("unauthorized", deed, {
      hint: "Give a valid `github-token`; the default is the job's own.",
    });
  if (status === 403)
    return new CutoverError("forbidden", deed, { hint: `Give the job \`permissions: ${right}\` in the workflow.` });
  if (status === 404 || status === 422)
    return new CutoverError("not-found", deed, {
      hint: `See that it is in this repository; GitHub also says so of what the token may not read, and this needs \`permissions: ${right}\`.`,
    });
  return new CutoverError("unavailable", deed, {
    hint: "Run it again; https://www.githubstatus.com tells whether GitHub has trouble.",
  });
}

function messageOf(body: string): string {
  const found = /"message"\s*:\s*"((?:[^"\\]|\\.){1,200})/.exec(body)?.[1];
  return found === undefined ? "" : ` (${found})`;
}

function resetOf({ headers }: WebAnswer): string {
  const seconds = Number(headers["x-ratelimit-reset"]);
  return Number.isFinite(seconds) ? `, after ${new Date(seconds * 1_000).toISOString().slice(11, 16)} UTC` : "";
}
