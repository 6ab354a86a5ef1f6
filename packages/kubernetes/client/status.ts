import { CutoverError, type ErrorCode } from "@cutover/release";
import * as z from "zod";

export interface StatusCause {
  reason: string;
  message: string;
  /** Path of the field, such as `.spec.replicas`. */
  field: string;
}

/** What the API server answered instead of what was asked for: the `cause` of the error thrown for it. */
export class ServerAnswer extends Error {
  override readonly name = "ServerAnswer";
  readonly status: number;
  /** `Status.reason`, such as `AlreadyExists`. */
  readonly reason: string | undefined;
  readonly causes: readonly StatusCause[];
  /** Name of the object that it is about, if it is about one. */
  readonly about: string | undefined;

  constructor(
    status: number,
    message: string,
    details: { reason?: string | undefined; causes?: readonly StatusCause[]; about?: string | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.reason = details.reason;
    this.causes = details.causes ?? [];
    this.about = details.about;
  }
}

/** What was being done, in the words of messages. */
export interface Deed {
  verb: string;
  /** Such as `Service shop in namespace prod`. */
  subject: string;
}

const statusSchema = z.object({
  kind: z.literal("Status"),
  message: z.string().optional(),
  reason: z.string().optional(),
  code: z.number().optional(),
  details: z
    .object({
      name: z.string().optional(),
      causes: z
        .array(
          z.object({ reason: z.string().default(""), message: z.string().default(""), field: z.string().default("") }),
        )
        .nullish(),
    })
    .nullish(),
});

/** Longest part of a server's message that is repeated. */
const messageLimit = 2_000;

/** Reads a `Status` out of an answer's body; an answer that is none keeps its first line. */
export function readAnswer(status: number, json: unknown, text = ""): ServerAnswer {
  const parsed = statusSchema.safeParse(json);
  if (!parsed.success) {
    const firstLine = text.trim().split("\n", 1)[0]?.slice(0, 200) ?? "";
    return new ServerAnswer(status, firstLine === "" ? `HTTP ${status}` : `HTTP ${status}: ${firstLine}`);
  }
  const { message, reason, code, details } = parsed.data;
  const said = (message ?? reason ?? `HTTP ${status}`).slice(0, messageLimit);
  return new ServerAnswer(code ?? status, said, { reason, causes: details?.causes ?? [], about: details?.name });
}

/** Whether an answer is a `Status` of the API server itself and not of something that it proxies. */
export function isStatus(json: unknown): boolean {
  return statusSchema.safeParse(json).success;
}

/**
 * Whether a 404 says of no object that it is not there, but that the server knows no such path: it has only just started, it
 * does not serve that kind, or it is no API server. Nothing may be concluded from it.
 */
export function isUnserved({ status, text }: { status: number; text: string }): boolean {
  if (status !== 404) return false;
  return readAnswer(status, parse(text)).about === undefined;
}

/** Whether a proxied request failed on its way to the pod or Service. */
export function isUnreached(text: string): boolean {
  return text.includes('"error trying to reach service');
}

/**
 * Whether a 5xx that came through the API server's proxy is not the pod's own: a `Status`, or from a gateway before the API
 * server, which names each of its answers, passed on or not (apiserver/pkg/endpoints/filters/audit_init.go).
 */
export function isServersOwn({ status, headers, text }: { status: number; headers: object; text: string }): boolean {
  return status >= 500 && (!("audit-id" in headers) || isStatus(parse(text)));
}

/** JSON, or `undefined` where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error that users see for a server's refusal. */
export function answerError(answer: ServerAnswer, deed: Deed): CutoverError {
  const code = codeOf(answer);
  const hint = hintFor(code, answer, deed);
  return new CutoverError(code, `Cannot ${deed.verb} ${deed.subject}: ${answer.message}`, { hint, cause: answer });
}

/** Whether `error` says that this very object is not there, and not that the server knows no such path. */
export function isAbsence(error: unknown): boolean {
  const answer = serverAnswer(error);
  return answer?.status === 404 && answer.about !== undefined;
}

/** `Status.reason` of the answer that `error` was thrown for, such as `AlreadyExists` or `Conflict`. */
export function statusReason(error: unknown): string | undefined {
  return serverAnswer(error)?.reason;
}

/** Fields that other managers own, of a server-side apply that was refused; empty for any other error. */
export function fieldConflicts(error: unknown): readonly { manager: string; field: string }[] {
  const causes = serverAnswer(error)?.causes ?? [];
  return causes
    .filter((cause) => cause.reason === "FieldManagerConflict")
    .map(({ message, field }) => ({ field, manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? message }));
}

function serverAnswer(error: unknown): ServerAnswer | undefined {
  if (error instanceof ServerAnswer) return error;
  return error instanceof Error ? serverAnswer(error.cause) : undefined;
}

/**
 * A server-side apply of a field that no schema knows is answered with 500, though no second try will go better:
 * the API server makes the error before it looks at what kind of error it is.
 */
export function isRefusedIntent(text: string): boolean {
  return text.includes("failed to create typed patch object");
}

/** Whether a failure of the server came before it stored anything: it could not read the intent, or ask an admission webhook. */
export function isBeforeCommit(text: string): boolean {
  return isRefusedIntent(text) || text.includes("failed calling webhook");
}

function codeOf({ status, message }: ServerAnswer): ErrorCode {
  if (isRefusedIntent(message)) return "rejected";
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  if (status === 409 || status === 410) return "conflict";
  if (status === 408 || status === 429 || status >= 500) return "unavailable";
  return "rejected";
}

function hintFor(code: ErrorCode, answer: ServerAnswer, { verb }: Deed): string {
  switch (code) {
    case "unauthorized":
      return "Give a kubeconfig whose credentials are valid now: this one's token or certificate is wrong or has expired.";
    case "forbidden":
      return / cannot \S+ resource /.test(answer.message)
        ? `Give this user a Role that allows "${verb}" there, and a RoleBinding.`
        : "A rule of the cluster (admission policy or quota) refuses it: ask whoever keeps the cluster.";
    case "not-found":
      return "Check name, namespace and context.";
    case "conflict":
      return conflictHint(answer);
    case "rejected":
      // All that a server says of a JSON patch whose `test` does not hold.
      if (/^the server rejected our request due to an error in our request/.test(answer.message)) {
        return "The object is not as the patch expects it; read it again.";
      }
      return "Change the object as the message says.";
    default:
      if (answer.message.includes("failed calling webhook")) {
        return "An admission webhook of the cluster does not answer, so nothing was written: ask whoever keeps it.";
      }
      return "Run it again; if it stays so, ask whoever keeps the cluster.";
  }
}

function conflictHint({ status, reason, causes }: ServerAnswer): string {
  if (status === 410) return "expired";
  if (reason === "AlreadyExists") return "Somebody else has created it.";
  if (causes.length > 0) return "Leave these fields out of what is applied, or take them from their manager.";
  return "Somebody else has changed it meanwhile; read it again.";
}
