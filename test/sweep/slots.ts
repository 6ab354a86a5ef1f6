import { annotation } from "@cutover/release";
import type { Change, Sandbox } from "@cutover/sandbox";

type Store = Sandbox["registry"]["store"];
type Labels = Readonly<Record<string, string>>;

/** The Deployment of one color: every story names its services in the label `app` of their pods. */
export function slotOf(store: Store, service: string, color: string | undefined) {
  if (color === undefined) return undefined;
  const labels = { app: service, color };
  return store.list("Deployment", "shop").find(({ spec }) => matches(labels, spec.template.metadata?.labels));
}

/** The color that a Service selects. */
export function activeColor(store: Store, service: string): string | undefined {
  return store.get("Service", "shop", service)?.spec.selector?.color;
}

/** The service that a changed Deployment belongs to. */
export function serviceOf(change: Change, services: readonly string[]): string | undefined {
  return services.find((service) => service === labelsOf(change).app);
}

/** The color of a changed Deployment. */
export function colorOf(change: Change): string | undefined {
  return labelsOf(change).color;
}

/** How the release of a revision ended, by its entry in the history. */
export function resultOf(store: Store, service: string, revision: string | undefined): string | undefined {
  const entry = store.get("ControllerRevision", "shop", `cutover-${service}-${revision}`);
  return entry?.metadata.annotations?.[annotation.result];
}

export function matches(selector: Labels, labels: Labels | undefined): boolean {
  return Object.entries(selector).every(([name, value]) => labels?.[name] === value);
}

function labelsOf({ kind, object }: Change): Labels {
  const { template } = (object.spec ?? {}) as { template?: { metadata?: { labels?: Labels } } };
  return (kind === "Deployment" ? template?.metadata?.labels : undefined) ?? {};
}
