import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { after, before, test } from "node:test";
import { type CutoverError, isCutoverError } from "@cutover/release";
import { createWeb } from "./web.ts";

const answers: Readonly<Record<string, RequestListener>> = {
  "/": (request, response) => response.setHeader("x-method", request.method ?? "").end("hello"),
  "/moved": (_, response) => response.writeHead(301, { location: "https://elsewhere.example/" }).end(),
  "/silent": () => undefined,
  "/endless": (_, response) => {
    const more = (): void => void (response.writable && response.write("x".repeat(65_536), more));
    more();
  },
};

const server = createServer((request, response) => answers[request.url ?? ""]?.(request, response));
let origin = "";

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const web = createWeb({});
const ask = (path: string, timeout = 5_000) => web.ask({ url: `${origin}${path}`, timeout, allowHttp: true });

async function refusal(url: string, allowHttp = true): Promise<CutoverError> {
  const error = await web.ask({ url, timeout: 2_000, allowHttp }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(isCutoverError(error), String(error));
  return error;
}

test("an answer is told with its status, headers, body and time; a redirect is one and not followed", async () => {
  const { status, headers, body, ms } = await ask("/");
  assert.deepEqual([status, headers["x-method"], body], [200, "GET", "hello"]);
  assert.ok(ms > 0 && ms < 5_000, `${ms}`);
  const moved = await ask("/moved");
  assert.deepEqual([moved.status, moved.headers.location], [301, "https://elsewhere.example/"]);
});

test("who does not answer in time, or not at all, cannot be reached", async () => {
  const silent = await ask("/silent", 50).catch((error: unknown) => error);
  assert.match(String(silent), /http:\/\/127\.0\.0\.1:\d+ cannot be reached: no answer within 50 ms/);
  const gone = await refusal("http://127.0.0.1:9");
  assert.equal(gone.code, "unreachable");
  assert.match(gone.message, /ECONNREFUSED|bad port/);
});

test("an answer without an end is cut at a mebibyte", async () => {
  assert.equal((await ask("/endless")).body.length, 1024 * 1024);
});

test("what must not be asked is refused before anything is sent", async () => {
  const metadata = ["http://169.254.169.254/latest", "http://[fd00:ec2::254]/", "http://[::ffff:169.254.169.254]/"];
  for (const url of metadata) assert.match((await refusal(url)).message, /cloud's metadata/, url);
  assert.match((await refusal("https://user:secret@host.example/")).message, /name or password/);
  assert.doesNotMatch((await refusal("https://user:secret@host.example/")).message, /secret/);
  assert.match((await refusal("http://host.example/", false)).message, /not encrypted/);
  assert.equal((await refusal("ftp://host.example/")).code, "input-invalid");
});
