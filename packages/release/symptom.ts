/** What is wrong, one word for each chapter of docs/errors.md that explains it. */
export type SymptomKind =
  | "image-invalid"
  | "image-not-found"
  | "image-platform"
  | "image-never-pulled"
  | "image-forbidden"
  | "image-unverified"
  | "image-pull"
  | "config-missing"
  | "cannot-start"
  | "out-of-memory"
  | "liveness-probe"
  | "crash"
  | "volume-missing"
  | "volume-busy"
  | "pods-refused"
  | "unschedulable"
  | "readiness-probe"
  | "readiness-gate"
  | "sandbox"
  | "progress-deadline"
  | "starting";

/** When a symptom condemns: at once in any pod, after a while in all pods (milliseconds), or never by itself. */
export type Condemns = "at-once" | "never" | number;

/** One sign of trouble in the cluster's present state. Texts of the kubelet are untrusted. */
export interface Symptom {
  /** The same as long as the trouble lasts, even while the kubelet alternates between two reasons for it. */
  id: string;
  kind: SymptomKind;
  pod: string | undefined;
  container: string | undefined;
  /** The cluster's own word, such as `ErrImagePull`. */
  reason: string;
  /** The cluster's own text, in one line. */
  message: string;
  /** What the pods did, to follow `3 of 3 pods`: `cannot pull shop:v2`. */
  cause: string;
  hint: string;
  condemns: Condemns;
  /** Milliseconds for which a pod that merely starts looks the same, so that it is worth no word; 0 where it is not given. */
  quietFor?: number;
}

/** What is wrong, without the place where it was found. */
export type Finding = Pick<Symptom, "kind" | "cause" | "hint" | "condemns">;

/** One line of somebody else's text, without control characters, at most 300 characters long. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`;
}

/** An image reference with twelve digits of its digest, as people tell them apart. */
export function shortened(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}
