import { type Color, colors, otherColor, selects } from "@cutover/release";
import type { Resource } from "../client/model.ts";
import { activeColor, slotDeployment } from "./adopted.ts";
import { readFloor } from "./floor.ts";
import { keptFields } from "./keepers.ts";
import { as, type Labels, nameOf } from "./kinds.ts";
import type { Setting } from "./setting.ts";
import type { Snapshot } from "./snapshot.ts";
import { recolored } from "./source.ts";

/** What is merely unwise, and how to mend it. */
export interface Advice {
  /** A sentence without its full stop. */
  readonly what: string;
  readonly remedy: string;
}

/** Labels that the pods of a color carry, or are going to. */
export function labelsOf(color: Color, { deployments }: Snapshot, { source, colorLabel }: Setting): Labels {
  const rendered = source.kind === "manifests" ? as("Deployment", source.rendered[color].deployment).spec : undefined;
  const other = deployments[otherColor(color)]?.spec;
  const model = rendered ?? deployments[color]?.spec ?? (other && recolored(other, colorLabel, color));
  return model?.template.metadata?.labels ?? {};
}

/** On PodDisruptionBudgets that count both colors as one, or let no node ever be drained. */
export function budgetAdvice(budgets: readonly Resource[], snapshot: Snapshot, setting: Setting): readonly Advice[] {
  const active = activeColor(snapshot, setting);
  const pods = (active && snapshot.deployments[active]?.spec.replicas) ?? 0;
  const labels = { blue: labelsOf("blue", snapshot, setting), green: labelsOf("green", snapshot, setting) };
  return budgets.flatMap((budget) => {
    const spec = budget.spec as { selector?: unknown; minAvailable?: unknown; maxUnavailable?: unknown };
    const [blue, green] = [selects(spec.selector, labels.blue), selects(spec.selector, labels.green)];
    if (blue && green)
      return {
        what: `${nameOf(budget)} counts the pods of both colors as one: ready pods of the idle slot let a drained node take those that serve`,
        remedy: `Add ${setting.colorLabel} to its selector, one budget per color.`,
      };
    const isStuck =
      ["0", "0%"].includes(String(spec.maxUnavailable)) ||
      spec.minAvailable === "100%" ||
      (typeof spec.minAvailable === "number" && pods > 0 && spec.minAvailable >= pods);
    if (!isStuck || !(blue || green)) return [];
    return {
      what: `${nameOf(budget)} allows no disruption at all: no node under these pods can ever be drained`,
      remedy: "Allow one pod with maxUnavailable: 1.",
    };
  });
}

/** On autoscalers: one whose floor cannot be held, and one that leaves the other color to itself once that has the traffic. */
export function scalerAdvice(snapshot: Snapshot, setting: Setting): readonly Advice[] {
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
    const kept = scaler && readFloor(scaler).kept;
    if (kept !== undefined)
      return {
        what: `${kept.what}, so no release raises its minReplicas: while ${color} has no traffic it may leave it fewer pods than serve, and a rollback would wait for them`,
        remedy: kept.remedy,
      };
    if (scaler === undefined || of(otherColor(color)) !== undefined) return [];
    return {
      what: `${nameOf(scaler)} scales Deployment ${scaler.spec.scaleTargetRef.name} alone: nothing scales ${otherColor(color)} once it has the traffic`,
      remedy: "Make one per color, or put it into `manifests`.",
    };
  });
}

/** On fields that GitOps holds, and a release changes. */
export function keeperAdvice({ service, deployments }: Snapshot): readonly Advice[] {
  const kept = [
    service && keptFields(service, [["spec", "selector"]]),
    ...colors.map((color) => deployments[color] && keptFields(deployments[color], [["spec", "replicas"]])),
  ].filter((one) => one !== undefined);
  return kept.map(({ what, remedy }) => ({
    what: `${what}, and may write it back after this release has changed it`,
    remedy,
  }));
}
