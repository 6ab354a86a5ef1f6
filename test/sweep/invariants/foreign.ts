import { canonicalJson } from "@cutover/release";
import type { Change } from "@cutover/sandbox";
import type { Ground, Invariants } from "../scene.ts";
import { ofWebhooks } from "../webhooks.ts";

/** S8 and S10: what runs must neither say nor touch. */
export function foreign({ story: { secrets = [] } }: Ground): Invariants {
  // The token of every run is a secret too.
  const forms = ["token-of-run-", ...secrets].flatMap(formsOf);
  const shows = (text: string) => forms.some((form) => text.includes(form));
  return {
    changed: {
      S8: ({ kind, object, type }, by) => {
        if (by === undefined || kind === "Secret" || type === "DELETED") return undefined;
        return shows(JSON.stringify(object)) ? `${kind} ${object.metadata.name} holds a secret` : undefined;
      },
      S10: (change, by) => (by === undefined ? undefined : touched(change)),
    },
    ended: {
      S8: ({ log, outputs }) => {
        if (shows(log)) return "its log shows a secret";
        return shows(JSON.stringify(outputs)) ? "its outputs show a secret" : undefined;
      },
    },
  };
}

/** As it stands, and in the forms in which it travels; base64 has three, by where it begins. */
function formsOf(secret: string): string[] {
  const shifted = ["", "x", "xy"].map((before) => {
    const whole = Buffer.from(before + secret).toString("base64");
    // The first and last letters hold bits of what stands beside it.
    return whole.slice(before === "" ? 0 : 4, Math.floor(((before.length + secret.length) * 4) / 3) - 1);
  });
  return [secret, encodeURIComponent(secret), ...shifted];
}

/** What a run may write, by kind: everything else in the spec is somebody else's. */
const own: Readonly<Record<string, readonly string[]>> = {
  Service: ["selector", "ports"],
  Deployment: ["replicas", "template"],
};

/** S10: labels, annotations and fields that are not ours stay as they are. */
function touched({ kind, object, previous, type }: Change): string | undefined {
  const fields = own[kind];
  if (fields === undefined || previous === undefined || type === "DELETED") return undefined;
  const strangers = ({ metadata, spec }: typeof object) => ({
    labels: without(metadata.labels, (name) => name.startsWith(ofWebhooks)),
    annotations: without(metadata.annotations, (name) => name.startsWith("cutover.dev/")),
    finalizers: metadata.finalizers,
    spec: without(spec as Fields, (name) => fields.includes(name)),
    selector: kind === "Service" ? without((spec as Selecting).selector, (name) => name === "color") : {},
  });
  const [before, after] = [strangers(previous), strangers(object)].map((one) => canonicalJson(one));
  return before === after ? undefined : `of ${kind} ${object.metadata.name} became ${after}, which was ${before}`;
}

type Fields = Readonly<Record<string, unknown>>;

interface Selecting {
  selector?: Fields;
}

function without(fields: Fields | undefined, isOurs: (name: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([name]) => !isOurs(name)));
}
