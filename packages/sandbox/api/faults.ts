import type { JsonObject } from "../json.ts";
import { ApiError } from "../status.ts";

/** A fault for the next matching requests. */
export interface Fault {
  /** As access rules name it: get, list, watch, create, update, patch, delete. Any if not given. */
  readonly verb?: string;
  /** Matched against the path without query. Any if not given. */
  readonly path?: string | RegExp;
  /** How often; default 1. */
  readonly times?: number;
  /** Waits this long on the sandbox's clock before anything else happens. */
  readonly delayMs?: number;
  /** Carries the request out before it fails. */
  readonly afterCommit?: boolean;
  /** Cuts the connection. */
  readonly reset?: boolean;
  /** Answers with this code. */
  readonly status?: number;
  readonly message?: string;
  /** Seconds, or a date. */
  readonly retryAfter?: string;
}

/** Faults that wait for their request. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** The first fault that matches; it is used up. */
  take(verb: string, path: string): Fault | undefined {
    const found = this.#waiting.find(({ fault }) => matches(fault, verb, path));
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#waiting = this.#waiting.filter((other) => other !== found);
    return found.fault;
  }
}

/** What a fault with a status says. */
export function failureOf({ status = 500, message, retryAfter }: Fault): ApiError {
  const [reason, text] = standard[status] ?? [
    "InternalError",
    "an error on the server has prevented the request from succeeding",
  ];
  const seconds = Number(retryAfter);
  const details: JsonObject | undefined =
    Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: seconds } : undefined;
  return new ApiError({ code: status, reason: reason }, message ?? text, details);
}

const standard: Readonly<Record<number, readonly [string, string]>> = {
  401: ["Unauthorized", "Unauthorized"],
  403: ["Forbidden", "forbidden by the sandbox"],
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

function matches({ verb, path }: Fault, actualVerb: string, actualPath: string): boolean {
  if (verb !== undefined && verb !== actualVerb) return false;
  if (path === undefined) return true;
  return typeof path === "string" ? actualPath.includes(path) : path.test(actualPath);
}
