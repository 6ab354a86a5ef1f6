import { CutoverError, type Web, type WebAnswer } from "@cutover/release";
import type * as z from "zod";

/** A Prometheus, what speaks its language (Thanos, Mimir, VictoriaMetrics), or an Alertmanager. */
export interface Monitor {
  readonly web: Web;
  /** Where its API begins, such as `https://prometheus.example`; a path may follow. */
  readonly url: string;
  /** The header `Authorization`. With one only https is spoken. */
  readonly authorization?: string | undefined;
  /** Milliseconds for one answer. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** What is asked, and what a good answer looks like. */
export interface Request<S extends z.ZodType> {
  /** Below the monitor's address: `api/v1/query`. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly schema: S;
}

/**
 * The JSON of an answer. Nothing else is one: not a page to log in at, whatever its status, and not half an answer.
 * @throws `unauthorized`; `rejected` with the server's own words where it refuses the question; `unavailable` for the rest;
 * what the port throws
 */
export async function askMonitor<S extends z.ZodType>(
  monitor: Monitor,
  { path, query, schema }: Request<S>,
): Promise<z.output<S>> {
  const { web, authorization, timeout, signal } = monitor;
  const url = `${monitor.url.replace(/\/+$/, "")}/${path}?${new URLSearchParams(query.map(([...pair]) => pair))}`;
  const isSecret = authorization !== undefined;
  const headers = { accept: "application/json", ...(isSecret ? { authorization } : {}) };
  const answer = await web.ask({ url, headers, timeout, signal, allowHttp: !isSecret });
  const name = `${new URL(url).origin}/${path}`;
  const body = jsonOf(answer);
  const result = answer.status === 200 ? schema.safeParse(body) : undefined;
  if (result?.success === true) return result.data;
  throw refused(name, answer, body);
}

function refused(name: string, { status, headers }: WebAnswer, body: unknown): CutoverError {
  const said = wordsOf(body);
  const what = `${name} answers ${status}${said === undefined ? "" : `: ${said}`}`;
  if (status === 401 || status === 403)
    return new CutoverError("unauthorized", what, {
      hint: "Give the header in `monitoring-authorization`, such as `Bearer …`.",
    });
  if ((status === 400 || status === 422) && said !== undefined)
    return new CutoverError("rejected", what, { hint: "Correct the matchers that it was asked with." });
  const { location = "" } = headers;
  const where = location === "" ? "" : ` and leads to ${location}`;
  const shape = status === 200 ? `${what}, but with something else than its API has` : `${what}${where}`;
  return new CutoverError("unavailable", shape, {
    hint: "See that the address is that of its API, without `/graph` or `/#/alerts`, and that it is well.",
  });
}

/** Prometheus says `error`; Alertmanager a bare string, or `message`. */
function wordsOf(body: unknown): string | undefined {
  if (typeof body === "string") return body;
  if (typeof body !== "object" || body === null) return undefined;
  const said = "error" in body ? body.error : "message" in body ? body.message : undefined;
  return typeof said === "string" ? said : undefined;
}

function jsonOf({ body }: WebAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
