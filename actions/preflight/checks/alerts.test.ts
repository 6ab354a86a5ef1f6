import assert from "node:assert/strict";
import { test } from "node:test";
import { type Answer, type Asked, answering } from "../answering.test-kit.ts";
import { checked, told } from "../checked.test-kit.ts";

// The town's clock is at the fifth second of 2030.
const startsAt = "2029-12-31T23:48:05Z";
const labels = { alertname: "HighErrorRate", severity: "critical", service: "shop" };
const loud = { labels, annotations: { summary: "5 % of requests fail" }, startsAt, status: { state: "active" } };
const silenced = { ...loud, status: { state: "suppressed" } };

async function found(
  by: "alertmanager" | "prometheus",
  answer: (asked: Asked) => Answer,
  inputs: Readonly<Record<string, string>> = {},
) {
  await using server = await answering(answer);
  const result = await checked("alerts", { inputs: { [by]: `${server.origin}/`, ...inputs } });
  return { told: told(result).replaceAll(server.origin, ""), asked: server.asked };
}

test("without alerts that fire it passes, and only those that are asked for count", async () => {
  const { told, asked } = await found("alertmanager", () => [silenced], {
    alerts: 'severity=~"critical|page"\nteam=shop',
  });
  assert.equal(told, "pass: No alert with severity=~critical|page, team=shop fires");
  const { pathname, searchParams } = asked[0]?.url ?? new URL("http://nowhere");
  assert.equal(pathname, "/api/v2/alerts");
  assert.deepEqual(searchParams.getAll("filter"), ['severity=~"critical|page"', 'team="shop"']);
  assert.deepEqual([searchParams.get("silenced"), searchParams.get("inhibited")], ["false", "false"]);
});

test("one that fires fails, and is told with what its rule says and for how long", async () => {
  const { told } = await found("alertmanager", () => [loud]);
  assert.equal(
    told,
    "fail: Alert HighErrorRate fires for 12 min (severity=critical, service=shop): 5 % of requests fail",
  );
});

test("of many the first ten are told, and how many more there are", async () => {
  const { told } = await found("alertmanager", () =>
    Array(13)
      .fill(loud)
      .map((one, service) => ({ ...one, labels: { ...labels, service: `${service}` } })),
  );
  assert.match(told, /service=9\).*\n… and 3 more$/);
});

test("silence without the alert that always fires is a failure", async () => {
  const watchdog = { ...loud, labels: { alertname: "Watchdog", severity: "critical" } };
  const beating = (isAlive: boolean) => () => (isAlive ? [watchdog] : []);
  const inputs = { "heartbeat-alert": "Watchdog" };
  assert.match((await found("alertmanager", beating(true), inputs)).told, /^pass: /);
  assert.equal(
    (await found("alertmanager", beating(false), inputs)).told,
    "fail: Alert Watchdog, which always fires, does not: alerts are lost on their way",
  );
});

const rulesOf = (...rules: readonly object[]) => ({ status: "success", data: { groups: [{ rules }] } });
const vector = (...metrics: readonly object[]) => ({
  status: "success",
  data: { resultType: "vector", result: metrics.map((metric) => ({ metric, value: [1_893_456_005, "1"] })) },
});
const asPrometheus = (rules: object, alerts: object) => (asked: Asked) =>
  asked.url.pathname === "/api/v1/rules" ? rules : alerts;

test("Prometheus is asked for what fires by its own rules", async () => {
  const rules = rulesOf({ name: "HighErrorRate", health: "ok" });
  const quiet = await found("prometheus", asPrometheus(rules, vector()));
  assert.equal(quiet.told, "pass: No alert with severity=critical fires");
  const query = quiet.asked.find(({ url }) => url.pathname === "/api/v1/query")?.url.searchParams.get("query");
  assert.equal(query, 'ALERTS{alertstate="firing",severity="critical"}');
  const firing = await found(
    "prometheus",
    asPrometheus(rules, vector({ __name__: "ALERTS", alertstate: "firing", ...labels })),
  );
  assert.equal(firing.told, "fail: Alert HighErrorRate fires (severity=critical, service=shop)");
});

test("where there are no rules, silence says nothing; a rule that is broken is a warning", async () => {
  const none = await found("prometheus", asPrometheus(rulesOf(), vector()));
  assert.equal(none.told, "fail: / has no rules for alerts, so none can fire");
  const broken = rulesOf({ name: "HighErrorRate", health: "err", lastError: "many-to-many matching" });
  const { told } = await found("prometheus", asPrometheus(broken, vector()));
  assert.equal(told, "warn: Alert HighErrorRate: many-to-many matching");
});

test("half an answer is a warning, and a page to log in at an error", async () => {
  const half = { ...vector(), warnings: ["store eu-1 does not answer"] };
  const { told } = await found("prometheus", asPrometheus(rulesOf({ name: "a" }), half));
  assert.equal(told, "warn: Not all may be known: store eu-1 does not answer");
  const login = await found("alertmanager", () => ({ status: 200, body: "<html>Sign in</html>" }));
  assert.equal(login.told, "error: /api/v2/alerts answers 200, but with something else than its API has");
});

test("a monitor that nobody reaches is an error: no answer is not a good one", async () => {
  const result = await checked("alerts", { inputs: { alertmanager: "http://127.0.0.1:1" } });
  assert.match(told(result), /^error: http:\/\/127\.0\.0\.1:1 cannot be reached/);
});

test("credentials do not go where everybody can read them", async () => {
  const inputs = { "monitoring-authorization": "Bearer t0ken-value" };
  const { told, asked } = await found("alertmanager", () => [], inputs);
  assert.match(told, /^error: .*is not encrypted$/);
  assert.deepEqual(asked, []);
});

test("who names no monitor is not asked for one", async () => {
  assert.equal(told(await checked("alerts")), "skip: Neither `alertmanager` nor `prometheus` is given");
});
