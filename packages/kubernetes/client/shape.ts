import type { Resource } from "./model.ts";

interface RawList {
  metadata: { resourceVersion: string; continue?: string };
  items: readonly object[] | null;
}

/** Whether an answer has what every object has. The rest stays as the server sent it. */
export function isResource(json: unknown): json is Resource {
  return (
    isRecord(json) &&
    typeof json.apiVersion === "string" &&
    typeof json.kind === "string" &&
    isRecord(json.metadata) &&
    (json.metadata.name === undefined || typeof json.metadata.name === "string")
  );
}

export function isList(json: unknown): json is RawList {
  return (
    isRecord(json) &&
    isRecord(json.metadata) &&
    typeof json.metadata.resourceVersion === "string" &&
    (json.items === null || (Array.isArray(json.items) && json.items.every(isRecord)))
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
