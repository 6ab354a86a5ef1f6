import {
  duration,
  flag,
  imageAssignments,
  integer,
  keyValues,
  kubernetesName,
  kubernetesNames,
  labelKey,
  lines,
  namePattern,
  oneOf,
  text,
} from "@cutover/action-kit";

/** Inputs shared by every action that reaches a cluster. */
export const clusterInputs = {
  namespace: kubernetesName().optional().describe("Namespace of the service. Default: the kubeconfig context's own."),
  service: kubernetesNames().describe(
    "Name of the Service that traffic comes through. Several, one a line, are released together: prepared side by side, switched in this order, and all or none of them.",
  ),
  deployment: namePattern()
    .prefault("{service}-{color}")
    .describe("Name of a slot's Deployment: a pattern with `{color}`, and `{service}` if you like."),
  colorLabel: labelKey()
    .prefault("color")
    .describe(
      "Label in the Service's selector that names the color, such as `deployment`, `version` or `environment`.",
    ),
  kubeconfig: text()
    .optional()
    .describe(
      "Kubeconfig: a path, its text, or its text in base64. Default: `$KUBECONFIG`, then the pod's own service account.",
    ),
  context: text().optional().describe("Context of the kubeconfig. Default: its current one."),
  engine: oneOf(["native", "argo-rollouts"])
    .prefault("native")
    .describe("What moves the traffic: `native` (the Service's selector). `argo-rollouts` is not there yet."),
  timeout: duration()
    .prefault("10m")
    .describe(
      "One deadline for the action; waiting for the lock and for the services that are released with it, soak and drain do not count.",
    ),
  lockTimeout: duration().prefault("5m").describe("How long to wait while another run holds the service's lock."),
  dryRun: flag().prefault("false").describe("Print the plan, with what each object would become; write nothing."),
};

/** Inputs shared by the actions that move traffic. */
export const trafficInputs = {
  probe: text()
    .optional()
    .describe(
      "What every preview pod is asked before the switch: a path, or `port/path`. Default: the path of its HTTP readiness probe.",
    ),
  drain: duration()
    .prefault("30s")
    .describe(
      "How long open connections on the old slot may go on before it is written again, scaled down or deleted.",
    ),
  previous: oneOf(["keep", "scale-down", "delete"])
    .prefault("keep")
    .describe(
      "What becomes of the old slot: `keep` it warm (rollback is one write), `scale-down` to 0, or `delete` it.",
    ),
};

/** Inputs that say what is released. */
export const releaseInputs = {
  manifests: lines()
    .optional()
    .describe(
      "Files or directories, one a line; one with a kustomization is built by `kustomize` or `kubectl`. `{color}` in a path stands for blue and green; without it the action colors the objects itself. `{service}` stands for each service.",
    ),
  chart: text()
    .optional()
    .describe(
      "Helm chart to release from, rendered by `helm template`: a directory, a .tgz or `oci://…`. `{color}` in `chart`, `release-name`, `values` or `set` renders it per color; without it the action colors the objects itself.",
    ),
  releaseName: text().optional().describe("Name of the Helm release. Default: the `service`."),
  values: lines().optional().describe("Value files for the chart, one a line; later ones win."),
  set: keyValues().optional().describe("Single values for the chart, as Helm's `--set`, such as `image.tag=v2`."),
  images: imageAssignments()
    .optional()
    .describe(
      "Images, one a line: `container=reference`; or a reference alone, for every container whose image has that repository; or `repository=reference`. Without `manifests` and `chart` they are set on the Deployments that exist.",
    ),
  replicas: integer({ min: 1 })
    .optional()
    .describe(
      "Pods of the new slot. Default: as many as the manifest, the active slot or an autoscaler asks for, whichever is most.",
    ),
};
