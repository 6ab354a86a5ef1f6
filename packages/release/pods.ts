/** What a container says of itself: the part of `status.containerStatuses[]` that judgements rest on. */
export interface ContainerFacts {
  name: string;
  image: string;
  ready: boolean;
  restarts: number;
  /** `state.waiting`: reason and message as the kubelet wrote them. */
  waiting?: { reason: string; message: string };
  /** `state.terminated` or `lastState.terminated`, the newer. */
  terminated?: { reason: string; exitCode: number; message: string };
  /** The readiness probe in words, such as `GET :8080/ready every 1 s`; none when there is none. */
  readinessProbe?: string;
  /** How long that probe may fail by its own settings (delay, period, threshold), in milliseconds. */
  readinessBudget?: number;
}

export interface EventFacts {
  reason: string;
  message: string;
  type: "Normal" | "Warning";
  count: number;
  /** When the API server last saw it, epoch milliseconds on the cluster's clock. */
  lastSeen: number;
}

/** One pod of the expected ReplicaSet. */
export interface PodFacts {
  name: string;
  uid: string;
  phase: string;
  ready: boolean;
  terminating: boolean;
  node: string | undefined;
  /** `PodScheduled=False`: reason and message. */
  unscheduled?: { reason: string; message: string };
  /** Init containers first. */
  containers: readonly ContainerFacts[];
  events: readonly EventFacts[];
}

/** Everything that readiness of one Deployment is judged by. */
export interface RolloutFacts {
  deployment: string;
  generationObserved: boolean;
  /** Pods asked for, and ready ones that are enough. */
  replicas: number;
  needed: number;
  /** Deployment and ReplicaSet conditions that are newer than our own write, such as ReplicaFailure or Progressing=False. */
  conditions: readonly { type: string; status: string; reason: string; message: string }[];
  pods: readonly PodFacts[];
}
