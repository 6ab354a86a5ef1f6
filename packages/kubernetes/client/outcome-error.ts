import { CutoverError } from "@cutover/release";
import type { ApiRequest } from "./caller.ts";
import { LostAnswer } from "./lost-answer.ts";
import { answerError, type Deed, isBeforeCommit, parse, readAnswer } from "./status.ts";
import type { Outcome } from "./transport.ts";

/** The error that users see for a request that failed for good. */
export function outcomeError(outcome: Outcome, request: ApiRequest, server: string): CutoverError {
  const deed = `Cannot ${request.verb} ${request.subject}`;
  if (outcome.kind === "answer") return statusError(outcome, request, server);
  const why = describe(outcome.cause);
  if (outcome.kind === "unsent") {
    const hint =
      "Check the server in the kubeconfig, that it is up, and that this machine may reach it (network, firewall, proxy).";
    return new CutoverError("unreachable", `${deed}: no connection to ${server}: ${why}`, {
      hint,
      cause: outcome.cause,
    });
  }
  if (!request.repeatable) return unknownResult(`${deed}: ${server} did not answer: ${why}`, request, outcome.cause);
  if (request.signal?.aborted === true) return abortError(request.signal, request);
  const hint = "Run it again; if it stays so, ask whoever keeps the cluster.";
  return new CutoverError("unavailable", `${deed}: ${server} did not answer: ${why}`, { hint, cause: outcome.cause });
}

/** The error of the signal's owner if it is one of ours, else `timed-out`. */
export function abortError(signal: AbortSignal, { verb, subject }: Deed): CutoverError {
  if (signal.reason instanceof CutoverError) return signal.reason;
  const hint = "Give more time with the input `timeout`.";
  return new CutoverError("timed-out", `No time left to ${verb} ${subject}`, { hint, cause: signal.reason });
}

function statusError(outcome: Outcome & { kind: "answer" }, request: ApiRequest, server: string): CutoverError {
  const { status, headers, text } = outcome;
  if (status >= 300 && status < 400) return redirectError(request, server, headers.location);
  if (status < 300) return strangerError(outcome, request, server);
  const answer = readAnswer(status, parse(text), text);
  const mayHaveHappened = (status >= 500 || status === 408) && status !== 501 && !isBeforeCommit(answer.message);
  if (mayHaveHappened && !request.repeatable)
    return unknownResult(`Cannot ${request.verb} ${request.subject}: ${answer.message}`, request, answer);
  return answerError(answer, request);
}

/** A good status without JSON: a login page or the like. */
function strangerError({ headers }: Outcome & { kind: "answer" }, request: ApiRequest, server: string): CutoverError {
  const message = `Cannot ${request.verb} ${request.subject}: ${server} answers with ${headers["content-type"]}, so it is no API server`;
  if (!request.repeatable) return unknownResult(message, request, new Error(message));
  return new CutoverError("unreachable", message, {
    hint: "Name the API server itself in the kubeconfig, and check proxies.",
  });
}

function unknownResult(message: string, { verb, subject }: ApiRequest, cause: Error): CutoverError {
  const hint = "Whether it happened is not known. Run the action again: it looks before it writes.";
  const lost = new LostAnswer(`the answer to ${verb} ${subject} was lost`, { cause });
  return new CutoverError("unavailable", `${message}; the result is unknown`, { hint, cause: lost });
}

function redirectError(
  { verb, subject }: ApiRequest,
  server: string,
  location: string | string[] | undefined,
): CutoverError {
  const target =
    typeof location === "string" && URL.canParse(location, server) ? new URL(location, server).origin : "nowhere";
  return new CutoverError(
    "unreachable",
    `Cannot ${verb} ${subject}: ${server} redirects to ${target}, and redirects are not followed`,
    {
      hint: "Name the API server itself in the kubeconfig; a login page or a proxy seems to answer instead.",
    },
  );
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the name server does not answer",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "no route to the network",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer in time",
  UND_ERR_BODY_TIMEOUT: "the answer stalled",
  UND_ERR_SOCKET: "connection closed",
};

function describe(cause: Error): string {
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return words[code] ?? (cause.message === "" ? code || cause.name : cause.message);
}
