import { isList, isObject, type JsonObject, objectAt } from "../json.ts";
import type { Store } from "../store.ts";
import type { Pod } from "../workloads.ts";
import { contentOf } from "./container-environment.ts";

/** Why a volume cannot be mounted, as the kubelet's FailedMount says it; `undefined` if all can. */
export function mountFailure(store: Store, { metadata, spec }: Pod): string | undefined {
  const volumes = isList(spec.volumes) ? spec.volumes.filter(isObject) : [];
  for (const volume of volumes) {
    const projected = objectAt(volume, "projected").sources;
    const sources = isList(projected) ? projected.filter(isObject) : [volume];
    for (const source of sources) {
      const why = lacking(store, metadata.namespace, source);
      if (why !== undefined) return `MountVolume.SetUp failed for volume "${String(volume.name)}" : ${why}`;
    }
  }
  return undefined;
}

function lacking(store: Store, namespace: string | undefined, source: JsonObject): string | undefined {
  for (const kind of ["ConfigMap", "Secret"] as const) {
    const wanted = source[kind === "Secret" ? "secret" : "configMap"];
    if (!isObject(wanted) || wanted.optional === true) continue;
    const name = String(wanted.secretName ?? wanted.name);
    const content = contentOf(store, kind, { namespace, name });
    if (content === undefined) return `${kind.toLowerCase()} "${name}" not found`;
    const items = isList(wanted.items) ? wanted.items.filter(isObject) : [];
    const absent = items.find(({ key }) => content[String(key)] === undefined);
    const what =
      kind === "Secret" ? "references non-existent secret key" : "configmap references non-existent config key";
    if (absent !== undefined) return `${what}: ${String(absent.key)}`;
  }
  return undefined;
}
