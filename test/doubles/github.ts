import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tokenOfJobs } from "@cutover/workflow";
import type { components, operations } from "@octokit/openapi-types";

type Schemas = components["schemas"];
type Query<O extends keyof operations> = operations[O] extends { parameters: { query?: infer Q } }
  ? keyof NonNullable<Q>
  : never;

/** What GitHub knows, in the published shapes; what is left out is nothing that anybody of ours reads. */
export interface Known {
  runs?: readonly Pick<
    Schemas["workflow-run"],
    "id" | "name" | "event" | "path" | "check_suite_id" | "status" | "conclusion" | "html_url"
  >[];
  checks?: readonly (Pick<Schemas["check-run"], "id" | "name" | "status" | "conclusion" | "html_url"> & {
    app: Pick<NonNullable<Schemas["check-run"]["app"]>, "slug">;
    check_suite: Schemas["check-run"]["check_suite"];
  })[];
  statuses?: readonly Pick<Schemas["simple-commit-status"], "context" | "state" | "target_url">[];
  approvals?: readonly (Pick<Schemas["environment-approvals"], "state" | "environments"> & { user: User })[];
  pulls?: readonly (Pick<Schemas["pull-request-simple"], "number" | "merge_commit_sha"> & {
    user: User;
    head: Pick<Schemas["pull-request-simple"]["head"], "sha">;
  })[];
  /** By number of the pull request. */
  reviews?: Readonly<Record<number, readonly (Pick<Schemas["pull-request-review"], "state"> & { user: User })[]>>;
}

type User = Pick<Schemas["simple-user"], "login" | "type">;

/** An answer that is none. */
export interface Trouble {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** GitHub's REST API over HTTP, as far as it is asked. A request that the published schema does not know fails the test. */
export interface GitHubDouble extends AsyncDisposable {
  /** For `GITHUB_API_URL`. */
  readonly url: string;
  known: Known;
  /** What the next requests get instead, in this order. */
  readonly troubles: Trouble[];
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** The token that it wants. */
  readonly token: string;
  /** Items of a page at most, so that a few are several pages. */
  pageSize: number;
}

interface Route {
  readonly path: RegExp;
  readonly query: readonly string[];
  readonly answer: (known: Known, match: readonly string[]) => { items: readonly unknown[]; key?: string };
}

const pages = ["per_page", "page"] as const;

const routes: readonly Route[] = [
  {
    path: /^\/actions\/runs$/,
    query: ["head_sha", ...pages] satisfies Query<"actions/list-workflow-runs-for-repo">[],
    answer: ({ runs = [] }) => ({ items: runs, key: "workflow_runs" }),
  },
  {
    path: /^\/commits\/\w+\/check-runs$/,
    query: ["filter", ...pages] satisfies Query<"checks/list-for-ref">[],
    answer: ({ checks = [] }) => ({ items: checks, key: "check_runs" }),
  },
  {
    path: /^\/commits\/\w+\/status$/,
    query: [...pages] satisfies Query<"repos/get-combined-status-for-ref">[],
    answer: ({ statuses = [] }) => ({ items: statuses, key: "statuses" }),
  },
  { path: /^\/actions\/runs\/\d+\/approvals$/, query: [], answer: ({ approvals = [] }) => ({ items: approvals }) },
  {
    path: /^\/commits\/\w+\/pulls$/,
    query: [...pages] satisfies Query<"repos/list-pull-requests-associated-with-commit">[],
    answer: ({ pulls = [] }) => ({ items: pulls }),
  },
  {
    path: /^\/pulls\/(\d+)\/reviews$/,
    query: [...pages] satisfies Query<"pulls/list-reviews">[],
    answer: ({ reviews = {} }, [number]) => ({ items: reviews[Number(number)] ?? [] }),
  },
];

/** @param repository `owner/name` that it has, of which `known` is known */
export async function openGitHub(repository = "acme/shop", known: Known = {}): Promise<GitHubDouble> {
  const faults: unknown[] = [];
  const server = createServer((request, response) => {
    try {
      answer(double, request, response);
    } catch (error) {
      faults.push(error);
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  const double = {
    ...{ url: `http://127.0.0.1:${port}/api/v3`, token: tokenOfJobs, pageSize: 100, repository },
    ...{ known, troubles: [] as Trouble[], asked: [] as string[] },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      assert.deepEqual(faults, []);
    },
  };
  return double;
}

function answer(
  double: GitHubDouble & { repository: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? "", double.url);
  double.asked.push(`${url.pathname}${url.search}`);
  assert.equal(request.method, "GET");
  assert.equal(request.headers.accept, "application/vnd.github+json");
  assert.equal(request.headers["x-github-api-version"], "2022-11-28");
  // Without one GitHub answers nobody.
  assert.ok(request.headers["user-agent"]);
  const trouble = double.troubles.shift();
  if (trouble !== undefined) return void response.writeHead(trouble.status, trouble.headers).end(trouble.body);
  if (request.headers.authorization !== `Bearer ${double.token}`)
    return void response.writeHead(401).end('{"message":"Bad credentials"}');
  const path = url.pathname.replace(`/api/v3/repos/${double.repository}`, "");
  const route = routes.find((one) => one.path.test(path));
  assert.ok(route !== undefined, `GitHub has no ${url.pathname}`);
  for (const name of url.searchParams.keys()) assert.ok(route.query.includes(name), `${path} knows no ${name}`);
  const { items, key } = route.answer(double.known, route.path.exec(path)?.slice(1) ?? []);
  const size = Math.min(Number(url.searchParams.get("per_page") ?? "30"), double.pageSize);
  const page = Number(url.searchParams.get("page") ?? "1");
  const some = items.slice((page - 1) * size, page * size);
  if (page * size < items.length) {
    url.searchParams.set("page", String(page + 1));
    response.setHeader("link", `<${url}>; rel="next", <${url}>; rel="last"`);
  }
  const body = key === undefined ? some : { total_count: items.length, [key]: some };
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
}
