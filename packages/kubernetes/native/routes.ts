import type { Resource } from "../client/model.ts";

interface IngressBackend {
  service?: { name?: string };
}

interface IngressSpec {
  defaultBackend?: IngressBackend;
  rules?: readonly { http?: { paths?: readonly { backend?: IngressBackend }[] } }[];
}

interface RouteBackend {
  group?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}

interface RouteSpec {
  rules?: readonly {
    backendRefs?: readonly RouteBackend[];
    filters?: readonly { requestMirror?: { backendRef?: RouteBackend } }[];
  }[];
}

/** Names of the Services of its own namespace that an Ingress or HTTPRoute leads to; mirrored traffic counts. */
export function backendsOf({ kind, spec, metadata }: Resource): readonly string[] {
  return kind === "HTTPRoute"
    ? ofRoute((spec ?? {}) as RouteSpec, metadata.namespace)
    : ofIngress((spec ?? {}) as IngressSpec);
}

function ofIngress({ defaultBackend, rules = [] }: IngressSpec): readonly string[] {
  const backends = [defaultBackend, ...rules.flatMap((rule) => (rule.http?.paths ?? []).map(({ backend }) => backend))];
  return backends.flatMap((backend) => backend?.service?.name ?? []);
}

/** https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference: a Service of the core group unless it says otherwise. */
function ofRoute({ rules = [] }: RouteSpec, own: string | undefined): readonly string[] {
  const backends = rules.flatMap(({ backendRefs = [], filters = [] }) => [
    ...backendRefs,
    ...filters.flatMap(({ requestMirror }) => requestMirror?.backendRef ?? []),
  ]);
  return backends
    .filter(
      ({ group = "", kind = "Service", namespace = own }) => group === "" && kind === "Service" && namespace === own,
    )
    .flatMap(({ name }) => name ?? []);
}
