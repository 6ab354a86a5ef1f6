import type { ApiObject, Condition } from "./api-object.ts";
import type { JsonObject } from "./json.ts";
import type { LabelSelector } from "./workloads.ts";

export interface HorizontalPodAutoscaler extends ApiObject {
  readonly spec: JsonObject & {
    readonly scaleTargetRef: JsonObject & { readonly apiVersion: string; readonly kind: string; readonly name: string };
    readonly minReplicas: number;
    readonly maxReplicas: number;
    readonly metrics?: readonly JsonObject[];
  };
  readonly status: JsonObject & { readonly conditions?: readonly Condition[]; readonly lastScaleTime?: string };
}

export interface PodDisruptionBudget extends ApiObject {
  readonly spec: JsonObject & {
    readonly selector?: LabelSelector;
    readonly minAvailable?: number | string;
    readonly maxUnavailable?: number | string;
  };
  readonly status: JsonObject & { readonly conditions?: readonly Condition[]; readonly disruptedPods?: JsonObject };
}
