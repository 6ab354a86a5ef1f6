import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "yaml";
import type { WatchTap } from "../faults/watch-tap.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import { fromProtobuf } from "../schema/protobuf.ts";
import { ApiError, badRequest } from "../status.ts";

/** One request and its answer, with the body read. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  /** The body; JSON where it came as YAML or protobuf. */
  readonly raw: string;
  /** Why it could not be read. */
  readonly unreadable?: ApiError;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Collects the `Warning` headers. */
  readonly warnings: string[];
  /** Through which the events of a watch go. */
  readonly tap?: WatchTap | undefined;
}

/** The exchange with its body read; one that cannot be read is refused by whoever asks for it. */
export async function withBody(exchange: Exchange): Promise<Exchange> {
  try {
    return { ...exchange, ...inJson(exchange.contentType, await bytesOf(exchange)) };
  } catch (error) {
    if (error instanceof ApiError) return { ...exchange, unreadable: error };
    throw error;
  }
}

/** @throws ApiError 413 for bodies over 3 MiB */
async function bytesOf({ request }: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > 3 * 2 ** 20)
      throw new ApiError({ code: 413, reason: "RequestEntityTooLarge" }, "Request entity too large: limit is 3145728");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/**
 * The other two languages of the API, as JSON.
 * @throws ApiError 400
 */
function inJson(contentType: string, bytes: Buffer): Pick<Exchange, "raw" | "contentType"> {
  const isProtobuf = contentType === "application/vnd.kubernetes.protobuf";
  if ((!isProtobuf && contentType !== "application/yaml") || bytes.length === 0) {
    return { raw: bytes.toString("utf8"), contentType };
  }
  try {
    const object: unknown = isProtobuf ? fromProtobuf(bytes) : parse(bytes.toString("utf8"));
    return { raw: JSON.stringify(object), contentType: "application/json" };
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error));
  }
}

/** A request whose body is not read yet. */
export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const url = new URL(request.url ?? "/", "http://sandbox");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    contentType: (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim() ?? "",
    raw: "",
    request,
    response,
    warnings: [],
  };
}

/** @throws ApiError 400, and 413 or 415 */
export function bodyOf({ raw, unreadable }: Exchange): Json {
  if (unreadable !== undefined) throw unreadable;
  try {
    const parsed: Json = JSON.parse(raw);
    return parsed;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw badRequest(`the object provided is unrecognized: couldn't get version/kind; json parse error: ${why}`);
  }
}

/** @throws ApiError 400 */
export function objectBodyOf(exchange: Exchange): JsonObject {
  const body = bodyOf(exchange);
  if (!isObject(body)) throw badRequest("the request body is no object");
  return body;
}

/** An answer of the API: an object goes out as JSON. */
export interface Answer {
  readonly code: number;
  readonly body: JsonObject | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function textOf({ body }: Pick<Answer, "body">): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

export function send({ response, warnings }: Exchange, { code, body, headers = {} }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  for (const warning of warnings) response.appendHeader("Warning", `299 - ${JSON.stringify(warning)}`);
  const bytes = Buffer.from(textOf({ body }));
  const type = typeof body === "string" ? "text/plain; charset=utf-8" : "application/json";
  response.writeHead(code, { "Content-Type": type, "Content-Length": bytes.length, ...headers });
  response.end(bytes);
}
