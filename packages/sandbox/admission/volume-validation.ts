import { at, isList, type Json, type JsonObject, objectAt } from "../json.ts";
import type { Cause } from "../status.ts";

/** In the order in which the server looks for a second source. */
const sources =
  "emptyDir hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret nfs iscsi glusterfs flocker persistentVolumeClaim rbd cinder cephfs quobyte downwardAPI fc azureFile configMap vsphereVolume azureDisk photonPersistentDisk projected scaleIO csi ephemeral image".split(
    " ",
  );

/** What is wrong with the volumes of a pod, and with their mounts. */
export function volumeCauses(spec: Json | undefined, field: string): Cause[] {
  const volumes = at(spec, "volumes");
  const all = isList(volumes) ? volumes : [];
  const wrong = all.map((volume, index) => secondSource(objectAt(volume), `${field}.volumes[${index}]`));
  const known = all.filter((_, index) => wrong[index]?.length === 0).map((volume) => at(volume, "name"));
  return [
    ...wrong.flat(),
    ...mounts(spec, field)
      .filter(({ name }) => !known.includes(name))
      .map(missing),
  ];
}

function secondSource(volume: JsonObject, field: string): Cause[] {
  return sources
    .filter((source) => volume[source] !== undefined)
    .slice(1)
    .map((source) => ({
      reason: "FieldValueForbidden",
      message: "Forbidden: may not specify more than 1 volume type",
      field: `${field}.${source}`,
    }));
}

interface Mount {
  readonly name: Json | undefined;
  readonly field: string;
}

function mounts(spec: Json | undefined, field: string): Mount[] {
  return ["containers", "initContainers"].flatMap((kind) => {
    const containers = at(spec, kind);
    return (isList(containers) ? containers : []).flatMap((container, index) => {
      const found = at(container, "volumeMounts");
      return (isList(found) ? found : []).map((mount, place) => ({
        name: at(mount, "name"),
        field: `${field}.${kind}[${index}].volumeMounts[${place}].name`,
      }));
    });
  });
}

function missing({ name, field }: Mount): Cause {
  return { reason: "FieldValueNotFound", message: `Not found: ${JSON.stringify(name)}`, field };
}
