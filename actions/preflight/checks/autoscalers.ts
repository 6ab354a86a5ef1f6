import { type Look, scalerAdvice, wishOf } from "@cutover/kubernetes";
import { colors } from "@cutover/release";
import * as z from "zod";
import { type Check, type Finding, pass, together, warn } from "../check.ts";

const autoscaler = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    maxReplicas: z.number(),
    scaleTargetRef: z.looseObject({ kind: z.string(), name: z.string() }),
  }),
  status: z
    .looseObject({
      conditions: z
        .array(
          z.looseObject({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

type Autoscaler = z.output<typeof autoscaler>;

/** An autoscaler that scales one color alone, or none at all, leaves the new slot with the pods that it began with. */
export const autoscalers: Check = {
  id: "autoscalers",
  title: "The autoscalers scale both colors",
  run: async ({ facts }) => {
    const looks = await facts.looks();
    return together(looks.flatMap(findingsOf), "No HorizontalPodAutoscaler scales a slot");
  },
};

function findingsOf({ snapshot, setting, observed: { slots } }: Look): readonly Finding[] {
  const { autoscalers: live, deployments } = snapshot;
  const scalers = live.map((one) => autoscaler.parse(one));
  const lone = scalerAdvice(snapshot, setting).map(({ what, remedy }) => warn(what, remedy));
  const strays = scalers.filter(({ spec }) => spec.scaleTargetRef.name === setting.service).flatMap(idle);
  const own = colors.flatMap((color) => {
    const { deployment } = slots[color];
    return scalers
      .filter(({ spec: { scaleTargetRef: to } }) => to.kind === "Deployment" && to.name === deployment)
      .flatMap((scaler) => {
        // Of a slot that is not there yet nobody can say more.
        const trouble = [
          ...(deployments[color] ? idle(scaler) : []),
          ...tooSmall(scaler, wishOf(color, snapshot, setting)),
        ];
        return trouble.length > 0 ? trouble : [pass(`${nameOf(scaler)} scales Deployment ${deployment}`)];
      });
  });
  return [...lone, ...strays, ...own];
}

/** One that cannot do its work; a slot without pods is none of its business. */
function idle(scaler: Autoscaler): readonly Finding[] {
  const wrong = (scaler.status?.conditions ?? []).filter(
    ({ type, status, reason }) =>
      (type === "AbleToScale" || type === "ScalingActive") && status === "False" && reason !== "ScalingDisabled",
  );
  return wrong.map(({ reason, message }) =>
    warn(
      `${nameOf(scaler)} does not scale Deployment ${scaler.spec.scaleTargetRef.name}: ${reason}, ${message}`,
      `kubectl describe hpa ${scaler.metadata.name}`,
    ),
  );
}

function tooSmall(scaler: Autoscaler, wish: number): readonly Finding[] {
  const { maxReplicas, scaleTargetRef } = scaler.spec;
  if (wish <= maxReplicas) return [];
  return [
    warn(
      `Deployment ${scaleTargetRef.name} would begin with ${maxReplicas} pods instead of ${wish}: ${nameOf(scaler)} allows no more`,
      `Raise maxReplicas of ${nameOf(scaler)}, or ask for fewer pods with \`replicas\`.`,
    ),
  ];
}

function nameOf({ metadata: { name } }: Autoscaler): string {
  return `HorizontalPodAutoscaler ${name}`;
}
