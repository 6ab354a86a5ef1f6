import { always, any, atomic, flag, keyed, listOf, mapOf, type Struct, setOf, struct, text, whole } from "./schema.ts";

const reference = atomic(struct({ name: text }));
const selectedKey = atomic(struct({ name: text, key: text, optional: flag }));
const fieldReference = atomic(struct({ apiVersion: text, fieldPath: text }));
const resourceReference = atomic(struct({ containerName: text, resource: text, divisor: any }));

const http = struct({
  path: text,
  port: any,
  host: text,
  scheme: text,
  httpHeaders: listOf(struct({ name: text, value: text })),
});
const command = struct({ command: listOf(text) });
const tcp = struct({ port: any, host: text });

const probe = struct({
  exec: command,
  httpGet: http,
  tcpSocket: tcp,
  grpc: struct({ port: whole, service: text }),
  initialDelaySeconds: whole,
  timeoutSeconds: whole,
  periodSeconds: whole,
  successThreshold: whole,
  failureThreshold: whole,
  terminationGracePeriodSeconds: whole,
});

const hook = struct({ exec: command, httpGet: http, tcpSocket: tcp, sleep: struct({ seconds: whole }) });

const environment = struct({
  name: text,
  value: text,
  valueFrom: struct({
    fieldRef: fieldReference,
    resourceFieldRef: resourceReference,
    configMapKeyRef: selectedKey,
    secretKeyRef: selectedKey,
    fileKeyRef: any,
  }),
});

const mount = {
  name: text,
  readOnly: flag,
  recursiveReadOnly: text,
  mountPath: text,
  subPath: text,
  subPathExpr: text,
  mountPropagation: text,
};

export const container: Struct = struct({
  name: text,
  image: text,
  command: listOf(text),
  args: listOf(text),
  workingDir: text,
  ports: keyed(
    ["containerPort", "protocol"],
    struct({ name: text, hostPort: whole, containerPort: whole, protocol: text, hostIP: text }),
  ),
  envFrom: listOf(struct({ prefix: text, configMapRef: any, secretRef: any })),
  env: keyed(["name"], environment),
  resources: struct({ limits: mapOf(any), requests: mapOf(any), claims: any }),
  resizePolicy: listOf(any),
  restartPolicy: text,
  restartPolicyRules: listOf(any),
  volumeMounts: keyed(["mountPath"], struct(mount)),
  volumeDevices: keyed(["devicePath"], struct({ name: text, devicePath: text })),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: struct({ postStart: hook, preStop: hook, stopSignal: text }),
  terminationMessagePath: text,
  terminationMessagePolicy: text,
  imagePullPolicy: text,
  securityContext: any,
  stdin: flag,
  stdinOnce: flag,
  tty: flag,
});

const volumeSources = [
  "hostPath emptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi glusterfs persistentVolumeClaim rbd",
  "flexVolume cinder cephfs flocker downwardAPI fc azureFile configMap vsphereVolume quobyte azureDisk",
  "photonPersistentDisk projected portworxVolume scaleIO storageos csi ephemeral image",
].flatMap((line) => line.split(" "));

const volume = struct({ name: text, ...Object.fromEntries(volumeSources.map((source) => [source, any])) });

export const podSpec: Struct = struct({
  volumes: keyed(["name"], volume),
  initContainers: keyed(["name"], container),
  containers: always(keyed(["name"], container)),
  ephemeralContainers: listOf(any),
  restartPolicy: text,
  terminationGracePeriodSeconds: whole,
  activeDeadlineSeconds: whole,
  dnsPolicy: text,
  nodeSelector: atomic(mapOf(text)),
  serviceAccountName: text,
  serviceAccount: text,
  automountServiceAccountToken: flag,
  nodeName: text,
  hostNetwork: flag,
  hostPID: flag,
  hostIPC: flag,
  shareProcessNamespace: flag,
  securityContext: any,
  imagePullSecrets: keyed(["name"], reference),
  hostname: text,
  subdomain: text,
  affinity: any,
  schedulerName: text,
  tolerations: listOf(any),
  hostAliases: keyed(["ip"], struct({ ip: text, hostnames: listOf(text) })),
  priorityClassName: text,
  priority: whole,
  dnsConfig: any,
  readinessGates: listOf(any),
  runtimeClassName: text,
  enableServiceLinks: flag,
  preemptionPolicy: text,
  overhead: mapOf(any),
  topologySpreadConstraints: keyed(
    ["topologyKey", "whenUnsatisfiable"],
    struct({
      maxSkew: whole,
      topologyKey: text,
      whenUnsatisfiable: text,
      labelSelector: any,
      minDomains: whole,
      nodeAffinityPolicy: text,
      nodeTaintsPolicy: text,
      matchLabelKeys: listOf(text),
    }),
  ),
  setHostnameAsFQDN: flag,
  os: any,
  hostUsers: flag,
  schedulingGates: keyed(["name"], struct({ name: text })),
  resourceClaims: listOf(any),
  resources: any,
  hostnameOverride: text,
});

export const metadata: Struct = struct({
  name: text,
  generateName: text,
  namespace: text,
  selfLink: text,
  uid: text,
  resourceVersion: text,
  generation: whole,
  creationTimestamp: any,
  deletionTimestamp: any,
  deletionGracePeriodSeconds: whole,
  labels: mapOf(text),
  annotations: mapOf(text),
  ownerReferences: keyed(
    ["uid"],
    atomic(struct({ apiVersion: text, kind: text, name: text, uid: text, controller: flag, blockOwnerDeletion: flag })),
  ),
  finalizers: setOf(text),
  managedFields: listOf(any),
});

export const podTemplate: Struct = always(struct({ metadata: always(metadata), spec: always(podSpec) }));
