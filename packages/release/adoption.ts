import { annotation } from "./annotations.ts";
import { type Color, colors, isColor } from "./color.ts";

/** How a Service that selects no color yet is taken over: what serves it becomes one of its colors. */
export interface Adoption {
  /** The color that it becomes. */
  color: Color;
  /** What its Deployment lacks: the color on its pods, which is a rolling update; only the note that it was adopted; or nothing. */
  missing: "color" | "mark" | "nothing";
  /** Why it cannot be, and what to do about it. */
  refusal?: { reason: string; hint: string } | undefined;
}

type Labels = Readonly<Record<string, string>>;

/** One Deployment whose pods a Service sends to, as far as its adoption goes. */
export interface Adoptee {
  name: string;
  /** Pods asked for. */
  replicas: number;
  /** Ready pods of its present template. */
  ready: number;
  /** Whether only pods of its present template are ready, as many as asked for. */
  settled: boolean;
  paused: boolean;
  /** Pods that a rolling update may take away before others are ready; all of them with strategy `Recreate`. */
  expendable: number;
  recreates: boolean;
  /** Labels that its own selector names, which nobody can change. */
  selector: Labels;
  /** Labels of its pods. */
  labels: Labels;
  /** Whether an adoption has begun: it carries the note. */
  adopted: boolean;
  /** What keeps it as it is, in words; nothing where people do. */
  kept: string | undefined;
}

/** What stands behind a Service that selects no color, and what else looks at the same pods. */
export interface Behind {
  service: string;
  /** Its selector. */
  selector: Labels;
  colorLabel: string;
  /** What keeps that, in words. */
  kept: string | undefined;
  adoptees: readonly Adoptee[];
  /** What keeps the other pods that it sends to, or the pods themselves. */
  others: readonly { kind: string; name: string }[];
  /** Name of each color's Deployment, and those of them that exist. */
  slots: Readonly<Record<Color, string>>;
  taken: readonly string[];
  /** Autoscalers, budgets and Services that could not tell the adopted pods from a preview's. */
  autoscalers: readonly string[];
  budgets: readonly string[];
  services: readonly string[];
}

/** What an adoption comes to; pure. */
export function adoptionOf(behind: Behind): Adoption {
  const { adoptees, colorLabel, slots } = behind;
  const [one] = adoptees;
  const color = one === undefined ? undefined : colorFor(behind, one);
  if (one === undefined || color === undefined || adoptees.length > 1)
    return { color: color ?? "blue", missing: "color", refusal: notOne(behind) };
  const isSlot = one.name === slots[color] && one.labels[colorLabel] === color;
  const missing = one.labels[colorLabel] === undefined ? "color" : one.adopted || isSlot ? "nothing" : "mark";
  return { color, missing, refusal: refusalOf(behind, one, missing) };
}

/** The color that its pods carry, or its name says, or the first one that no other Deployment has the name of. */
function colorFor({ colorLabel, slots, taken }: Behind, { name, labels }: Adoptee): Color | undefined {
  const free = colors.filter((color) => slots[color] === name || !taken.includes(slots[color]));
  const label = labels[colorLabel];
  if (isColor(label)) return free.find((color) => color === label);
  return free.find((color) => slots[color] === name) ?? free[0];
}

type Refusal = NonNullable<Adoption["refusal"]>;

/** Why there is not exactly one Deployment that can get a free color. */
function notOne(behind: Behind): Refusal {
  const { service, adoptees, slots, selector, taken } = behind;
  const [one] = adoptees;
  const stranger = strangerOf(behind);
  if (stranger !== undefined) return stranger;
  if (one === undefined)
    return {
      reason: `Service ${service} sends to no pods: none carries ${written(selector)}`,
      hint: "Correct its selector, or start what it is to serve. If there is nothing to keep, delete it: a release from `manifests` makes it anew.",
    };
  if (adoptees.length > 1)
    return {
      reason: `Service ${service} sends to pods of ${adoptees.length} Deployments: ${adoptees.map(({ name }) => name).join(", ")}`,
      hint: "Only one of them can become a color. Scale the others to 0, or give the Service a selector that names one.",
    };
  return {
    reason: `Deployment ${one.name} cannot have a color: ${colors
      .map((color) => slots[color])
      .filter((name) => taken.includes(name))
      .join(" and ")} exist already`,
    hint: "Delete the one that serves nobody, or set `deployment` to another name pattern.",
  };
}

