import { duration, list, text } from "@cutover/action-kit";
import { versionRange } from "./version-range.ts";

/** What must be so of the cluster, its registries and its certificates. */
export const clusterChecks = {
  allowedServers: list()
    .optional()
    .describe(
      "API servers that may be released to: host, `host:port` or address. Any other fails the check `cluster`.",
    ),
  dockerConfig: text()
    .optional()
    .describe(
      "Credentials for registries that the pods have no pull secret for, where the nodes have credentials of their own: the path of a Docker configuration, such as `~/.docker/config.json` after docker/login-action, or its text.",
    ),
  insecureRegistries: list()
    .optional()
    .describe("Registries that are asked without encryption, as `host:port`; those of this machine are anyhow."),
  kubernetesVersions: versionRange()
    .prefault("1.23-")
    .describe("Versions of the API server that may be released to, such as `1.30-1.34`, or `1.30-` for no end."),
  releaseTime: duration()
    .prefault("30m")
    .describe(
      "How long what follows may take, with soak, drain and a way back: the credentials must be good for as long.",
    ),
  certificateValidity: duration()
    .prefault("30d")
    .describe(
      "How long certificates must still be good: of Ingresses and Gateways that lead to the service, and of `endpoints`.",
    ),
};
