import { type ImageBehavior, type ImageTable, seededRandom } from "@cutover/sandbox";

/** What is done: a release, by how its image behaves, or a way back. */
export type Kind = "good" | "never-ready" | "no-image" | "crashes" | "breaks-under-traffic" | "rollback";

export interface Deed {
  readonly kind: Kind;
  readonly inputs: Readonly<Record<string, string>>;
  /** The version that its manifest releases, where it has one: `manifests` names it `NUMBER.json`. */
  readonly manifest: string | undefined;
  readonly outcome: "succeeded" | "failed" | "rolled-back" | "refused";
  /** The version that serves afterwards. */
  readonly serves: string;
}

const behaviors: Readonly<Record<Exclude<Kind, "rollback" | "no-image">, Omit<ImageBehavior, "version">>> = {
  good: { readyAfterMs: 700 },
  "never-ready": { neverReady: true },
  crashes: { crash: true, readyAfterMs: 700 },
  "breaks-under-traffic": { unreadyAfterMs: 1_500 },
};

/** Whose image lets the Service down by itself, so that nobody can keep it served. */
export const letsDown: Kind = "breaks-under-traffic";

export function imageOf(version: string): string {
  return `registry.example/shop:${version}`;
}

/** What has become of the deeds so far, as it must be by what the documentation promises. */
interface Past {
  /** Confirmed versions that one can go back to, the serving one last. */
  confirmed: string[];
  /** Whether the last move of the traffic was a rollback: another one then goes no further. */
  isBack: boolean;
}

/** Deeds as `seed` draws them, one after the other; each adds its image to `images`. */
export function drawDeeds(seed: number, images: Record<string, ImageTable[string]>): () => Deed {
  const random = seededRandom(seed);
  const past: Past = { confirmed: ["v1"], isBack: false };
  const one = <T>(choices: readonly [T, ...T[]]): T => choices[random.below(choices.length)] ?? choices[0];
  let number = 0;
  return () => {
    number += 1;
    const kind: Kind = one(["good", "good", "good", "good", "good", "good", one(bad), "rollback"]);
    const traffic = { soak: "5s", drain: one(["0s", "30s"]), previous: one(["keep", "keep", "scale-down", "delete"]) };
    if (kind === "rollback") {
      const inputs = { service: "shop", ...traffic };
      return { kind, inputs, manifest: undefined, ...goneBack(past) };
    }
    const version = `${number}-${kind}`;
    if (kind !== "no-image") images[imageOf(version)] = { version, ...behaviors[kind] };
    const outcome = outcomes[kind];
    if (outcome === "succeeded") past.confirmed = [...past.confirmed.slice(-8), version];
    if (outcome !== "failed") past.isBack = false;
    const manifest = one([undefined, version]);
    const what = manifest === undefined ? { images: `app=${imageOf(version)}` } : { manifests: `${manifest}.json` };
    const inputs = { service: "shop", timeout: "60s", ...what, ...traffic };
    return { kind, inputs, manifest, outcome, serves: past.confirmed.at(-1) ?? "" };
  };
}

const bad = ["never-ready", "no-image", "crashes", letsDown] as const;

const outcomes: Readonly<Record<Exclude<Kind, "rollback">, Deed["outcome"]>> = {
  good: "succeeded",
  "never-ready": "failed",
  "no-image": "failed",
  crashes: "failed",
  "breaks-under-traffic": "rolled-back",
};

/** A rollback to the version before; a second one goes no further, and where none is left it is refused. */
function goneBack(past: Past): Pick<Deed, "outcome" | "serves"> {
  const serves = past.confirmed.at(-1) ?? "";
  if (past.isBack) return { outcome: "succeeded", serves };
  if (past.confirmed.length < 2) return { outcome: "refused", serves };
  past.confirmed.pop();
  past.isBack = true;
  return { outcome: "succeeded", serves: past.confirmed.at(-1) ?? "" };
}
