import type { IncomingMessage } from "node:http";

/** A request as the proxy saw it. */
export interface Crossed {
  /** Its place among those since the count began, from 1. */
  readonly number: number;
  /** get, list, watch, create, update, patch, delete; the method in small letters outside of resources. */
  readonly verb: string;
  /** The plural with its subresource, such as `services` or `pods/proxy`; empty outside of resources. */
  readonly resource: string;
  /** Empty for a collection. */
  readonly name: string;
  /** How many with this verb and resource there were so far, itself included. */
  readonly occurrence: number;
  readonly path: string;
  /** Whether it would change stored objects: no dry run, no access review. */
  readonly isWrite: boolean;
}

/** A request on its way through the proxy. What is neither carried out nor answered nor cut hangs. */
export interface Crossing {
  readonly request: Crossed;
  /** Sends it to the server. Its answer has begun, so it is committed, and the client has heard nothing yet. */
  carryOut(): Promise<Passage>;
  /** Ends the client's connection without a word. */
  cut(): void;
  /** Answers in the server's place. */
  answer(code: number, headers?: Readonly<Record<string, string>>): void;
}

/** An answer that waits to be passed on. */
export interface Passage {
  readonly status: number;
  /** Gives it to the client; resolves when that has all of it, or the first event of a watch. */
  passOn(): Promise<void>;
}

/** What happens to one request. */
export interface Mishap {
  /** For logs, such as `cut after the commit`. */
  readonly name: string;
  strike(crossing: Crossing): Promise<void> | void;
}

/** Where a process dies: before its request is sent, when it is committed, when it is answered. */
export const moments = ["before the request is sent", "before the answer", "after the answer"] as const;
export type Moment = (typeof moments)[number];

/** Does `deed` to the client at a moment of its request, such as killing it. With `cut` as its result the request, or its
 * answer, goes no further. */
export function at(moment: Moment, deed: () => "cut" | undefined): Mishap {
  return {
    name: moment,
    strike: async ({ carryOut, cut: cutOff }) => {
      if (moment === "before the request is sent" && deed() === "cut") return cutOff();
      const passage = await carryOut();
      if (moment === "before the answer" && deed() === "cut") return cutOff();
      await passage.passOn();
      if (moment === "after the answer" && deed() === "cut") return cutOff();
    },
  };
}

export function cut(when: "before the commit" | "after the commit"): Mishap {
  return {
    name: `cut ${when}`,
    strike: async ({ carryOut, cut: cutOff }) => {
      if (when === "after the commit") await carryOut();
      cutOff();
    },
  };
}

/** Answers with this code, and does what was asked or does not. */
export function answered(code: number, { retryAfter = "", isCommitted = false } = {}): Mishap {
  return {
    name: `answered ${code}${isCommitted ? ", though committed" : ""}`,
    strike: async ({ carryOut, answer }) => {
      if (isCommitted) await carryOut();
      answer(code, retryAfter === "" ? {} : { "Retry-After": retryAfter });
    },
  };
}

/** Commits, and leaves the client waiting for the answer. */
export function silent(): Mishap {
  return { name: "committed and never answered", strike: async ({ carryOut }) => void (await carryOut()) };
}

/** Waits so many milliseconds before it is sent on. */
export function delayed(ms: number): Mishap {
  return {
    name: `${ms / 1_000} s late`,
    strike: async ({ carryOut }) => {
      await new Promise((done) => setTimeout(done, ms));
      await (await carryOut()).passOn();
    },
  };
}

/** Cuts the client off now; the request lands so many milliseconds later, and `landed` hears of it. */
export function late(ms: number, landed: (request: Crossed, status: number) => void): Mishap {
  return {
    name: `cut now, committed ${ms / 1_000} s later`,
    strike: async ({ request, carryOut, cut: cutOff }) => {
      cutOff();
      await new Promise((done) => setTimeout(done, ms));
      landed(request, (await carryOut()).status);
    },
  };
}

/** What a request asks for, by the paths of Kubernetes' API; a watch is a list that goes on. */
export function described({ method = "GET", url = "/" }: IncomingMessage): Omit<Crossed, "number" | "occurrence"> {
  const { pathname: path, searchParams } = new URL(url, "https://proxy");
  const parts = /^\/(?:api|apis\/[^/]+)\/[^/]+(?:\/namespaces\/[^/]+)?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?/.exec(path);
  const [, plural = "", name = "", below = ""] = parts ?? [];
  const isWatch = ["true", "1"].includes(searchParams.get("watch") ?? "");
  const reading = name !== "" ? "get" : isWatch ? "watch" : "list";
  const verbs: Record<string, string> = { GET: reading, POST: "create", PUT: "update", PATCH: "patch" };
  const verb = plural === "" ? method.toLowerCase() : (verbs[method] ?? method.toLowerCase());
  const changes = method !== "GET" && searchParams.get("dryRun") !== "All" && !plural.startsWith("selfsubject");
  return { verb, resource: below === "" ? plural : `${plural}/${below}`, name, path, isWrite: changes };
}
