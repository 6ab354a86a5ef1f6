/** Bodies that cases send: valid, small, and changed where a case wants them to be. */
type Fields = Readonly<Record<string, unknown>>;

export function configMap(name: string, fields: Fields = {}): Fields {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { color: "blue" }, ...fields };
}

export const labels = { app: "web" } as const;

/** A template whose pods no scheduler takes, so that they stay as they were created. */
export function template(spec: Fields = {}, container: Fields = {}): Fields {
  const containers = [{ name: "app", image: "shop:1", ...container }];
  return { metadata: { labels }, spec: { schedulerName: "nobody", containers, ...spec } };
}

/** Nothing that the controllers would work on: paused, and without pods. */
export function deployment(name: string, spec: Fields = {}, fields: Fields = {}): Fields {
  const whole = { replicas: 0, paused: true, selector: { matchLabels: labels }, template: template(), ...spec };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name }, spec: whole, ...fields };
}

export function replicaSet(name: string, spec: Fields = {}): Fields {
  const whole = { replicas: 0, selector: { matchLabels: labels }, template: template(), ...spec };
  return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { name }, spec: whole };
}

export function pod(name: string, spec: Fields = {}, container: Fields = {}): Fields {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, labels }, spec: template(spec, container).spec };
}

export function service(name: string, spec: Fields = {}): Fields {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { selector: labels, ports: [{ port: 80 }], ...spec },
  };
}

export function secret(name: string, fields: Fields = {}): Fields {
  return { apiVersion: "v1", kind: "Secret", metadata: { name }, data: { password: "aHVudGVyMg==" }, ...fields };
}

export function lease(name: string, spec: Fields = {}): Fields {
  const metadata = { name };
  return { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata, spec: { holderIdentity: "me", ...spec } };
}

export function revision(name: string, fields: Fields = {}): Fields {
  const data = { spec: { image: "shop:1" } };
  return { apiVersion: "apps/v1", kind: "ControllerRevision", metadata: { name }, revision: 1, data, ...fields };
}
