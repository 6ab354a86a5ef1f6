import type { Doors } from "../api/doors.ts";
import type { Answer, Exchange } from "../api/exchange.ts";
import type { LoggedRequest } from "../api/request-log.ts";
import type { Route } from "../api/route.ts";
import type { Registry } from "../registry.ts";
import type { View } from "./view.ts";
import type { WatchTap } from "./watch-tap.ts";

/**
 * A fault is `when` + `what`: at which requests, and what happens to them.
 *
 * ```ts
 * sandbox.fault({ when: { verb: "patch", resource: "services" }, what: cut("after-commit") });   // the next one
 * sandbox.fault({ when: { request: 17 }, what: answer(503, { retryAfter: 2 }) });                // the 17th of all
 * sandbox.fault({ when: { verb: "list", nth: 3 }, what: answer(410), times: 2 });                // the 3rd and 4th match
 * sandbox.fault({ when: { request: 17 }, what: at("after-commit", () => child.kill("SIGKILL")) });
 * ```
 *
 * A sweep runs a scenario once, takes `sandbox.requests` for its points (`number`, `verb`, `path`, `occurrence`, `isWrite`),
 * and then runs it once per point with a fault at that `number`; where other runs ask too, `verb`, `path` and `nth` name
 * the same point more steadily. Crashes are `at` with each of its three moments. What struck a request stands in
 * its `faults`, and in the `hits` of what `sandbox.fault` gives back.
 *
 * Faults come in the order in which they were added. One that carries the request out (`at`, `delay`, `stale`, all that
 * spoil an answer or a watch) does so through the next that matches; one that does not (`answer`, `cut`) keeps it, and the
 * next waits for a request of its own. So two of the second sort strike two requests in a row; `nth` keeps others apart.
 */
export interface Fault {
  /** The next request of all if not given. */
  readonly when?: When;
  readonly what: What;
  /** How often; default 1, `Infinity` until it is ended. */
  readonly times?: number;
}

/** All that is given must hold. */
export interface When {
  /** Its number in `sandbox.requests`, counted from 1. */
  readonly request?: number;
  /** As access rules name it: get, list, watch, create, update, patch, delete, deletecollection. */
  readonly verb?: string;
  /** The plural, such as `services`. */
  readonly resource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Such as `scale`; empty for the object itself. */
  readonly subresource?: string;
  /** A part of the path without query, or a pattern for it. */
  readonly path?: string | RegExp;
  readonly isWrite?: boolean;
  /** Anything else; the body is there unless `what` strikes before it is read. */
  readonly if?: (request: LoggedRequest) => boolean;
  /** Lets the matches before the n-th go by; default 1. They are counted from when the fault was added. */
  readonly nth?: number;
}

/** What happens to a request: made by the functions beside this file, or by hand. */
export interface What {
  /** For logs and failure messages of sweeps, such as `cut after-commit`. */
  readonly name: string;
  /** Strikes before the body of the request is read. */
  readonly isEarly?: boolean;
  /** The answer to send, or `undefined` if there is none or it has been sent. */
  act(delivery: Delivery): Promise<Answer | undefined> | Answer | undefined;
}

/** One request on its way through the server. */
export interface Delivery {
  readonly request: LoggedRequest;
  readonly exchange: Exchange;
  /** `undefined` where the path names no resource. */
  readonly route: Route | undefined;
  /** The cluster as it is: objects, clock, randomness. */
  readonly registry: Registry;
  readonly doors: Doors;
  /** Carries the request out, and gives the answer without sending it; `undefined` where it is streamed. Twice does it twice. */
  carryOut(through?: Through): Promise<Answer | undefined>;
}

/** Through which glass a request is carried out. */
export interface Through {
  /** Where reads and watches look instead of at the present. */
  readonly view?: View;
  /** What stands between a watch and its client. */
  readonly tap?: WatchTap;
}

/** A fault that waits, or has struck. */
export interface Struck {
  /** The requests that it hit, in order. */
  readonly hits: readonly LoggedRequest[];
  /** It strikes no more. */
  end(): void;
}
