import { annotation, type Color, CutoverError, colors, otherColor, selects, selectsPlainly } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { activeColor, slotDeployment } from "./adopted.ts";
import type { Around } from "./around.ts";
import { keptFields } from "./keepers.ts";
import { annotationOf, as, type Labels, type Service } from "./kinds.ts";
import { backendsOf } from "./routes.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";
import { recolored } from "./source.ts";
import { readState } from "./state.ts";
import { refuseStrangers } from "./strangers.ts";

/** A release's slots, and all that stands around them. */
interface Scene {
  around: Around;
  snapshot: Snapshot;
  setting: Setting;
  /** What the pods of each color carry, or are going to. */
  labels: Readonly<Record<Color, Labels>>;
}

/**
 * What would carry a release past its switch, or undo it, is refused before anything is written; what is merely unwise is said.
 * @throws refused
 */
export function checkSurroundings(around: Around, snapshot: Snapshot, setting: Setting): void {
  const labels = { blue: labelsOf("blue", snapshot, setting), green: labelsOf("green", snapshot, setting) };
  const scene = { around, snapshot, setting, labels };
  refuseStrangers(snapshot, setting);
  refuseRevert(scene);
  refuseBothColors(scene);
  refuseDirectRoutes(scene);
  for (const warning of [...budgetWarnings(scene), ...scalerWarnings(scene), ...keeperWarnings(scene)]) {
    setting.log.warning(warning);
  }
  const routes = routesTo(scene, new Set([setting.service])).map(({ route }) => nameOf(route));
  if (routes.length > 0) {
    setting.log.info(`${routes.join(", ")} lead to Service ${setting.service} and stay as they are`);
  }
}

function labelsOf(color: Color, { deployments }: Snapshot, { source, colorLabel }: Setting): Labels {
  const rendered = source.kind === "manifests" ? as("Deployment", source.rendered[color].deployment).spec : undefined;
  const other = deployments[otherColor(color)]?.spec;
  const model = rendered ?? deployments[color]?.spec ?? (other && recolored(other, colorLabel, color));
  return model?.template.metadata?.labels ?? {};
}

/** A Service without a color in its selector reaches the preview before it is proved. */
function refuseBothColors({ around, setting, labels }: Scene): void {
  const { colorLabel, service } = setting;
  for (const other of around.services) {
    const { name } = other.metadata;
    const { selector = {} } = other.spec;
    if (name === service || annotationOf(other, annotation.colors) === "both" || colorLabel in selector) continue;
    if (!colors.some((color) => selectsPlainly(selector, labels[color]))) continue;
    const said = listed(selector);
    const message = `Service ${name} sends to the pods of both colors: its selector (${said}) names no ${colorLabel}, so it would reach a preview before that is proved`;
    throw new CutoverError("refused", message, {
      hint: `Add ${colorLabel} to its selector. If it is meant to reach both, such as for metrics or for peers that look for each other: kubectl annotate service ${name} ${annotation.colors}=both`,
    });
  }
}

/** Traffic that comes to one color's own Service is not moved by any switch. */
function refuseDirectRoutes(scene: Scene): void {
  const { setting, labels } = scene;
  const [direct] = routesTo(scene, new Set(servicesOfOneColor(scene).map(({ metadata }) => metadata.name)));
  if (direct === undefined) return;
  const { route, backend } = direct;
  const selector = servicesOfOneColor(scene).find(({ metadata }) => metadata.name === backend)?.spec.selector ?? {};
  const color = colors.find((one) => selectsPlainly(selector, labels[one])) ?? "one color";
  const message = `${nameOf(route)} leads to Service ${backend}, which is ${color}'s own: no switch would move that traffic`;
  throw new CutoverError("refused", message, {
    hint: `Let it lead to Service ${setting.service}, which is the one that is switched. If it is there to look at that color: kubectl annotate service ${backend} ${annotation.colors}=one`,
  });
}

