import { STATUS_CODES } from "node:http";
import type { Answer } from "../api/exchange.ts";
import type { JsonObject } from "../json.ts";
import { ApiError } from "../status.ts";
import type { What } from "./fault.ts";

export interface AnswerOptions {
  /** `Status.reason`, such as `AlreadyExists`; the usual one of the code if not given. */
  readonly reason?: string;
  readonly message?: string;
  /** Seconds, or an HTTP date as text. */
  readonly retryAfter?: number | string;
  /** A page of a load balancer and no `Status`. */
  readonly isHtml?: boolean;
  /** The request is carried out all the same. */
  readonly afterCommit?: boolean;
}

/** Answers with this code instead of what was asked for. */
export function answer(code: number, options: AnswerOptions = {}): What {
  const { reason, afterCommit = false, isHtml = false, retryAfter } = options;
  const words = [code, reason, isHtml ? "as HTML" : "", retryAfter === undefined ? "" : `Retry-After ${retryAfter}`];
  return {
    name: [`answer ${words.filter(Boolean).join(" ")}`, afterCommit ? "after-commit" : ""].join(" ").trim(),
    act: async ({ carryOut, exchange: { response } }) => {
      if (afterCommit) await carryOut();
      // A load balancer answers without the API server.
      if (isHtml) response.removeHeader("Audit-Id");
      return isHtml ? page(code, options) : refusal(code, options);
    },
  };
}

/** An admission webhook that says no (apiserver/pkg/admission/plugin/webhook/errors/statuserror.go); default code 400. */
export function webhookDenial(webhook: string, why: string, code = 400): What {
  const reason = code === 403 ? "Forbidden" : "BadRequest";
  const message = `admission webhook ${JSON.stringify(webhook)} denied the request: ${why}`;
  return { ...answer(code, { reason, message }), name: `webhook denial ${code}` };
}

/** An admission webhook that does not answer in time, and must (`failurePolicy: Fail`): 500, and nothing happened. */
export function webhookTimeout(webhook: string): What {
  const address = "https://policy.policies.svc:443/validate?timeout=10s";
  const call = `failed to call webhook: Post ${JSON.stringify(address)}: context deadline exceeded`;
  const message = `Internal error occurred: failed calling webhook ${JSON.stringify(webhook)}: ${call}`;
  return { ...answer(500, { reason: "InternalError", message }), name: "webhook time-out" };
}

function refusal(code: number, { reason, message, retryAfter }: AnswerOptions): Answer {
  const [usualReason, usualMessage] = usual[code] ?? [
    "InternalError",
    "an error on the server has prevented the request from succeeding",
  ];
  const details: JsonObject | undefined =
    typeof retryAfter === "number" ? { retryAfterSeconds: retryAfter } : undefined;
  const error = new ApiError({ code, reason: reason ?? usualReason }, message ?? usualMessage, details);
  return { code, body: error.body, headers: retryHeader(retryAfter) };
}

function page(code: number, { message = STATUS_CODES[code] ?? "", retryAfter }: AnswerOptions): Answer {
  const title = `${code} ${message}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body><center><h1>${title}</h1></center></body>\r\n</html>\r\n`;
  return { code, body, headers: { "Content-Type": "text/html", ...retryHeader(retryAfter) } };
}

function retryHeader(retryAfter: number | string | undefined): Record<string, string> {
  return retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
}

const usual: Readonly<Record<number, readonly [string, string]>> = {
  401: ["Unauthorized", "Unauthorized"],
  403: ["Forbidden", "forbidden by the sandbox"],
  404: ["NotFound", "the server could not find the requested resource"],
  409: ["Conflict", "the object has been modified; please apply your changes to the latest version and try again"],
  410: ["Expired", "The resourceVersion for the provided watch is too old."],
  422: ["Invalid", "the server rejected our request due to an error in our request"],
  429: ["TooManyRequests", "the server has received too many requests and has asked us to try again later"],
  503: ["ServiceUnavailable", "the server is currently unable to handle the request"],
  504: [
    "Timeout",
    "the server was unable to return a response in the time allotted, but may still be processing the request",
  ],
};
