import type { Check } from "./check.ts";
import { apiServer } from "./checks/api-server.ts";
import { dryRun } from "./checks/dry-run.ts";

import { endpoints } from "./checks/endpoints.ts";
import { lock } from "./checks/lock.ts";
import { namespaceActive } from "./checks/namespace-active.ts";
import { probes } from "./checks/probes.ts";
import { quota } from "./checks/quota.ts";
import { references } from "./checks/references.ts";
import { rights } from "./checks/rights.ts";
import { selector } from "./checks/selector.ts";
import { serving } from "./checks/serving.ts";
import { unfinishedRelease } from "./checks/unfinished-release.ts";
import { windowOpen } from "./checks/window-open.ts";

/** Every check, in the order in which they are told where they ended alike. */
export const checks: readonly Check[] = [
  apiServer,
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
  windowOpen,
];
