import * as z from "zod";
import { type Matcher, written } from "./matchers.ts";
import { askMonitor, type Monitor } from "./monitor.ts";
import { queryPrometheus } from "./query.ts";

/** An alert that fires. */
export interface Alert {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** ISO 8601; `undefined` where it is not told. */
  readonly since: string | undefined;
  /** What its rule says of it. */
  readonly summary: string | undefined;
}

const texts = z.record(z.string(), z.string());

const alerts = z.array(
  z.object({
    labels: texts,
    annotations: texts.optional(),
    startsAt: z.string().optional(),
    status: z.object({ state: z.string() }),
  }),
);

/** Alerts that Alertmanager would tell people of: none that is silenced or inhibited. @throws as `askMonitor` */
export async function activeAlerts(alertmanager: Monitor, matchers: readonly Matcher[]): Promise<readonly Alert[]> {
  const query = [
    ...[["active", "true"] as const, ["silenced", "false"] as const, ["inhibited", "false"] as const],
    ...matchers.map((matcher) => ["filter", written(matcher)] as const),
  ];
  const all = await askMonitor(alertmanager, { path: "api/v2/alerts", query, schema: alerts });
  return all
    .filter(({ status }) => status.state === "active")
    .map(({ labels, annotations, startsAt }) => ({
      name: labels.alertname ?? "without a name",
      labels,
      since: startsAt,
      summary: annotations?.summary ?? annotations?.description,
    }));
}

/** Alerts that fire by Prometheus' own rules; it knows of no silences. @throws as `askMonitor` */
export async function firingAlerts(
  prometheus: Monitor,
  matchers: readonly Matcher[],
): Promise<{ readonly alerts: readonly Alert[]; readonly warnings: readonly string[] }> {
  const found = ['alertstate="firing"', ...matchers.map(written)].join(",");
  const { samples, warnings } = await queryPrometheus(prometheus, `ALERTS{${found}}`);
  const alerts = samples.map(({ labels: { alertname, __name__, alertstate, ...labels } }) => ({
    name: alertname ?? "without a name",
    labels,
    since: undefined,
    summary: undefined,
  }));
  return { alerts, warnings };
}

const rules = z.object({
  status: z.literal("success"),
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(z.object({ name: z.string(), health: z.string().optional(), lastError: z.string().optional() })),
      }),
    ),
  }),
});

/** The rules that can make an alert fire, and what is wrong with those that cannot be evaluated. @throws as `askMonitor` */
export async function alertingRules(
  prometheus: Monitor,
): Promise<readonly { readonly name: string; readonly error: string | undefined }[]> {
  const { data } = await askMonitor(prometheus, { path: "api/v1/rules", query: [["type", "alert"]], schema: rules });
  return data.groups.flatMap((group) =>
    group.rules.map(({ name, health, lastError }) => ({
      name,
      error: health === "err" ? (lastError ?? "it cannot be evaluated") : undefined,
    })),
  );
}
