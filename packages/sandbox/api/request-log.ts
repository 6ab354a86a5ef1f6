import type { Json } from "../json.ts";
import type { Exchange } from "./exchange.ts";
import { isReview } from "./reviews.ts";
import type { Route } from "./route.ts";

/** One request as it came in. In their order, these are what a sweep learns of a scenario. */
export interface LoggedRequest {
  /** Its place among all requests, from 1. */
  readonly number: number;
  /** How many with this verb and path there were so far, itself included. */
  readonly occurrence: number;
  /** get, list, watch, create, update, patch, delete, deletecollection; the method in small letters outside of resources. */
  readonly verb: string;
  /** The plural, such as `services`; empty outside of resources. */
  readonly resource: string;
  readonly namespace: string | undefined;
  /** Empty for a collection. */
  readonly name: string;
  /** Empty for the object itself. */
  readonly subresource: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed where it is JSON. */
  readonly body: Json | undefined;
  /** The token that it came with; empty without one. */
  readonly token: string;
  /** 0 until it is answered, and for ever where the connection was cut. */
  readonly status: number;
  /** Whether it would change stored objects: no dry run, no access review. */
  readonly isWrite: boolean;
  /** Milliseconds on the sandbox's clock. */
  readonly at: number;
  /** The names of the faults that struck it, in order. */
  readonly faults: string[];
}

/** What comes in. */
interface Incoming {
  verb: string;
  route: Route | undefined;
  exchange: Exchange;
  at: number;
}

/** Every request, in the order in which they came. */
export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  /** How often each verb and path came. */
  readonly #occurrences = new Map<string, number>();

  /** What a request is logged as if it is the next. */
  entry({ verb, route, exchange, at }: Incoming): LoggedRequest {
    const { method, path, query, raw, request, response } = exchange;
    const writes = !["GET", "HEAD", "OPTIONS"].includes(method);
    return {
      number: this.entries.length + 1,
      occurrence: (this.#occurrences.get(`${verb} ${path}`) ?? 0) + 1,
      verb,
      resource: route?.kind.plural ?? "",
      namespace: route?.namespace,
      name: route?.name ?? "",
      subresource: route?.subresource ?? "",
      method,
      path,
      query: Object.fromEntries(query),
      body: parsed(raw),
      token: /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "",
      get status() {
        return response.headersSent ? response.statusCode : 0;
      },
      isWrite: writes && !isReview(path) && query.get("dryRun") !== "All",
      at,
      faults: [],
    };
  }

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    this.#occurrences.set(`${entry.verb} ${entry.path}`, entry.occurrence);
  }
}

function parsed(raw: string): Json | undefined {
  if (raw === "") return undefined;
  try {
    const value: Json = JSON.parse(raw);
    return value;
  } catch {
    return raw;
  }
}
