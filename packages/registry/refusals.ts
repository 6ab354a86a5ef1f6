import { CutoverError, formatImageReference, type ImageReference, type WebAnswer } from "@cutover/release";
import type { PullKey } from "./pull-keys.ts";

/** Who asks for which image. */
export interface Asker {
  readonly reference: ImageReference;
  /** The registry's host as users know it. */
  readonly registry: string;
  readonly key: PullKey | undefined;
}

/** What an answer other than the one that was asked for means. */
export function refusalOf(answer: WebAnswer, asker: Asker): CutoverError {
  const { registry, reference } = asker;
  const image = formatImageReference(reference);
  const { status, headers } = answer;
  const { location = "nowhere", "retry-after": wait = "" } = headers;
  const said = `${status}${codeIn(answer.body)}`;
  if (status === 404)
    return new CutoverError("not-found", `${registry} has no image ${image} (${said})`, {
      hint: "Was it built and pushed, to this registry and under this name? Release the digest that the push printed.",
    });
  if (status === 401 || status === 403) return unauthorized(asker, said);
  if (status === 429)
    return new CutoverError("unavailable", `${registry} was asked too often and does not tell of ${image} (${said})`, {
      hint: `Wait ${waitIn(wait)}, or pull with credentials that may ask more often; a pod would not be given the image either.`,
    });
  if (status >= 300 && status < 400)
    return new CutoverError("refused", `${registry} sends whoever asks for ${image} to ${location} (${status})`, {
      hint: "Name the image by the registry that it leads to: what a manifest says counts only where it was asked for.",
    });
  return new CutoverError("unavailable", `${registry} does not tell of ${image} (${said})`, {
    hint: "Look at the registry's own state, and run the check again.",
  });
}

function unauthorized({ registry, reference, key }: Asker, said: string): CutoverError {
  const image = formatImageReference(reference);
  if (key === undefined)
    return new CutoverError("unauthorized", `${registry} shows ${image} to nobody without credentials (${said})`, {
      hint: `Give the pods an imagePullSecret for ${registry}. Some registries say so of images that do not exist, too.`,
    });
  return new CutoverError(
    "unauthorized",
    `${registry} does not let the credentials of ${key.from} read ${image} (${said})`,
    {
      hint: `Renew ${key.from}, or let its user pull from ${reference.repository}. Some registries say so of images that do not exist, too.`,
    },
  );
}

/** The registry's own word, such as `MANIFEST_UNKNOWN`; its sentences may be anything. */
function codeIn(body: string): string {
  const code = /"code"\s*:\s*"([A-Z_]{3,40})"/.exec(body.slice(0, 10_000))?.[1];
  return code === undefined ? "" : ` ${code}`;
}

function waitIn(seconds: string): string {
  return /^\d{1,6}$/.test(seconds) ? `${seconds} s` : "some minutes";
}
