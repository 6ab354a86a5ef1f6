import { type Contract, deployWindows, duration, integer, keyValues, list, oneOf, text } from "@cutover/action-kit";
import { colors } from "@cutover/release";
import * as z from "zod";
import { clusterInputs, releaseInputs } from "../release/inputs.ts";
import { refuseStraySources, refuseUnbuilt, rule } from "../release/rules.ts";
import { refuseProbes } from "./asked-pods.ts";
import { backupSources } from "./backup-source.ts";
import { checks } from "./checks.ts";
import { clusterChecks } from "./cluster-checks.ts";
import { postgresServers, redisServers, tcpServers } from "./dependency.ts";
import { endpoints } from "./endpoint.ts";
import { freezeSources } from "./freeze-source.ts";
import { imageReference } from "./image-reference.ts";
import { jobToken } from "./job-token.ts";
import { labelMatchers, targetGroups, webAddress } from "./monitoring.ts";

const { namespace, service, deployment, colorLabel, kubeconfig, context, engine } = clusterInputs;
const where = { namespace, service, deployment, colorLabel, kubeconfig, context, engine };

/** Which checks run, and what becomes of what they find. */
const choice = {
  checks: list().optional().describe("The checks to run, by id. Default: all that have something to check."),
  skip: list().optional().describe("Checks that do not run, by id."),
  failOn: oneOf(["fail", "warn"])
    .prefault("fail")
    .describe(
      "What fails the step: a failed check, or a warning too. One that cannot be carried out counts as failed.",
    ),
  override: list()
    .optional()
    .describe("Checks whose failure counts as a warning, by id. It needs `override-reason`, which is recorded."),
  overrideReason: text()
    .optional()
    .describe("Why, and who decided so; it stands in the log, the summary and the report."),
  timeout: duration()
    .prefault("60s")
    .describe("One deadline for all checks together; one that hangs is an `error` of its own."),
};

/** What must be there besides the cluster. */
const dependencies = {
  endpoints: endpoints()
    .optional()
    .describe(
      "What must answer over HTTP, one a line: `https://shop.example/health status=200 within=500ms contains=ok`. Default: `status=2xx within=5s`. With `via=pod` a pod of the active slot asks, with `via=job` a short Job.",
    ),
  endpointsAuthorization: keyValues()
    .optional()
    .meta({ secret: true })
    .describe(
      "Headers `Authorization` for `endpoints`, one a line by host: `api.payments.example=Bearer …`, so that a key that is no longer good is found. They go over https only.",
    ),
  tcp: tcpServers()
    .optional()
    .describe(
      "What must take connections, one a line: `broker.internal:5672 within=2s`. Default: `within=5s`. With `via=pod` a pod of the active slot connects, with `via=job` a short Job.",
    ),
  postgres: postgresServers()
    .optional()
    .meta({ secret: true })
    .describe(
      "PostgreSQL servers that must answer a query, one a line: `postgresql://user:password@host/database?sslmode=verify-full within=2s max-lag=10s`. With `max-lag` no standby may be further behind. `$DATABASE_URL via=pod` has a pod of the active slot ask, at the address in that variable of its own; with `via=job` a short Job that gets the variable. Hidden in logs.",
    ),
  redis: redisServers()
    .optional()
    .meta({ secret: true })
    .describe(
      "Redis servers that must answer, one a line: `rediss://user:password@host:6379 within=2s role=replica ca=redis-ca.pem`. `role` is `master`, or `replica` with its link up. `$REDIS_URL via=pod` has a pod of the active slot ask, `via=job` a short Job. Hidden in logs.",
    ),
  probeImage: imageReference()
    .optional()
    .describe(
      "Allows one short Job for all that is asked by `via=job`, of this image: with `sh` and what it asks with (`nc`, `curl`, `psql`, `redis-cli`), by digest or tag. It is removed before the action ends.",
    ),
  backups: backupSources()
    .optional()
    .describe(
      "What tells of the last backup, one a line: `cronjob/dump` and `job/dump-before-release` by their success, any other object by an annotation with the time: `statefulset/db backup.example/last-success`. All must be fresh.",
    ),
  backupAge: duration().prefault("24h").describe("How old the last backup may be."),
};

/** What watches over it, and what switches its parts on and off. */
const watched = {
  alertmanager: webAddress()
    .optional()
    .describe(
      "Alertmanager, such as `https://alerts.example`: no alert may fire that is neither silenced nor inhibited.",
    ),
  prometheus: webAddress()
    .optional()
    .describe(
      "Prometheus, or what speaks its language, such as `https://prometheus.example`: for `targets`, and for alerts where there is no `alertmanager`.",
    ),
  alerts: labelMatchers()
    .prefault("severity=critical")
    .describe('Which alerts count, by labels that must all match: `severity=~"critical|page", team=shop`.'),
  heartbeatAlert: text()
    .optional()
    .describe("An alert that always fires, such as `Watchdog`: while it does not, that none fires says nothing."),
  targets: targetGroups()
    .optional()
    .describe("Targets that `prometheus` must scrape, a group a line by its labels: `job=shop, namespace=production`."),
  monitoringAuthorization: text()
    .optional()
    .meta({ secret: true })
    .describe(
      "Header `Authorization` for `alertmanager` and `prometheus`, such as `Bearer …`. It goes over https only.",
    ),
  flagsUrl: webAddress()
    .optional()
    .describe(
      "JSON that tells the state of feature flags. An address that ends in `/ofrep/v1/evaluate/flags` is asked by OpenFeature's protocol; Unleash has it at `/api/client/features`.",
    ),
  flags: keyValues()
    .optional()
    .describe(
      "Flags and the state that they must have, one a line: `new-checkout=false`, or by JSON pointer `/a/b=true`.",
    ),
  flagsAuthorization: text()
    .optional()
    .meta({ secret: true })
    .describe("Header `Authorization` for `flags-url`, such as `Bearer …`. It goes over https only."),
};

