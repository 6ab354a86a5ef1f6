import assert from "node:assert/strict";
import { test } from "node:test";
import { isCutoverError, type WebAnswer, type WebRequest } from "@cutover/release";
import { virtualClock } from "@cutover/sandbox";
import * as z from "zod";
import { createGitHub } from "./github.ts";

const api = "https://github.example/api/v3/";
const question = { path: "/things", schema: z.array(z.number()), subject: "the things", right: "checks: read" };

/** Answers in their order, the times at which they were asked for, and what was asked. */
function world(...answers: readonly Partial<WebAnswer>[]) {
  const clock = virtualClock();
  const asked: (WebRequest & { at: number })[] = [];
  const start = clock.now();
  const web = {
    ask: async (request: WebRequest) => {
      asked.push({ ...request, at: clock.now() - start });
      return { status: 200, headers: {}, body: "[]", ms: 5, ...answers[asked.length - 1] };
    },
  };
  const signal = new AbortController().signal;
  const github = createGitHub({ api, repository: "acme/shop", token: "t0ken" }, { web, clock, signal });
  const pages = () => clock.drive(github.pages(question));
  return { clock, asked, pages, times: () => asked.map(({ at }) => at) };
}

async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(isCutoverError(error), String(error));
  return { code: error.code, message: error.message, hint: error.hint ?? "" };
}

const next = (url: string) => ({ link: `<https://github.example/first>; rel="first", <${url}>; rel="next"` });

test("pages are followed to the last one, with the token, at an Enterprise server's address", async () => {
  const { pages, asked } = world(
    { body: "[1,2]", headers: next(`${api}repos/acme/shop/things?page=2`) },
    { body: "[3]" },
  );
  assert.deepEqual(await pages(), [[1, 2], [3]]);
  assert.deepEqual(
    asked.map(({ url, headers }) => [url, headers?.authorization]),
    [
      ["https://github.example/api/v3/repos/acme/shop/things?per_page=100", "Bearer t0ken"],
      ["https://github.example/api/v3/repos/acme/shop/things?page=2", "Bearer t0ken"],
    ],
  );
});

test("a next page elsewhere is not asked for: the token would go along", async () => {
  const { pages, asked } = world({ body: "[1]", headers: next("https://evil.example/things?page=2") });
  assert.deepEqual(await pages(), [[1]]);
  assert.equal(asked.length, 1);
});

test("a secondary rate limit is waited out as it says, or for a minute", async () => {
  const body = '{"message":"You have exceeded a secondary rate limit."}';
  const { pages, times } = world(
    { status: 403, headers: { "retry-after": "7" }, body },
    { status: 403, body },
    { body: "[1]" },
  );
  assert.deepEqual(await pages(), [[1]]);
  assert.deepEqual(times(), [0, 7_000, 67_000]);
});

test("a rate limit that is over soon is waited for, and one that is not is told with its end", async () => {
  const limited = (clock: { date(): Date }, seconds: number) => ({
    ...{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(clock.date().getTime() / 1_000 + seconds) },
  });
  const start = virtualClock();
  const short = world({ status: 429, headers: limited(start, 30) }, { body: "[1]" });
  await short.pages();
  assert.deepEqual(short.times(), [0, 30_000]);
  const long = await refusal(world({ status: 403, headers: limited(start, 1_800) }).pages());
  assert.equal(long.code, "unavailable");
  assert.match(long.hint, /run it again later, after 00:30 UTC/);
});

test("a server that stumbles is asked again, three times at most", async () => {
  const broken = { status: 502 };
  const once = world(broken, { body: "[1]" });
  assert.deepEqual(await once.pages(), [[1]]);
  const always = world(broken, broken, broken, broken, broken);
  assert.equal((await refusal(always.pages())).code, "unavailable");
  assert.deepEqual(always.times(), [0, 1_000, 3_000, 7_000]);
});

test("refusals say what to do", async () => {
  const forbidden = { status: 403, body: '{"message":"Resource not accessible by integration"}' };
  const told = await refusal(world(forbidden).pages());
  assert.equal(told.message, "Cannot read the things: GitHub answers 403 (Resource not accessible by integration)");
  assert.equal(told.hint, "Give the job `permissions: checks: read` in the workflow.");
  assert.equal((await refusal(world({ status: 401 }).pages())).code, "unauthorized");
  assert.equal((await refusal(world({ status: 404 }).pages())).code, "not-found");
});

test("an answer that is not GitHub's is no answer", async () => {
  const page = await refusal(world({ body: "<html>" }).pages());
  assert.match(page.message, /^GitHub's answer on the things is not as its API has it/);
  const other = await refusal(world({ body: '["one"]' }).pages());
  assert.match(other.message, /not as its API has it: 0 \(/);
});

test("a list without end is an error", async () => {
  const endless = Array.from({ length: 120 }, () => ({ headers: next(`${api}repos/acme/shop/things?page=2`) }));
  assert.match((await refusal(world(...endless).pages())).message, /more than 100 pages/);
});
