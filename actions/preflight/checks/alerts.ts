import { type Alert, activeAlerts, alertingRules, firingAlerts, type Matcher } from "@cutover/metrics";
import { formatDuration } from "@cutover/release";
import { type Check, type Finding, fail, pass, skip, together, type World, warn } from "../check.ts";
import { listed, monitorAt } from "../monitoring.ts";

/** Who releases into an incident makes it worse, and hides what caused it. */
export const alerts: Check = {
  id: "alerts",
  title: "No alert fires",
  run: async (world) => {
    const { alertmanager, prometheus } = world.inputs;
    if (alertmanager !== undefined) return await byAlertmanager(alertmanager, world);
    if (prometheus !== undefined) return await byPrometheus(prometheus, world);
    return skip("Neither `alertmanager` nor `prometheus` is given");
  },
};

async function byAlertmanager(url: string, world: World): Promise<Finding> {
  const monitor = monitorAt(url, world);
  const { alerts: matchers, heartbeatAlert } = world.inputs;
  const [active, beats] = await Promise.all([
    activeAlerts(monitor, matchers),
    heartbeatAlert === undefined ? undefined : activeAlerts(monitor, named(heartbeatAlert)),
  ]);
  return together([...heartbeat(beats, world), firing(active, world)], "");
}

/** Without rules nothing can fire, so that silence says nothing. */
async function byPrometheus(url: string, world: World): Promise<Finding> {
  const monitor = monitorAt(url, world);
  const { alerts: matchers, heartbeatAlert } = world.inputs;
  const [rules, found, beats] = await Promise.all([
    alertingRules(monitor),
    firingAlerts(monitor, matchers),
    heartbeatAlert === undefined ? undefined : firingAlerts(monitor, named(heartbeatAlert)),
  ]);
  if (rules.length === 0)
    return fail(
      `${url} has no rules for alerts, so none can fire`,
      "Name the Prometheus that has them, or `alertmanager`.",
    );
  const broken = rules.filter(({ error }) => error !== undefined).map(({ name, error }) => `Alert ${name}: ${error}`);
  const remedy = "Mend the rule; until then nobody knows whether it would fire.";
  return together(
    [
      ...heartbeat(beats?.alerts, world),
      firing(found.alerts, world),
      ...(broken.length === 0 ? [] : [warn(listed(broken), remedy)]),
      ...found.warnings.map((warning) => warn(`Not all may be known: ${warning}`, "Look at what it reads from.")),
    ],
    "",
  );
}

function named(value: string): readonly Matcher[] {
  return [{ label: "alertname", is: "=", value }];
}

function heartbeat(beats: readonly Alert[] | undefined, { inputs: { heartbeatAlert } }: World): readonly Finding[] {
  if (beats === undefined || beats.length > 0) return [];
  const remedy = "Mend the way from the rules to where alerts are asked for; until then silence means nothing.";
  return [fail(`Alert ${heartbeatAlert}, which always fires, does not: alerts are lost on their way`, remedy)];
}

function firing(alerts: readonly Alert[], { inputs, runner: { clock } }: World): Finding {
  const asked = inputs.alerts.map(({ label, is, value }) => `${label}${is}${value}`).join(", ");
  const loud = alerts.filter(({ name }) => name !== inputs.heartbeatAlert);
  if (loud.length === 0) return pass(`No alert with ${asked} fires`);
  const now = clock.date().getTime();
  return fail(
    listed(loud.map((alert) => lineOf(alert, now))),
    "Wait until it is over, or, if the release is what ends it, `override: alerts` with the reason.",
  );
}

/** `Alert HighErrorRate fires for 12 min (service=shop, severity=critical): 5 % of requests fail`. */
function lineOf({ name, labels, since, summary }: Alert, now: number): string {
  const age = since === undefined ? Number.NaN : now - Date.parse(since);
  const long = age > 0 ? ` for ${formatDuration(age)}` : "";
  const told = Object.entries(labels).filter(([label]) => label !== "alertname");
  const where = told.map(([label, value]) => `${label}=${value}`).join(", ");
  return `Alert ${name} fires${long}${where === "" ? "" : ` (${where})`}${summary === undefined ? "" : `: ${summary}`}`;
}