/** What GitHub knows of what is released. */
const origin = {
  commit: text()
    .optional()
    .describe("The commit that is released, by its SHA. Default: the one that the workflow runs for."),
  commitChecks: list()
    .optional()
    .describe(
      "Checks of the commit that must be green, by name: check runs, which is what jobs of workflows are called there, and commit statuses. `*` stands for anything, and alone for all but this workflow's own.",
    ),
  commitChecksPending: oneOf(["fail", "wait", "ignore"])
    .prefault("fail")
    .describe("What becomes of a check that is not done: it fails, is waited for until `timeout`, or does not count."),
  commitChecksEvents: list()
    .prefault("push")
    .describe("Events whose workflow runs count, such as `push, merge_group`."),
  requiredApprovals: list()
    .optional()
    .describe(
      "Environments of GitHub whose deployment somebody must have approved in this run, and not only who has started it.",
    ),
  requiredReviews: integer({ min: 1 })
    .optional()
    .describe(
      "How many people must have approved the pull request that brought the commit; its author does not count.",
    ),
  githubToken: jobToken().describe(
    "Token that reads the checks and approvals. It needs `checks: read`, `statuses: read` and `actions: read`, or `pull-requests: read`.",
  ),
};

/** What people have agreed on. */
const process = {
  windows: deployWindows()
    .optional()
    .describe(
      "When releases are allowed, one a line: `Tue-Thu 10:00-14:00 America/New_York`. Days and zone may be left out: every day, UTC.",
    ),
  freezes: freezeSources()
    .optional()
    .describe(
      "Calendars of times without releases, one a line, files or addresses: a YAML list of `name`, `from`, `to`, `zone` and `reason`, or an iCalendar, with a time zone behind it if its days are of one: `.github/freezes.yml Europe/Berlin`.",
    ),
};

export const contract = {
  name: "preflight",
  description:
    "Checks what could stop or spoil a release before it begins. It changes nothing; only where `probe-image` allows it, one short Job is made and removed.",
  post: true,
  inputs: z
    .object({
      ...where,
      ...releaseInputs,
      ...clusterChecks,
      ...dependencies,
      ...watched,
      ...process,
      ...origin,
      ...choice,
    })
    .check(
      rule((inputs, refuse) => {
        refuseUnbuilt(inputs, refuse);
        const { manifests, chart, images } = inputs;
        if (manifests !== undefined || chart !== undefined || images !== undefined) refuseStraySources(inputs, refuse);
        for (const name of ["checks", "skip", "override"] as const) {
          const stranger = inputs[name]?.find((id) => !checks.some((check) => check.id === id));
          if (stranger !== undefined)
            refuse(name, `there is no check "${stranger}"; README.md of the action lists them`);
        }
        refuseProbes(inputs, refuse);
        const hosts = (inputs.endpoints ?? []).map(({ url }) => new URL(url).host);
        const nowhere = Object.keys(inputs.endpointsAuthorization ?? {}).find((host) => !hosts.includes(host));
        if (nowhere !== undefined) refuse("endpointsAuthorization", `none of \`endpoints\` is at ${nowhere}`);
        if (inputs.targets !== undefined && inputs.prometheus === undefined)
          refuse("prometheus", "expected the address of the Prometheus that scrapes `targets`");
        if (inputs.flags !== undefined && inputs.flagsUrl === undefined)
          refuse("flagsUrl", "expected the address that tells the state of `flags`");
        if (inputs.override !== undefined && inputs.overrideReason === undefined)
          refuse("overrideReason", "expected a reason, since `override` lets a failed check pass");
      }),
    ),
  outputs: z.object({
    verdict: z.enum(["pass", "warn", "fail"]).describe("All checks together: `pass`, `warn` or `fail`."),
    results: z
      .array(z.record(z.string(), z.unknown()))
      .describe("Each check, worst first, JSON: `id`, `title`, `verdict`, `evidence`, `remedy`, `ms`."),
    summary: text().describe("One sentence, such as `2 of 24 checks failed: quota, images`."),
    report: text().optional().describe("Path of the HTML report."),
    color: z.enum(colors).optional().describe("The color that has the traffic now."),
    nextColor: z.enum(colors).optional().describe("The color that a release would go to."),
    revision: z.int().optional().describe("The revision that has the traffic now."),
    previousImages: z
      .record(z.string(), z.string())
      .optional()
      .describe("Images of the active slot by container, JSON: what a rollback of the coming release goes back to."),
    platforms: text()
      .optional()
      .describe(
        "What the nodes are that may run the pods, such as `linux/amd64,linux/arm64`: what images must be built for. Empty where the credentials may not list nodes, or the check `platforms` does not run.",
      ),
    state: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("What stands in the cluster as one JSON object, versioned."),
  }),
  refused: { verdict: "fail", summary: "The inputs are not right; the log names each" },
} satisfies Contract;