/** What cannot stand twice beside itself, or has nothing to make a second one from. */
const whyNot: Readonly<Record<string, string>> = {
  StatefulSet: "its pods have names and volumes of their own, which a second color would share",
  DaemonSet: "it runs once on each node, and has no number of pods that a second color could take over",
  Pod: "nothing keeps it, so neither color would ever replace it",
};

function strangerOf({ service, others }: Behind): Refusal | undefined {
  const [stranger] = others;
  if (stranger === undefined) return undefined;
  const { kind, name } = stranger;
  const whose = kind === "Pod" ? `Pod ${name}` : `pods of ${kind} ${name}`;
  return {
    reason: `Service ${service} sends to ${whose}: ${whyNot[kind] ?? "only a Deployment can become a color"}`,
    hint: "Serve it by a Service of its own, or give this one a selector that leaves it out.",
  };
}

/** The first thing that would make it unsafe. Once its pods are on their way to a color, how they get there is decided. */
function refusalOf(behind: Behind, one: Adoptee, missing: Adoption["missing"]): Refusal | undefined {
  return (
    strangerOf(behind) ??
    keptAsItIs(behind, one) ??
    confused(behind, one) ??
    (one.adopted ? undefined : (unready(one) ?? (missing === "color" ? unrollable(one) : undefined)))
  );
}

function keptAsItIs({ kept }: Behind, one: Adoptee): Refusal | undefined {
  const what = one.kept ?? kept;
  if (what === undefined) return undefined;
  return {
    reason: `${what}, and would take the color away again`,
    hint: "Give Service and Deployment their color in its repository, or take both out of its hands.",
  };
}

/** Preview pods must never be taken for those that serve. */
function confused({ services, budgets, autoscalers, selector, colorLabel }: Behind, one: Adoptee): Refusal | undefined {
  const [other] = services;
  if (other !== undefined)
    return {
      reason: `Service ${other} selects the pods of Deployment ${one.name} by labels that previews carry too, so it would send to them before they are proved`,
      hint: `Add ${colorLabel}, or another label that previews lack, to its selector. If it is meant to reach both colors: kubectl annotate service ${other} ${annotation.colors}=both`,
    };
  const [autoscaler] = autoscalers;
  if (autoscaler !== undefined)
    return {
      reason: `HorizontalPodAutoscaler ${autoscaler} scales Deployment ${one.name}, whose own selector ${written(one.selector)} cannot be changed and matches previews too: it would count them`,
      hint: "Delete it, which leaves the number of pods as it is, and put it into `manifests`: there it becomes one for each color.",
    };
  const [budget] = budgets;
  if (budget === undefined) return undefined;
  const each = colors.map((color) => written({ ...selector, [colorLabel]: color }));
  return {
    reason: `PodDisruptionBudget ${budget} would count the pods of both colors as one: evictions could take every pod that serves`,
    hint: `Make one for each color, with ${each.join(" and ")}, and delete this one.`,
  };
}

function unready({ name, paused, replicas, ready, settled }: Adoptee): Refusal | undefined {
  if (paused)
    return {
      reason: `Deployment ${name} is paused: what is written on it does not roll out`,
      hint: `Resume it (kubectl rollout resume deployment/${name}), wait for its roll-out, and run this again.`,
    };
  if (settled && ready >= replicas) return undefined;
  return {
    reason: `Deployment ${name} is not whole: ${ready} of ${replicas} pods of its present template are ready${settled ? "" : ", and others serve"}`,
    hint: "Wait for its roll-out, or mend it; then run this again.",
  };
}

/** Its pods can only get the color by being replaced. */
function unrollable({ name, recreates, replicas, expendable }: Adoptee): Refusal | undefined {
  if (recreates)
    return {
      reason: `Deployment ${name} has strategy Recreate: its pods would all stop before the first with a color starts`,
      hint: "If two versions may run at once, which every release needs, change its strategy to RollingUpdate. If not, blue-green is not for it.",
    };
  if (replicas - expendable >= 1) return undefined;
  return {
    reason: `Deployment ${name} may lose ${expendable} of its ${replicas} pods in a rolling update (maxUnavailable): for a while nothing would serve`,
    hint: "Set its maxUnavailable to 0, and maxSurge to 1 or more; then run this again.",
  };
}

function written(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}
