/** Upper bounds in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What an application answered, in Prometheus' text format, with the names of the cluster tier's fixture. */
export class Metrics {
  readonly #codes = new Map<number, number>();
  readonly #counts = bounds.map(() => 0);
  #total = 0;
  #seconds = 0;

  add(status: number, seconds: number): void {
    this.#codes.set(status, (this.#codes.get(status) ?? 0) + 1);
    this.#total += 1;
    this.#seconds += seconds;
    const index = bounds.findIndex((bound) => seconds <= bound);
    if (index >= 0) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  text(version: string, connections: number): string {
    const codes = [...this.#codes].sort(([a], [b]) => a - b);
    let below = 0;
    const buckets = bounds.map((bound, index) => {
      below += this.#counts[index] ?? 0;
      return `http_request_duration_seconds_bucket{le="${bound}"} ${below}`;
    });
    const lines = [
      "# HELP http_requests_total Answers of the application, by status code.",
      "# TYPE http_requests_total counter",
      ...codes.map(
        ([code, count]) => `http_requests_total{code="${code}",version=${JSON.stringify(version)}} ${count}`,
      ),
      "# HELP http_request_duration_seconds Time to answer.",
      "# TYPE http_request_duration_seconds histogram",
      ...buckets,
      `http_request_duration_seconds_bucket{le="+Inf"} ${this.#total}`,
      `http_request_duration_seconds_sum ${this.#seconds}`,
      `http_request_duration_seconds_count ${this.#total}`,
      "# HELP http_connections_open Connections that are open now.",
      "# TYPE http_connections_open gauge",
      `http_connections_open ${connections}`,
    ];
    return `${lines.join("\n")}\n`;
  }
}
