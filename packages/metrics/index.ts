export { type Alert, activeAlerts, alertingRules, firingAlerts } from "./alerts.ts";
export { type Matcher, readMatchers, written } from "./matchers.ts";
export type { Monitor } from "./monitor.ts";
export { type Queried, queryPrometheus, type Sample } from "./query.ts";
