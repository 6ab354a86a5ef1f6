import { type Matcher, queryPrometheus, written } from "@cutover/metrics";
import { type Check, type Finding, fail, pass, skip, together, type World, warn } from "../check.ts";
import { listed, monitorAt } from "../monitoring.ts";

const nothing = "No `targets` are given";

/** What is not scraped can turn bad unseen: neither an alert nor an analysis would notice the release. */
export const targets: Check = {
  id: "targets",
  title: "Prometheus scrapes what is released",
  run: async (world) => {
    const { prometheus, targets: groups } = world.inputs;
    if (prometheus === undefined || groups === undefined) return skip(nothing);
    return together(await Promise.all(groups.map((group) => scraped(prometheus, group, world))), nothing);
  },
};

/** By the series `up`, which everything that speaks Prometheus' language has, and which ends with its target. */
async function scraped(url: string, group: readonly Matcher[], world: World): Promise<Finding> {
  const selector = `up{${group.map(written).join(",")}}`;
  const { samples, warnings } = await queryPrometheus(monitorAt(url, world), selector);
  const remedy = `Look at ${url.replace(/\/+$/, "")}/targets, and at the ServiceMonitor or the annotations of the pods.`;
  if (samples.length === 0) return fail(`${selector} has no data: nothing is scraped`, remedy);
  const down = samples.filter(({ value }) => value !== 1);
  const names = down.map(({ labels: { job = "", instance = "" } }) => `Target ${instance} of job ${job} is down`);
  if (names.length > 0) return fail(listed(names), remedy);
  if (warnings.length > 0) return warn(`${selector} may not be all: ${warnings.join("; ")}`, remedy);
  return pass(`${selector}: ${samples.length === 1 ? "its target is" : `all ${samples.length} targets are`} up`);
}
