import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { CheckResult } from "@cutover/release";
import { runAction } from "@cutover/workflow";
import { bundledStub } from "../bundled-stub.ts";
import { run } from "./command.ts";
import { freePorts } from "./daemon.ts";
import { kubeconfig } from "./kubectl.ts";
import { type Monitoring, startMonitoring } from "./monitoring.ts";
import { type PostgresPair, postgresPassword, startPostgresPair } from "./postgres-pair.ts";
import { sawOf, testThatAllWereSeen } from "./preflight-seen.ts";
import { type RedisPair, redisPassword, startRedisPair } from "./redis-pair.ts";

/** What must end with the tests. */
const open = new AsyncDisposableStack();
let folder: string;
let certificate: { file: string; key: string };

before(() => {
  folder = mkdtempSync(join(tmpdir(), "cutover-services-"));
  chmodSync(folder, 0o755);
  const name = ["-subj", "/CN=shop", "-addext", "subjectAltName=IP:127.0.0.1"];
  for (const one of ["ours", "other"]) {
    const [file, key] = [join(folder, `${one}.pem`), join(folder, `${one}.key`)];
    const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", file];
    run("openssl", ["req", "-x509", "-days", "2", ...made, ...name]);
  }
  certificate = { file: join(folder, "ours.pem"), key: join(folder, "ours.key") };
});

after(async () => {
  await open.disposeAsync();
  rmSync(folder, { recursive: true, force: true });
});

suite("PostgreSQL", { concurrency: false }, () => {
  let pair: PostgresPair;
  const uri = (query = "", password = postgresPassword, port = pair.primary.port) =>
    `postgresql://shop:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres${query}`;
  const found = async (line: string) => await told("postgres", { postgres: line });

  before(async () => {
    pair = open.use(await startPostgresPair(folder, certificate));
    await until(() => pair.sql(pair.primary, "select state from pg_stat_replication") === "streaming");
  });

  test("that answers, and whose standby follows, passes from either side", async () => {
    assert.match(
      await found(uri(" max-lag=30s")),
      /^pass: .*answers SELECT 1 in .*PostgreSQL \d+.*; its standby is no/,
    );
    const standby = uri(" max-lag=30s", postgresPassword, pair.standby.port);
    assert.match(await found(standby), /^pass: .*; it is no more than 30 s behind$/);
  });

  test("is asked over TLS as its sslmode says", async () => {
    assert.match(await found(uri("?sslmode=verify-full&sslrootcert=ours.pem")), /^pass: /);
    assert.match(await found(uri("?sslmode=require")), /^pass: /);
    assert.match(await found(uri("?sslmode=disable")), /^pass: /);
    assert.match(await found(uri("?sslmode=verify-full&sslrootcert=other.pem")), /^fail: .*self-signed certificate/);
    assert.match(await found(uri("?sslmode=verify-full")), /^fail: .*self-signed certificate/);
  });

  test("that refuses the password, or has no such database, fails in its own words", async () => {
    const wrong = await found(uri("", "wrong-password"));
    assert.match(wrong, /^fail: .*password authentication failed for user "shop" \(28P01\)$/);
    assert.match(await found(uri().replace(/postgres$/, "nothing")), /^fail: .*database "nothing" does not exist/);
  });

  test("whose standby stands still falls behind, on either side, until it goes on", async () => {
    pair.sql(pair.primary, "create table customers (id int)");
    await until(() => pair.sql(pair.standby, "select pg_last_xact_replay_timestamp() is not null") === "t");
    pair.sql(pair.standby, "select pg_wal_replay_pause()");
    pair.sql(pair.primary, "create table orders (id int)");
    await until(async () => /^fail: Standby "\w+" of .* behind, and no/.test(await found(uri(" max-lag=1s"))));
    const standby = uri(" max-lag=1s", postgresPassword, pair.standby.port);
    await until(async () => /^fail: Standby 127.* behind, and no more than 1 s/.test(await found(standby)));
    pair.sql(pair.standby, "select pg_wal_replay_resume()");
    await until(async () => (await found(uri(" max-lag=30s"))).startsWith("pass: "));
  });

  test("whose user may not see how far standbys are is no pass", async () => {
    pair.sql(pair.primary, `create role plain login password '${postgresPassword}'`);
    const shy = await found(uri(" max-lag=30s").replace("shop:", "plain:"));
    assert.match(shy, /^fail: Standby "\w+" of .* does not tell how far it is behind$/);
  });

  test("that nobody follows, and that is down, fails", async () => {
    await pair.standby.stop("SIGINT");
    await until(async () => (await found(uri(" max-lag=30s"))).endsWith("is a primary that no standby follows"));
    await pair.primary.stop("SIGINT");
    assert.match(await found(uri()), /^fail: 127\.0\.0\.1:\d+ cannot be reached: connect ECONNREFUSED/);
  });
});

