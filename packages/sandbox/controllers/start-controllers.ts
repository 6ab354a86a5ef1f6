import type { Registry } from "../registry.ts";
import { startDeploymentController } from "./deployment-controller.ts";
import { startEndpointSliceController } from "./endpoint-slice-controller.ts";
import { startGarbageCollector } from "./garbage-collector.ts";
import { startNamespaceController } from "./namespace-controller.ts";
import { startReplicaSetController } from "./replica-set-controller.ts";

/** @param reactionMs What a controller takes to notice something. */
export function startControllers(registry: Registry, reactionMs: number): void {
  startNamespaceController(registry, reactionMs);
  startDeploymentController(registry, reactionMs);
  startReplicaSetController(registry, reactionMs);
  startEndpointSliceController(registry, reactionMs);
  startGarbageCollector(registry, reactionMs);
}
