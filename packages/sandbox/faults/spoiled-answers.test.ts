import assert from "node:assert/strict";
import { connect } from "node:net";
import { suite, test } from "node:test";
import type { Sandbox } from "../sandbox.ts";
import { deployment, virtualSandbox } from "../test-shop.ts";
import { answer, webhookDenial, webhookTimeout } from "./answers.ts";
import { hang } from "./connections.ts";
import type { What } from "./fault.ts";
import { spoil, trickle } from "./spoiled-answers.ts";

const path = "/apis/apps/v1/namespaces/shop/deployments/web";

/** The bytes that come until the server ends, resets or has sent `enough`. */
async function raw(sandbox: Sandbox, enough = Number.POSITIVE_INFINITY): Promise<{ text: string; end: string }> {
  const socket = connect(Number(new URL(sandbox.plainUrl).port), "127.0.0.1");
  socket.write(`GET ${path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n`);
  let text = "";
  let end = "closed";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    if (text.length < enough) return;
    end = "still open";
    socket.destroy();
  });
  socket.on("error", () => {
    end = "reset";
  });
  await new Promise((resolve) => socket.once("close", resolve));
  return { text, end };
}

interface Seen {
  end: string;
  /** Bytes of the body against those that were announced. */
  body: "less" | "all" | "more" | "no number";
  json: boolean;
}

const whole: Seen = { end: "closed", body: "all", json: true };
const rows: readonly (readonly [What, Seen, number?])[] = [
  [answer(502, { isHtml: true }), { ...whole, json: false }],
  [answer(429, { retryAfter: "Tue, 01 Jan 2030 00:00:20 GMT" }), whole],
  [webhookDenial("policy.example.com", "no"), whole],
  [webhookTimeout("policy.example.com"), whole],
  [spoil("cut"), { end: "reset", body: "less", json: false }],
  [spoil("short"), { end: "closed", body: "less", json: false }],
  [spoil("half"), { end: "closed", body: "all", json: false }],
  [spoil("gzip"), { end: "closed", body: "no number", json: false }],
  [spoil("stall"), { end: "still open", body: "less", json: false }, 200],
  [spoil("endless"), { end: "still open", body: "no number", json: false }, 1_000_000],
];

suite("answers on the wire", { concurrency: true }, () => {
  for (const [what, expected, enough] of rows) {
    test(what.name, async () => {
      await using sandbox = await virtualSandbox({ objects: [deployment("web", "shop:1")] });
      sandbox.fault({ what });
      const { text, end } = await raw(sandbox, enough);
      const [head = "", body = ""] = text.split("\r\n\r\n");
      const announced = /content-length: (\d+)/i.exec(head)?.[1];
      const missing = Number(announced) - body.length;
      const size = announced === undefined ? "no number" : missing > 0 ? "less" : missing < 0 ? "more" : "all";
      assert.deepEqual({ end, body: size, json: isJson(body) }, expected);
    });
  }
});

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

test("says Retry-After in seconds and as a date", async () => {
  await using sandbox = await virtualSandbox();
  sandbox.fault({ what: answer(429, { retryAfter: 3 }) });
  sandbox.fault({ what: answer(429, { retryAfter: "Tue, 01 Jan 2030 00:00:20 GMT" }) });
  assert.match((await raw(sandbox)).text, /^Retry-After: 3\r$/m);
  assert.match((await raw(sandbox)).text, /^Retry-After: Tue, 01 Jan 2030 00:00:20 GMT\r$/m);
});

test("trickles on the sandbox's clock, and goes on to the end", async () => {
  for (const part of ["headers", "body"] as const) {
    await using sandbox = await virtualSandbox();
    sandbox.fault({ what: trickle(part, 1_000) });
    let isOver = false;
    const answered = raw(sandbox).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      await sandbox.clock.advance(1_000);
    }
    const { text, end } = await answered;
    assert.equal(end, "closed");
    assert.match(text, /^HTTP\/1.1 404 Not Found\r\n/);
    assert.match(text, /"code":404\}$/);
    assert.ok(sandbox.clock.now() > (text.split("\r\n\r\n")[part === "body" ? 1 : 0] ?? "").length * 1_000);
  }
});

test("leaves a connection without an answer", async () => {
  await using sandbox = await virtualSandbox();
  sandbox.fault({ what: hang("after-commit") });
  const answered = fetch(sandbox.plainUrl + path);
  while (sandbox.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const none = await Promise.race([answered, new Promise((resolve) => setTimeout(() => resolve("none"), 20))]);
  assert.equal(none, "none");
  answered.catch(() => undefined);
});
