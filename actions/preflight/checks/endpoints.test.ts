import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import type { WebRequest } from "@cutover/release";
import { openTown } from "../../../test/virtual/town.ts";
import type { World } from "../check.ts";
import { checked, told } from "../checked.test-kit.ts";
import { endpoints } from "./endpoints.ts";

const server = createServer((request, response) => {
  if (request.url === "/slow") return setTimeout(() => response.end("late"), 300);
  if (request.url === "/moved") return response.writeHead(302, { location: "https://elsewhere.example/" }).end();
  if (request.url === "/broken") return response.writeHead(503).end();
  return response.end('{"status": "UP"}');
});
let origin = "";

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
after(() => server.close());

const found = async (...lines: readonly string[]) => {
  const result = await checked("endpoints", { inputs: { endpoints: lines.map((line) => origin + line).join("\n") } });
  return told(result)
    .replaceAll(origin, "")
    .replace(/\d+(\.\d+)? m?s/g, "N");
};

test("what answers as it should passes", async () => {
  assert.equal(await found('/health status=200 within=5s contains="status": "UP"'), "pass: /health answers 200 in N");
});

test("of several the bad ones are told", async () => {
  assert.equal(
    await found("/health", "/broken", "/moved", "/health contains=DOWN"),
    "fail: /broken answers 503 and not 2xx, in N\n" +
      "/moved answers 302 to https://elsewhere.example/ and not 2xx, in N\n" +
      '/health answers 200, without "DOWN" in the first mebibyte',
  );
});

test("a slow answer is a bad one", async () => {
  assert.equal(await found("/slow within=100ms"), "fail: /slow answers in N, and should within N");
});

test("nobody there is a failure, not an error", async () => {
  const result = await checked("endpoints", { inputs: { endpoints: "http://127.0.0.1:1/" } });
  assert.match(told(result), /^fail: http:\/\/127\.0\.0\.1:1 cannot be reached/);
});

test("a key goes to its own host alone, and not where it could be read", async () => {
  const asked: [string, string | undefined, boolean | undefined][] = [];
  const web = {
    ask: async ({ url, headers, allowHttp }: WebRequest) => {
      asked.push([new URL(url).host, headers?.authorization, allowHttp]);
      return { status: 401, headers: {}, body: "", ms: 1 };
    },
  };
  const endpoint = (url: string) => ({ url, status: "2xx", within: 1_000, contains: undefined });
  const inputs = {
    endpoints: [endpoint("https://api.example/v1/me"), endpoint("http://shop.internal/")],
    endpointsAuthorization: { "api.example": "Bearer key" },
  };
  // The check looks at nothing else of a world.
  const found = await endpoints.run({ inputs, runner: { web }, signal: undefined } as unknown as World);
  assert.match(found.evidence, /^https:\/\/api\.example\/v1\/me answers 401 and not 2xx/);
  assert.deepEqual(asked, [
    ["api.example", "Bearer key", undefined],
    ["shop.internal", undefined, true],
  ]);
});

test("a key for a host that is not asked is refused", async () => {
  await using town = await openTown({});
  const inputs = {
    service: "shop",
    endpoints: "https://a.example/",
    "endpoints-authorization": "b.example=Bearer key",
  };
  const { exitCode, log } = await town.until(town.run("preflight", inputs));
  assert.equal(exitCode, 1);
  assert.match(log, /endpoints-authorization: none of `endpoints` is at b\.example/);
});

test("an address where nobody has a service is not asked at all", async () => {
  const result = await checked("endpoints", { inputs: { endpoints: "http://169.254.169.254/latest/meta-data" } });
  assert.equal(told(result), "error: 169.254.169.254 is an address of the cloud's metadata");
});

test("without endpoints there is nothing to ask", async () => {
  assert.equal(told(await checked("endpoints")), "skip: No `endpoints` are given");
});
