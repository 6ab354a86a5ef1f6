import { entriesOf } from "./entries.ts";

/** What tells when the last backup was made. */
export interface BackupSource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** The annotation that has the time; of a CronJob and a Job its success counts. */
  readonly annotation: string | undefined;
}

/** By the names that people type. */
const kinds: Readonly<Record<string, Pick<BackupSource, "apiVersion" | "kind">>> = {
  cronjob: { apiVersion: "batch/v1", kind: "CronJob" },
  job: { apiVersion: "batch/v1", kind: "Job" },
  configmap: { apiVersion: "v1", kind: "ConfigMap" },
  persistentvolumeclaim: { apiVersion: "v1", kind: "PersistentVolumeClaim" },
  service: { apiVersion: "v1", kind: "Service" },
  deployment: { apiVersion: "apps/v1", kind: "Deployment" },
  statefulset: { apiVersion: "apps/v1", kind: "StatefulSet" },
};

const form =
  "an object such as cronjob/dump or job/dump-before-release, or one with its annotation: statefulset/db backup.example/last-success";

/** Backups, one a line. */
export function backupSources() {
  return entriesOf(`lines, each ${form}`, (line): BackupSource | string => {
    const [, type = "", name, annotation] = /^(\w+)\/([a-z0-9][a-z0-9.-]*)(?:\s+(\S+))?$/.exec(line) ?? [];
    const kind = kinds[type.toLowerCase()];
    if (name === undefined || kind === undefined) return `expected ${form}, got ${JSON.stringify(line.slice(0, 80))}`;
    const isRun = kind.apiVersion === "batch/v1";
    if (isRun === (annotation === undefined)) return { ...kind, name, annotation };
    return isRun
      ? `expected ${line.split(/\s/, 1)[0]} without an annotation: its own success tells the time`
      : `expected the annotation of ${line} that has the time of its last backup, such as ${line} backup.example/last-success`;
  });
}
