import { version } from "./discovery.ts";
import type { LoggedRequest } from "./request-log.ts";

/** The API server's own metrics, in Prometheus' format: what it is, and what it was asked. */
export function metrics(requests: readonly LoggedRequest[]): string {
  const counts = new Map<string, number>();
  for (const { verb, resource, subresource, status } of requests) {
    if (resource === "" || status === 0) continue;
    const labels = { code: status, resource, subresource, verb: verb.toUpperCase() };
    const series = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
    counts.set(series.join(","), (counts.get(series.join(",")) ?? 0) + 1);
  }
  const { major, minor, gitVersion } = version;
  return [
    "# HELP apiserver_request_total [STABLE] Counter of apiserver requests broken out for each verb and resource.",
    "# TYPE apiserver_request_total counter",
    ...[...counts].map(([series, count]) => `apiserver_request_total{${series}} ${count}`),
    "# HELP kubernetes_build_info [ALPHA] A metric with a constant '1' value, labeled by what was built.",
    "# TYPE kubernetes_build_info gauge",
    `kubernetes_build_info{git_version="${gitVersion}",major="${major}",minor="${minor}"} 1`,
    "",
  ].join("\n");
}