suite("Redis", { concurrency: false }, () => {
  let pair: RedisPair;
  const url = (port: number, password = redisPassword, scheme = "redis") =>
    `${scheme}://:${encodeURIComponent(password)}@127.0.0.1:${port}/0`;
  const found = async (line: string) => await told("redis", { redis: line });

  before(async () => {
    pair = open.use(await startRedisPair(join(folder, "redis"), certificate));
  });

  test("that answers passes, as a master and as a replica whose link is up", async () => {
    assert.match(await found(`${url(pair.master.port)} role=master`), /^pass: .*, as a master$/);
    await until(async () => (await found(`${url(pair.replica.port)} role=replica`)).startsWith("pass: "));
    assert.match(await found(`${url(pair.replica.port)} role=master`), /^fail: .* is a replica, not a master$/);
  });

  test("is asked over TLS, and its certificate must be good", async () => {
    const secure = url(pair.masterTls, redisPassword, "rediss");
    assert.match(await found(`${secure} ca=ours.pem`), /^pass: /);
    assert.match(await found(`${secure} ca=other.pem`), /^fail: .*does not agree on TLS: self-signed certificate/);
    // It waits for the end of a line, and so says nothing at all.
    const plain = `${url(pair.master.port, redisPassword, "rediss")} within=1s`;
    assert.match(await found(plain), /^fail: .*no answer within 1 s$/);
  });

  test("that refuses the password, or misses one, fails in its own words", async () => {
    assert.match(await found(url(pair.master.port, "wrong-password")), /^fail: .*answers AUTH with WRONGPASS/);
    assert.match(await found(`redis://127.0.0.1:${pair.master.port}`), /^fail: .*answers PING with NOAUTH/);
  });

  test("that has lost its master, and that is down, fails", async () => {
    await pair.master.stop();
    const lost = /^fail: .*is a replica whose link to its master is down$/;
    await until(async () => lost.test(await found(`${url(pair.replica.port)} role=replica`)));
    assert.match(await found(url(pair.master.port)), /^fail: .*cannot be reached: connect ECONNREFUSED/);
    const both = await told("tcp", { tcp: `127.0.0.1:${pair.replica.port}\n127.0.0.1:${pair.master.port}` });
    assert.match(await told("tcp", { tcp: `127.0.0.1:${pair.replica.port}` }), /^pass: /);
    assert.match(both, new RegExp(`^fail: 127\\.0\\.0\\.1:${pair.master.port} cannot be reached`));
  });
});

suite("Prometheus and Alertmanager", { concurrency: false }, () => {
  let monitoring: Monitoring;
  let shop: Server;
  let at: { alertmanager: string; prometheus: string };
  const watched = { "heartbeat-alert": "Watchdog" };
  const byAlertmanager = async () => await told("alerts", { alertmanager: at.alertmanager, ...watched });
  const byPrometheus = async () => await told("alerts", { prometheus: at.prometheus, ...watched });
  const targets = async (text: string) => await told("targets", { prometheus: at.prometheus, targets: text });
  const passes = /^pass: No alert with severity=critical fires$/;

  before(async () => {
    const [port = 0] = await freePorts(1);
    shop = createServer((_, response) => response.end("up_to_now 1\n")).listen(port, "127.0.0.1");
    await once(shop, "listening");
    open.defer(() => void shop.close());
    monitoring = open.use(await startMonitoring(join(folder, "monitoring"), `127.0.0.1:${port}`));
    at = {
      alertmanager: `http://127.0.0.1:${monitoring.alertmanager.port}`,
      prometheus: `http://127.0.0.1:${monitoring.prometheus.port}`,
    };
  });

  test("that watch and see nothing wrong pass, once the alert that always fires has come through", async () => {
    await until(async () => passes.test(await byPrometheus()));
    await until(async () => passes.test(await byAlertmanager()));
    await until(async () => (await targets("job=shop")).endsWith("its target is up"));
  });

  test("have no data of what is not scraped, which is no pass", async () => {
    assert.match(await targets("job=cart"), /^fail: up\{job="cart"\} has no data: nothing is scraped$/);
    assert.match(await targets('job=~"("'), /^error: .*answers 400: .*parse error/);
  });

  test("see a target go down, and the alert that follows fires with both", async () => {
    shop.closeAllConnections();
    shop.close();
    await until(async () => /^fail: Target 127\.0\.0\.1:\d+ of job shop is down$/.test(await targets("job=shop")));
    await until(async () => /^fail: Alert ShopIsDown fires \(.*severity=critical/.test(await byPrometheus()));
    await until(async () => /^fail: Alert ShopIsDown fires .*The shop does not answer$/.test(await byAlertmanager()));
  });

  test("pass a silenced alert by Alertmanager, and not by Prometheus, which knows of no silences", async () => {
    const [startsAt, endsAt] = [0, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
    const matchers = [{ name: "alertname", value: "ShopIsDown", isRegex: false, isEqual: true }];
    const body = JSON.stringify({ matchers, startsAt, endsAt, createdBy: "test", comment: "known" });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${at.alertmanager}/api/v2/silences`, { method: "POST", headers, body });
    assert.equal(answer.status, 200, await answer.text());
    await until(async () => passes.test(await byAlertmanager()));
    assert.match(await byPrometheus(), /^fail: Alert ShopIsDown fires/);
  });

  test("that are down are an error", async () => {
    await monitoring.alertmanager.stop();
    assert.match(await byAlertmanager(), /^error: .*cannot be reached/);
  });
});

testThatAllWereSeen("services");

/** What one check finds, run by the bundle. */
async function told(check: string, inputs: Readonly<Record<string, string>>): Promise<string> {
  const env = { KUBECONFIG: kubeconfig() };
  const given = { service: "shop", namespace: "default", checks: check, ...inputs };
  const { outputs, log } = await runAction({
    stub: await bundledStub("preflight"),
    workspace: folder,
    env,
    inputs: given,
  });
  for (const secret of [postgresPassword, redisPassword, "wrong-password"]) assert.ok(!log.includes(secret), log);
  // The action's own output; none where its inputs were refused.
  const [result]: readonly CheckResult[] = JSON.parse(outputs.results || assert.fail(log));
  return result === undefined ? assert.fail(log) : sawOf(result);
}

/** Waits, half a minute at most, until it is so. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; !(await isSo()); await sleep(100))
    assert.ok(Date.now() < deadline, `waited too long for ${String(isSo)}`);
}
