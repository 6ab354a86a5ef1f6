import type { Check } from "./check.ts";
import { apiServer } from "./checks/api-server.ts";
import { approvals } from "./checks/approvals.ts";
import { backup } from "./checks/backup.ts";
import { commitChecks } from "./checks/commit-checks.ts";
import { dryRun } from "./checks/dry-run.ts";
import { endpoints } from "./checks/endpoints.ts";
import { lock } from "./checks/lock.ts";
import { namespaceActive } from "./checks/namespace-active.ts";
import { nodes } from "./checks/nodes.ts";
import { probes } from "./checks/probes.ts";
import { quota } from "./checks/quota.ts";
import { references } from "./checks/references.ts";
import { rightCluster } from "./checks/right-cluster.ts";
import { rights } from "./checks/rights.ts";
import { selector } from "./checks/selector.ts";
import { serving } from "./checks/serving.ts";
import { unfinishedRelease } from "./checks/unfinished-release.ts";
import { windowOpen } from "./checks/window-open.ts";

/** Every check, in the order in which they are told where they ended alike. */
export const checks: readonly Check[] = [
  apiServer,
  rightCluster,
  nodes,
  namespaceActive,
  rights,
  lock,
  selector,
  serving,
  unfinishedRelease,
  dryRun,
  probes,
  references,
  quota,
  endpoints,
  backup,
  windowOpen,
  commitChecks,
  approvals,
];