function servicesOfOneColor({ around, setting, labels }: Scene): readonly Service[] {
  const { colorLabel, service } = setting;
  return around.services.filter((one) => {
    const { selector = {} } = one.spec;
    if (one.metadata.name === service || annotationOf(one, annotation.colors) === "one") return false;
    return colorLabel in selector && colors.some((color) => selectsPlainly(selector, labels[color]));
  });
}

function routesTo({ around }: Scene, names: ReadonlySet<string>): readonly { route: Resource; backend: string }[] {
  return around.routes.flatMap((route) => {
    const backend = backendsOf(route).find((name) => names.has(name));
    return backend === undefined ? [] : [{ route, backend }];
  });
}

/** What has undone a switch once does it again. */
function refuseRevert({ snapshot, setting }: Scene): void {
  const { service } = snapshot;
  const state = readState(service);
  const active = activeColor(snapshot, setting);
  if (service === undefined || state === undefined || active === state.color) return;
  const kept = keptFields(service, [["spec", "selector"]]);
  if (kept === undefined) return;
  throw new CutoverError(
    "refused",
    `${kept.what}, and has undone the switch to ${state.color} of ${state.switchedAt}`,
    {
      hint: `${kept.remedy} Then run this again.`,
    },
  );
}

function keeperWarnings({ snapshot }: Scene): readonly string[] {
  const { service, deployments } = snapshot;
  const kept = [
    service && keptFields(service, [["spec", "selector"]]),
    ...colors.map((color) => deployments[color] && keptFields(deployments[color], [["spec", "replicas"]])),
  ].filter((one) => one !== undefined);
  return kept.map(({ what, remedy }) => `${what}, and may write it back after this release has changed it. ${remedy}`);
}

function budgetWarnings({ around, snapshot, setting, labels }: Scene): readonly string[] {
  const active = activeColor(snapshot, setting);
  const pods = (active && snapshot.deployments[active]?.spec.replicas) ?? 0;
  return around.budgets.flatMap((budget) => {
    const spec = budget.spec as { selector?: unknown; minAvailable?: unknown; maxUnavailable?: unknown };
    const [blue, green] = [selects(spec.selector, labels.blue), selects(spec.selector, labels.green)];
    if (blue && green)
      return [
        `${nameOf(budget)} counts the pods of both colors as one: ready pods of the idle slot let a drained node take those that serve. Add ${setting.colorLabel} to its selector, one budget per color.`,
      ];
    const isStuck =
      ["0", "0%"].includes(String(spec.maxUnavailable)) ||
      spec.minAvailable === "100%" ||
      (typeof spec.minAvailable === "number" && pods > 0 && spec.minAvailable >= pods);
    return (blue || green) && isStuck
      ? [
          `${nameOf(budget)} allows no disruption at all: no node under these pods can ever be drained. Allow one pod with maxUnavailable: 1.`,
        ]
      : [];
  });
}

/** One that scales one color leaves the other to itself once that has the traffic. */
function scalerWarnings({ snapshot, setting }: Scene): readonly string[] {
  const { source } = setting;
  const rendered = source.kind === "manifests" ? colors.flatMap((color) => source.rendered[color].objects) : [];
  const scalers = [
    ...snapshot.autoscalers,
    ...rendered
      .filter(({ kind }) => kind === "HorizontalPodAutoscaler")
      .map((one) => as("HorizontalPodAutoscaler", one)),
  ];
  const of = (color: Color) =>
    scalers.find(({ spec }) => spec.scaleTargetRef.name === slotDeployment(color, snapshot, setting));
  return colors.flatMap((color) => {
    const scaler = of(color);
    if (scaler === undefined || of(otherColor(color)) !== undefined) return [];
    return [
      `${nameOf(scaler)} scales Deployment ${scaler.spec.scaleTargetRef.name} alone: nothing scales ${otherColor(color)} once it has the traffic. Make one per color, or put it into \`manifests\`.`,
    ];
  });
}

function nameOf({ kind, metadata }: Resource): string {
  return `${kind} ${metadata.name}`;
}

function listed(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}
