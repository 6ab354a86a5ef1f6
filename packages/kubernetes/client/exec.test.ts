import assert from "node:assert/strict";
import { test } from "node:test";
import type { WebSocket } from "ws";
import { scriptedApi, testClient } from "./scripted-api.ts";
import { container, message, speak } from "./scripted-socket.ts";

test("collects what a command writes, and its exit code", async () => {
  await using api = await scriptedApi([]);
  const asked: unknown[] = [];
  speak(api, (socket, path, { authorization }) => {
    asked.push(path, authorization, socket.protocol);
    socket.send(message(1, ""));
    socket.send(message(1, "grü"));
    socket.send(message(2, "oops"));
    socket.send(message(1, "n"));
    const causes = [{ reason: "ExitCode", message: "3" }];
    socket.send(message(3, JSON.stringify({ status: "Failure", reason: "NonZeroExitCode", details: { causes } })));
  });
  const client = await testClient(api.url);
  assert.deepEqual(await client.exec(container, ["sh", "-c", "echo $x & y"]), {
    exitCode: 3,
    stdout: "grün",
    stderr: "oops",
  });
  const command = "command=sh&command=-c&command=echo%20%24x%20%26%20y";
  assert.deepEqual(asked, [
    `/api/v1/namespaces/prod/pods/shop-1/exec?stdout=true&stderr=true&stdin=false&tty=false&${command}&container=app`,
    "Bearer a-token",
    "v5.channel.k8s.io",
  ]);
  await client.close();
});

test("says why a command could not start, and that a broken connection leaves it open", async () => {
  await using api = await scriptedApi([]);
  const status = { status: "Failure", reason: "InternalError", message: "no such file" };
  const talks = [
    (socket: WebSocket) => socket.send(message(3, JSON.stringify(status))),
    (socket: WebSocket) => socket.terminate(),
    (socket: WebSocket) => socket.send(message(3, '{"status":"Success"}')),
  ];
  speak(api, (socket) => talks.shift()?.(socket));
  const client = await testClient(api.url);
  const subject = /^Cannot run a command in container app of Pod shop-1 in namespace prod: /;
  await assert.rejects(client.exec(container, ["x"]), { code: "rejected", message: /no such file$/ });
  await assert.rejects(client.exec(container, ["x"]), { code: "unavailable", message: subject });
  assert.equal((await client.exec(container, ["x"])).exitCode, 0);
  await client.close();
});

test("ends a command when its signal does", async () => {
  await using api = await scriptedApi([]);
  const time = new AbortController();
  speak(api, () => time.abort());
  const client = await testClient(api.url);
  await assert.rejects(client.exec(container, ["x"], { signal: time.signal }), { code: "timed-out" });
  await client.close();
});

test("survives what no server should send", async () => {
  await using api = await scriptedApi([]);
  const talks = [message(9, "?"), message(255, Buffer.of(1)), message(3, "no json")];
  speak(api, (socket) => {
    socket.send(talks.shift() ?? "");
    socket.on("close", () => undefined);
  });
  const client = await testClient(api.url);
  for (const _ of [1, 2, 3]) await assert.rejects(client.exec(container, ["x"]), { code: "unavailable" });
  await client.close();
});
