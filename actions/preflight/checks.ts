import type { Check } from "./check.ts";
import { alerts } from "./checks/alerts.ts";
import { apiServer } from "./checks/api-server.ts";
import { approvals } from "./checks/approvals.ts";
import { autoscalers } from "./checks/autoscalers.ts";
import { backup } from "./checks/backup.ts";
import { certificates } from "./checks/certificates.ts";
import { commitChecks } from "./checks/commit-checks.ts";
import { credentials } from "./checks/credentials.ts";
import { deprecatedApis } from "./checks/deprecated-apis.ts";
import { disruptionBudgets } from "./checks/disruption-budgets.ts";
import { dryRun } from "./checks/dry-run.ts";
import { endpoints } from "./checks/endpoints.ts";
import { fieldOwners } from "./checks/field-owners.ts";
import { flags } from "./checks/flags.ts";
import { freezes } from "./checks/freezes.ts";
import { headroom } from "./checks/headroom.ts";
import { images } from "./checks/images.ts";
import { limits } from "./checks/limits.ts";
import { loadBalancer } from "./checks/load-balancer.ts";
import { lock } from "./checks/lock.ts";
import { namespaceActive } from "./checks/namespace-active.ts";
import { nodes } from "./checks/nodes.ts";
import { platforms } from "./checks/platforms.ts";
import { postgres } from "./checks/postgres.ts";
import { probes } from "./checks/probes.ts";
import { pullSecrets } from "./checks/pull-secrets.ts";
import { quota } from "./checks/quota.ts";
import { redis } from "./checks/redis.ts";
import { references } from "./checks/references.ts";
import { restarts } from "./checks/restarts.ts";
import { rightCluster } from "./checks/right-cluster.ts";
import { rights } from "./checks/rights.ts";
import { selector } from "./checks/selector.ts";
import { serving } from "./checks/serving.ts";
import { targets } from "./checks/targets.ts";
import { tcp } from "./checks/tcp.ts";
import { traffic } from "./checks/traffic.ts";
import { unfinishedRelease } from "./checks/unfinished-release.ts";
import { version } from "./checks/version.ts";
import { webhooks } from "./checks/webhooks.ts";
import { windowOpen } from "./checks/window-open.ts";

/** Every check, in the order in which they are told where they ended alike. */
export const checks: readonly Check[] = [
  apiServer,
  credentials,
  rightCluster,
  version,
  nodes,
  namespaceActive,
  rights,
  lock,
  selector,
  serving,
  restarts,
  traffic,
  loadBalancer,
  unfinishedRelease,
  dryRun,
  fieldOwners,
  deprecatedApis,
  webhooks,
  probes,
  references,
  images,
  pullSecrets,
  platforms,
  limits,
  quota,
  headroom,
  autoscalers,
  disruptionBudgets,
  endpoints,
  certificates,
  tcp,
  postgres,
  redis,
  alerts,
  targets,
  flags,
  backup,
  windowOpen,
  freezes,
  commitChecks,
  approvals,
];
