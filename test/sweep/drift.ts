import { colors, isColor, otherColor } from "@cutover/release";
import { at, type Delivery, recreate, type What } from "@cutover/sandbox";

type Registry = Delivery["registry"];

const namespace = "shop";
const by = { manager: "kubectl-edit" } as const;

interface Place {
  readonly registry: Registry;
  readonly service: { readonly kind: "Service"; readonly namespace: string; readonly name: string };
  /** The slot without traffic: whoever does the like to the other one takes the Service down, whatever we do. */
  readonly slot: { readonly kind: "Deployment"; readonly namespace: string; readonly name: string };
}

/** The first Service, and its idle slot; nothing where one of them is not there. */
function placeIn(registry: Registry): Place | undefined {
  const { store } = registry;
  const [service] = store.list("Service", namespace);
  const active = colors.find((color) => color === service?.spec.selector?.color);
  if (service === undefined || !isColor(active)) return undefined;
  const { name } = service.metadata;
  const slot = { kind: "Deployment", namespace, name: `${name}-${otherColor(active)}` } as const;
  if (store.get("Deployment", namespace, slot.name) === undefined) return undefined;
  return { registry, service: { kind: "Service", namespace, name }, slot };
}

function hand(name: string, meddle: (place: Place) => unknown): What {
  const strike = ({ registry }: Delivery): void => {
    const place = placeIn(registry);
    if (place !== undefined) meddle(place);
  };
  return { ...at("before-commit", strike), name };
}

/** What people and GitOps do to a slot in the middle of a release. */
export const drifts: readonly What[] = [
  hand("slot made anew", ({ registry, slot }) => recreate(registry, slot)),
  hand("slot deleted", ({ registry: { store }, slot }) => {
    const live = store.get("Deployment", namespace, slot.name);
    if (live !== undefined) store.remove("Deployment", live);
  }),
  hand("slot given another image", ({ registry, slot }) =>
    registry.update(
      slot,
      (live) => {
        const { template } = live.spec;
        const containers = template.spec.containers.map((one) => ({ ...one, image: "registry.example/shop:gone" }));
        return { ...live, spec: { ...live.spec, template: { ...template, spec: { ...template.spec, containers } } } };
      },
      by,
    ),
  ),
  hand("slot scaled to 0", ({ registry, slot }) =>
    registry.update(slot, (live) => ({ ...live, spec: { ...live.spec, replicas: 0 } }), by),
  ),
  hand("Service moved", ({ registry, service, slot }) => {
    const { store } = registry;
    const idle = store.get("Deployment", namespace, slot.name);
    // Nobody moves it to where nothing is, and to blame us for that would be unfair.
    if (idle === undefined || Math.min(idle.spec.replicas ?? 1, idle.status.readyReplicas ?? 0) < 2) return;
    const color = idle.spec.template.metadata?.labels?.color ?? "";
    registry.update(
      service,
      (live) => ({ ...live, spec: { ...live.spec, selector: { ...live.spec.selector, color } } }),
      by,
    );
  }),
];

/** Somebody writes on the Service what is none of our business. */
export const labelling: What = hand("Service labelled", ({ registry, service }) =>
  registry.update(
    service,
    (live) => ({ ...live, metadata: { ...live.metadata, labels: { ...live.metadata.labels, tier: "front" } } }),
    by,
  ),
);
