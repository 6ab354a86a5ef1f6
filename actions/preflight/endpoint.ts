import { isVia, type Via, wrongWay } from "./dependency.ts";
import { entriesOf, lasting, termsOf } from "./entries.ts";

/** What is asked of a server over HTTP, and what its answer must be. */
export interface Endpoint {
  readonly url: string;
  /** A status, or a class of them by its first digit, such as `2xx`. */
  readonly status: string;
  /** Milliseconds that it may take. */
  readonly within: number;
  /** A text that the answer must hold. */
  readonly contains: string | undefined;
  readonly via: Via | undefined;
}

/** Endpoints, one a line: `https://shop.example/health status=200 within=500ms contains=ok`; all but the address may be left out. */
export function endpoints() {
  return entriesOf("addresses such as https://shop.example/health status=200 within=2s", parseEndpoint);
}

/** A sentence instead, on what is wrong with it. */
function parseEndpoint(line: string): Endpoint | string {
  const { subject: url, terms } = termsOf(line, ["status", "within", "contains", "via"]);
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    return `expected an address such as https://host/path, got ${JSON.stringify(url.slice(0, 80))}`;
  const { status = "2xx", within = "5s", contains, via } = terms;
  if (!/^[1-5](xx|\d\d)$/.test(status)) return `expected a status such as 200 or 2xx for ${url}, got ${status}`;
  if (via !== undefined && !isVia(via)) return wrongWay;
  const milliseconds = lasting(within);
  if (milliseconds === undefined) return `expected a duration such as 500ms for ${url}, got ${within}`;
  return { url, status, within: milliseconds, contains, via };
}
