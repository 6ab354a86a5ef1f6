import { annotation, type Color, CutoverError, colors, selectsPlainly } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { activeColor } from "./adopted.ts";
import { budgetAdvice, keeperAdvice, labelsOf, scalerAdvice } from "./advice.ts";
import type { Around } from "./around.ts";
import { keptFields } from "./keepers.ts";
import { annotationOf, type Labels, nameOf, type Service } from "./kinds.ts";
import { backendsOf } from "./routes.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";
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
  const advice = [
    ...budgetAdvice(around.budgets, snapshot, setting),
    ...scalerAdvice(snapshot, setting),
    ...keeperAdvice(snapshot),
  ];
  for (const { what, remedy } of advice) setting.log.warning(`${what}. ${remedy}`);
  const routes = routesTo(scene, new Set([setting.service])).map(({ route }) => nameOf(route));
  if (routes.length > 0) {
    setting.log.info(`${routes.join(", ")} lead to Service ${setting.service} and stay as they are`);
  }
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

function listed(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}
