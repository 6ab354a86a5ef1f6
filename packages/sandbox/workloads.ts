import type { ApiObject, Condition, Strings } from "./api-object.ts";
import type { JsonObject } from "./json.ts";

export interface Probe extends JsonObject {
  readonly exec?: JsonObject;
  readonly httpGet?: JsonObject & { readonly path?: string; readonly port: number | string };
  readonly tcpSocket?: JsonObject;
  readonly grpc?: JsonObject;
  readonly terminationGracePeriodSeconds?: number;
  readonly initialDelaySeconds?: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

export interface ContainerPort extends JsonObject {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol: string;
}

export interface Container extends JsonObject {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: string;
  readonly ports?: readonly ContainerPort[];
  readonly command?: readonly string[];
  /** `Always` makes a sidecar of an init container. */
  readonly restartPolicy?: string;
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

export interface PodSpec extends JsonObject {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly nodeName?: string;
  readonly nodeSelector?: Strings;
  readonly serviceAccountName?: string;
  readonly terminationGracePeriodSeconds: number;
  readonly restartPolicy: string;
}

export interface ContainerState extends JsonObject {
  readonly waiting?: JsonObject & { readonly reason: string; readonly message?: string };
  readonly running?: JsonObject & { readonly startedAt: string };
  readonly terminated?: JsonObject & {
    readonly reason: string;
    readonly exitCode: number;
    readonly message?: string;
    readonly finishedAt: string;
  };
}

export interface ContainerStatus extends JsonObject {
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly state: ContainerState;
  readonly lastState: ContainerState;
  readonly containerID?: string;
}

export interface PodStatus extends JsonObject {
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed";
  readonly podIP?: string;
  readonly conditions?: readonly Condition[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

export interface Pod extends ApiObject {
  readonly spec: PodSpec;
  readonly status: PodStatus;
}

export interface LabelSelector extends JsonObject {
  readonly matchLabels?: Strings;
  readonly matchExpressions?: readonly (JsonObject & {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  })[];
}

export interface PodTemplate extends JsonObject {
  readonly metadata?: JsonObject & { readonly labels?: Strings; readonly annotations?: Strings };
  readonly spec: PodSpec;
}

export interface ReplicaSetStatus extends JsonObject {
  readonly replicas: number;
  readonly fullyLabeledReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
}

export interface ReplicaSet extends ApiObject {
  readonly spec: JsonObject & {
    readonly replicas: number;
    readonly minReadySeconds?: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
  };
  readonly status: ReplicaSetStatus;
}

export interface DeploymentStatus extends JsonObject {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly unavailableReplicas?: number;
  /** How often the name of a new ReplicaSet was taken. */
  readonly collisionCount?: number;
  readonly conditions?: readonly Condition[];
}

export interface Deployment extends ApiObject {
  readonly spec: JsonObject & {
    readonly replicas: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly strategy: JsonObject & {
      readonly type: string;
      readonly rollingUpdate?: JsonObject & {
        readonly maxSurge: number | string;
        readonly maxUnavailable: number | string;
      };
    };
    readonly minReadySeconds?: number;
    readonly progressDeadlineSeconds: number;
    readonly revisionHistoryLimit: number;
    readonly paused?: boolean;
  };
  readonly status: DeploymentStatus;
}
