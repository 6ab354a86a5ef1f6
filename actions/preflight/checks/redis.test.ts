import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, told } from "../checked.test-kit.ts";
import { listening } from "../listening.test-kit.ts";

const replica = (link: string) =>
  `# Replication\r\nrole:slave\r\nmaster_host:10.0.0.1\r\nmaster_link_status:${link}\r\n`;

/** Answers each command with what the script has for its first word. */
async function found(
  script: Readonly<Record<string, string>>,
  { user = "", terms = "" }: { user?: string; terms?: string } = {},
): Promise<string> {
  await using server = await listening((socket) => {
    socket.on("data", (chunk) => {
      const commands = String(chunk).split(/\*\d+\r\n/);
      for (const command of commands) {
        const [, name = "", , argument = "", , secret = ""] = command.split("\r\n");
        const isWrong = name === "AUTH" && (secret || argument) !== "hunter22";
        if (isWrong) socket.write("-WRONGPASS invalid username-password pair or user is disabled.\r\n");
        else if (name !== "") socket.write(script[name] ?? "+OK\r\n");
      }
    });
  });
  const result = await checked("redis", { inputs: { redis: `redis://${user}127.0.0.1:${server.port}/0 ${terms}` } });
  return told(result)
    .replaceAll(`:${server.port}`, "")
    .replace(/in \d+ ms/, "in N");
}

const pong = { PING: "+PONG\r\n" };
const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;

test("who answers PING passes, with a password where one is asked for", async () => {
  assert.equal(await found(pong), "pass: 127.0.0.1 answers PING in N");
  assert.equal(await found(pong, { user: ":hunter22@" }), "pass: 127.0.0.1 answers PING in N");
  assert.equal(await found(pong, { user: "shop:hunter22@" }), "pass: 127.0.0.1 answers PING in N");
});

test("what it refuses is told in its own words, and never the password", async () => {
  assert.equal(
    await found({ PING: "-NOAUTH Authentication required.\r\n" }),
    "fail: 127.0.0.1 answers PING with NOAUTH Authentication required.",
  );
  assert.equal(
    await found(pong, { user: ":wrong-one@" }),
    "fail: 127.0.0.1 answers AUTH with WRONGPASS invalid username-password pair or user is disabled.",
  );
  assert.equal(
    await found({ PING: "-LOADING Redis is loading the dataset in memory\r\n" }),
    "fail: 127.0.0.1 answers PING with LOADING Redis is loading the dataset in memory",
  );
});

test("the role is what it must be, and a replica's link is up", async () => {
  const [master, up] = [bulk("# Replication\r\nrole:master\r\n"), bulk(replica("up"))];
  assert.match(await found({ ...pong, INFO: master }, { terms: "role=master" }), /^pass: .*, as a master$/);
  assert.match(await found({ ...pong, INFO: up }, { terms: "role=replica" }), /^pass: .*replica whose link is up$/);
  assert.equal(
    await found({ ...pong, INFO: up }, { terms: "role=master" }),
    "fail: 127.0.0.1 is a replica, not a master",
  );
  assert.equal(
    await found({ ...pong, INFO: bulk(replica("down")) }, { terms: "role=replica" }),
    "fail: 127.0.0.1 is a replica whose link to its master is down",
  );
  assert.equal(
    await found({ ...pong, INFO: bulk("# Replication\r\n") }, { terms: "role=master" }),
    "fail: 127.0.0.1 is a server of no known role, not a master",
  );
});

test("who speaks something else, or hangs up, is no Redis", async () => {
  assert.equal(
    await found({ PING: "HTTP/1.1 400 Bad Request\r\n\r\n" }),
    "fail: 127.0.0.1 speaks something else than Redis's protocol",
  );
  await using rude = await listening((socket) => void socket.end());
  const result = await checked("redis", { inputs: { redis: `redis://127.0.0.1:${rude.port}` } });
  assert.match(told(result), /^fail: .* ended the connection before it answered/);
});

test("a server without TLS is told from one with it", async () => {
  await using plain = await listening((socket) => socket.on("data", () => socket.end("-ERR unknown command\r\n")));
  const result = await checked("redis", { inputs: { redis: `rediss://127.0.0.1:${plain.port}` } });
  assert.match(told(result), /^fail: 127\.0\.0\.1:\d+ does not agree on TLS: /);
});

test("a file of certificates that is not there is an error of the workflow, not of the server", async () => {
  const result = await checked("redis", { inputs: { redis: "rediss://127.0.0.1:1 ca=nowhere.pem" } });
  assert.match(told(result), /^error: .*nowhere\.pem/);
});

test("without servers there is nothing to ask", async () => {
  assert.equal(told(await checked("redis")), "skip: No `redis` is given");
});
