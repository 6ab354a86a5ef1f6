import { type Group, it, post } from "../case.ts";
import { configMap, deployment, lease, pod, replicaSet, revision, secret, service, template } from "../examples.ts";
import { unchangeable } from "./changing.ts";
import { undecodable } from "./decoding.ts";

const manyPorts = { ports: [{ port: 80 }, { port: 0 }, { port: 80, name: "B_" }] };
const badContainers = [{ name: "app" }, { name: "app", image: "b" }, { image: "c" }, { name: "Not Valid", image: "d" }];

export const refusing: Group = {
  name: "refusing",
  cases: [
    it(
      "a Deployment with nothing in it",
      post("deployments", { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: {} }),
    ),
    it(
      "a selector that misses its own pods",
      post("deployments", deployment("web", { selector: { matchLabels: { app: "other" } } })),
    ),
    it("an empty selector", post("deployments", deployment("web", { selector: {} }))),
    it(
      "a selector with a bad operator",
      post(
        "deployments",
        deployment("web", { selector: { matchExpressions: [{ key: "app", operator: "Like", values: ["web"] }] } }),
      ),
    ),
    it("fewer than no replicas", post("deployments", deployment("web", { replicas: -1 }))),
    it(
      "many faults in one Deployment",
      post(
        "deployments",
        deployment("Web_1", {
          replicas: -1,
          minReadySeconds: -1,
          revisionHistoryLimit: -1,
          template: template({ containers: badContainers }),
        }),
      ),
    ),
    it(
      "a rolling update that cannot move",
      post("deployments", deployment("web", { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } })),
    ),
    it(
      "a percentage that is none",
      post("deployments", deployment("web", { strategy: { rollingUpdate: { maxSurge: "many" } } })),
    ),
    it("a strategy that nobody knows", post("deployments", deployment("web", { strategy: { type: "BlueGreen" } }))),
    it(
      "a recreation with parameters",
      post("deployments", deployment("web", { strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } })),
    ),
    it(
      "a progress deadline within readiness",
      post("deployments", deployment("web", { minReadySeconds: 30, progressDeadlineSeconds: 20 })),
    ),
    it(
      "a restart policy that a Deployment cannot have",
      post("deployments", deployment("web", { template: template({ restartPolicy: "Never" }) })),
    ),
    it("containers without names and images", post("pods", pod("web", { containers: badContainers }))),
    it("a Pod without containers", post("pods", pod("web", { containers: [] }))),
    it(
      "a container's ports",
      post(
        "pods",
        pod(
          "web",
          {},
          {
            ports: [
              { containerPort: 0 },
              { containerPort: 70000 },
              { name: "TOO-LONG-A-NAME-FOR-PORTS", containerPort: 80 },
              { containerPort: 81, protocol: "ICMP" },
            ],
          },
        ),
      ),
    ),
    it(
      "ports with one name",
      post(
        "pods",
        pod(
          "web",
          {},
          {
            ports: [
              { name: "http", containerPort: 80 },
              { name: "http", containerPort: 81 },
            ],
          },
        ),
      ),
    ),
    it(
      "environment without a name",
      post(
        "pods",
        pod(
          "web",
          {},
          {
            env: [
              { value: "x" },
              { name: "A B", value: "y" },
              { name: "C", value: "1", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
            ],
          },
        ),
      ),
    ),
    it("a mount of no volume", post("pods", pod("web", {}, { volumeMounts: [{ name: "none", mountPath: "/a" }] }))),
    it("a probe without a way", post("pods", pod("web", {}, { readinessProbe: { periodSeconds: 5 } }))),
    it(
      "a probe with two ways",
      post("pods", pod("web", {}, { readinessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } })),
    ),
    it(
      "a probe of a bad port",
      post("pods", pod("web", {}, { readinessProbe: { httpGet: { port: 0, path: "/" }, periodSeconds: -1 } })),
    ),
    it("a pull policy that nobody knows", post("pods", pod("web", {}, { imagePullPolicy: "Sometimes" }))),
    it(
      "requests over limits",
      post("pods", pod("web", {}, { resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } })),
    ),
    it("a quantity that is none", post("pods", pod("web", {}, { resources: { requests: { cpu: "lots" } } }))),
    it("a service account that is not there", post("pods", pod("web", { serviceAccountName: "nobody" }))),
    it("a Service without ports", post("services", service("web", { ports: [] }))),
    it("a Service with many bad ports", post("services", service("web", manyPorts))),
    it(
      "ports of a Service that are the same",
      post(
        "services",
        service("web", {
          ports: [
            { name: "a", port: 80 },
            { name: "b", port: 80 },
          ],
        }),
      ),
    ),
    it("a Service type that nobody knows", post("services", service("web", { type: "Magic" }))),
    it("a Service whose name begins with a digit", post("services", service("1web"))),
    it(
      "an external name that is missing",
      post("services", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { type: "ExternalName" },
      }),
    ),
    it("an address that is none", post("services", service("web", { clusterIP: "1.2.3" }))),
    it("a selector with bad labels", post("services", service("web", { selector: { "a b": "c d" } }))),
    it("a name that is too long", post("configmaps", configMap("x".repeat(254)))),
    it("a name with capitals", post("configmaps", configMap("Web"))),
    it(
      "labels and annotations",
      post("configmaps", {
        ...configMap("web"),
        metadata: {
          name: "web",
          labels: { "a b": "ok", ok: "not ok!", long: "x".repeat(64) },
          annotations: { "a b": "c" },
        },
      }),
    ),
    it("keys of a ConfigMap", post("configmaps", configMap("web", { data: { "a/b": "1" } }))),
    it(
      "a key that is in data and binaryData",
      post("configmaps", configMap("web", { data: { a: "1" }, binaryData: { a: "AA==" } })),
    ),
    it("a Secret whose data is no base64", post("secrets", secret("web", { data: { a: "!" } }))),
    it("a Lease that lasts no time", post("leases", lease("web", { leaseDurationSeconds: 0, leaseTransitions: -1 }))),
    it("a ControllerRevision without data", post("controllerrevisions", revision("web", { data: undefined }))),
    it("a ReplicaSet that selects nothing", post("replicasets", replicaSet("web", { selector: undefined }))),
    it(
      "a finalizer without a domain",
      post("configmaps", { ...configMap("web"), metadata: { name: "web", finalizers: ["wait", "a/b/c"] } }),
    ),
    it(
      "an owner that is half named",
      post("configmaps", {
        ...configMap("web"),
        metadata: { name: "web", ownerReferences: [{ name: "other", uid: "", apiVersion: "", kind: "" }] },
      }),
    ),
    it(
      "two controllers",
      post("configmaps", {
        ...configMap("web"),
        metadata: {
          name: "web",
          ownerReferences: [1, 2].map((n) => ({
            apiVersion: "v1",
            kind: "ConfigMap",
            name: `o${n}`,
            uid: `u${n}`,
            controller: true,
          })),
        },
      }),
    ),

    ...undecodable,
    ...unchangeable,
  ],
};
