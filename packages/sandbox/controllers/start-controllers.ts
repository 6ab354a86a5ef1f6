import type { Registry } from "../registry.ts";
import { startAutoscalerController } from "./autoscaler-controller.ts";
import { startCronJobController } from "./cron-job-controller.ts";
import { startDeploymentController } from "./deployment-controller.ts";
import { startDisruptionController } from "./disruption-controller.ts";
import { startEndpointSliceController } from "./endpoint-slice-controller.ts";
import { startGarbageCollector } from "./garbage-collector.ts";
import { startJobController } from "./job-controller.ts";
import { startNamespaceController } from "./namespace-controller.ts";
import { startReplicaSetController } from "./replica-set-controller.ts";
import { startResourceQuotaController } from "./resource-quota-controller.ts";

/** @param reactionMs What a controller takes to notice something. */
export function startControllers(registry: Registry, reactionMs: number): void {
  startNamespaceController(registry, reactionMs);
  startDeploymentController(registry, reactionMs);
  startReplicaSetController(registry, reactionMs);
  startEndpointSliceController(registry, reactionMs);
  startJobController(registry, reactionMs);
  startCronJobController(registry, reactionMs);
  startAutoscalerController(registry, reactionMs);
  startDisruptionController(registry, reactionMs);
  startResourceQuotaController(registry, reactionMs);
  startGarbageCollector(registry, reactionMs);
}
