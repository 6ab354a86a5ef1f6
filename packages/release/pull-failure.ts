import type { ContainerFacts, PodFacts } from "./pods.ts";
import { type Finding, oneLine, type Symptom, shortened } from "./symptom.ts";

/** Whether the kubelet is failing to pull this container's image; the two reasons alternate. */
export function isPulling({ waiting }: ContainerFacts): boolean {
  return (
    waiting?.reason === "ErrImagePull" ||
    waiting?.reason === "ImagePullBackOff" ||
    waiting?.reason === "RegistryUnavailable"
  );
}

/**
 * Why the pull fails, as the kubelet or an event said it. The back-off's own text carries no cause before Kubernetes 1.32,
 * so what was known earlier is kept.
 */
export function pullCause(pod: PodFacts, container: ContainerFacts, earlier: string | undefined): string | undefined {
  const events = pod.events
    .filter(
      ({ reason, message }) => reason === "Failed" && message.includes(`Failed to pull image "${container.image}"`),
    )
    .toSorted((one, other) => other.lastSeen - one.lastSeen);
  const texts = [container.waiting?.message, earlier, ...events.map((event) => event.message)];
  return texts.find((text) => text !== undefined && classify(text, container.image) !== "unknown");
}

/** @param cause what `pullCause` found */
export function pullSymptom(pod: PodFacts, container: ContainerFacts, cause: string | undefined): Symptom {
  const { image, waiting } = container;
  const text = cause ?? waiting?.message ?? "";
  return {
    id: `${pod.uid}/${container.name}/pull`,
    pod: pod.name,
    container: container.name,
    reason: waiting?.reason ?? "ErrImagePull",
    message: oneLine(tail(text, image)),
    ...verdicts[classify(text, image)](image),
  };
}

type PullFailure = "forbidden" | "busy" | "platform" | "missing" | "unknown";

const patterns: readonly (readonly [PullFailure, RegExp])[] = [
  ["busy", /429|too many requests|toomanyrequests|rate limit/i],
  ["forbidden", /\b40[13]\b|unauthorized|forbidden|denied|authentication required|no basic auth|authorization failed/i],
  ["platform", /no match for platform|no matching manifest for/i],
  ["missing", /not found|manifest unknown|name unknown|manifest_unknown|name_unknown/i],
  [
    "busy",
    /\b50[0-4]\b|time-?out|timed out|deadline exceeded|connection (refused|reset)|no such host|\beof\b|i\/o|server misbehaving|temporar|no route to host|network is unreachable|tls|x509|unavailable|canceled/i,
  ],
];

function classify(text: string, image: string): PullFailure {
  // An image may be called `timeout`, and its tag `404-not-found`.
  const said = text.replaceAll(image, "").replace(/"[^"]*"/g, "");
  return patterns.find(([, pattern]) => pattern.test(said))?.[0] ?? "unknown";
}

/** What follows the reference is the registry's own answer. */
function tail(text: string, image: string): string {
  const ends = [`${image}: `, `${image}": `].map((end) => {
    const start = text.lastIndexOf(end);
    return start === -1 ? 0 : start + end.length;
  });
  return text.slice(Math.max(...ends));
}

const verdicts: Readonly<Record<PullFailure, (image: string) => Finding>> = {
  missing: (image) => ({
    kind: "image-not-found",
    cause: `cannot pull ${shortened(image)}: the registry does not have it`,
    hint: "Was it built and pushed, to this registry and under this name? build-push's output `image` names the digest that was pushed; pass that, not a tag.",
    condemns: "at-once",
  }),
  platform: (image) => ({
    kind: "image-platform",
    cause: `cannot pull ${shortened(image)}: it was not built for their nodes' processor`,
    hint: "Build the image for the platform of the nodes (`linux/amd64`, `linux/arm64`), or keep the pods on nodes that it fits with a nodeSelector.",
    condemns: "at-once",
  }),
  forbidden: (image) => ({
    kind: "image-forbidden",
    cause: `may not pull ${shortened(image)}: the registry refuses the credentials, or there are none`,
    hint: "Check imagePullSecrets of the pod or of its ServiceAccount: the Secret must be in this namespace, for this registry, and not expired. Some registries say so of images that do not exist, too.",
    condemns: 60_000,
  }),
  busy: (image) => ({
    kind: "image-pull",
    cause: `cannot pull ${shortened(image)} at the moment`,
    hint: "The registry is overloaded, limits the rate or cannot be reached from the nodes; the kubelet keeps trying. Check the registry and the nodes' network.",
    condemns: "never",
  }),
  unknown: (image) => ({
    kind: "image-pull",
    cause: `cannot pull ${shortened(image)}`,
    hint: "The kubelet keeps trying. `kubectl describe pod` shows the registry's answer.",
    condemns: "never",
  }),
};
