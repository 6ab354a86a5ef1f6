import type { Container, ContainerState } from "../workloads.ts";
import type { ContainerHost } from "./container-host.ts";
import { behaviorOf, type ImageBehavior } from "./image-behavior.ts";
import type { Timers } from "./timers.ts";

/** How often the kubelet looks again at what it cannot start, in milliseconds. */
export const resyncMs = 12_000;
const firstBackOffMs = 10_000;
const longestBackOffMs = 300_000;

/** Who wants an image. */
export interface Puller {
  readonly container: Container;
  readonly host: ContainerHost;
  readonly timers: Timers;
  become(state: ContainerState): void;
}

/** Gets the image onto the node, and tries again for as long as that fails. */
export class ImagePull {
  readonly #puller: Puller;
  #failures = 0;

  constructor(puller: Puller) {
    this.#puller = puller;
  }

  pull(then: (behavior: ImageBehavior) => void): void {
    const { container, host, timers } = this.#puller;
    const { image, imagePullPolicy } = container;
    const unreadable = unreadableName(image);
    if (unreadable !== undefined) {
      this.#refuse({ event: "InspectFailed", reason: "InvalidImageName", why: unreadable }, then);
      return;
    }
    const known = behaviorOf(host.images, image);
    const isPresent = known !== undefined && host.presentImages.has(image);
    if (!isPresent && imagePullPolicy === "Never") {
      const why = `Container image "${image}" is not present with pull policy of Never`;
      this.#refuse({ event: "ErrImageNeverPull", reason: "ErrImageNeverPull", why }, then);
      return;
    }
    if (isPresent && imagePullPolicy !== "Always") {
      this.#record("Normal", "Pulled", `Container image "${image}" already present on machine`);
      then(known);
      return;
    }
    this.#record("Normal", "Pulling", `Pulling image "${image}"`);
    timers.after(known?.pullMs ?? 5, () => {
      if (known === undefined || known.pullError !== undefined) this.#failed(known?.pullError, then);
      else this.#pulled(known, then);
    });
  }

  #pulled(known: ImageBehavior, then: (behavior: ImageBehavior) => void): void {
    const { container, host } = this.#puller;
    const took = `${known.pullMs ?? 5}ms`;
    const how = `in ${took} (${took} including waiting). Image size: 4194304 bytes.`;
    this.#record("Normal", "Pulled", `Successfully pulled image "${container.image}" ${how}`);
    host.presentImages.add(container.image);
    this.#failures = 0;
    then(known);
  }

  /** Not even tried. */
  #refuse(
    { event, reason, why }: { event: string; reason: string; why: string },
    then: (behavior: ImageBehavior) => void,
  ): void {
    this.#record("Warning", event, why);
    this.#record("Warning", "Failed", `Error: ${reason}`);
    this.#puller.become({ waiting: { reason, message: why } });
    this.#puller.timers.after(resyncMs, () => this.pull(then));
  }

  #failed(error: string | undefined, then: (behavior: ImageBehavior) => void): void {
    const { container, timers } = this.#puller;
    const why = pullFailure(container.image, error);
    this.#record("Warning", "Failed", `Failed to pull image "${container.image}": ${why}`);
    this.#record("Warning", "Failed", "Error: ErrImagePull");
    this.#puller.become({ waiting: { reason: "ErrImagePull", message: why } });
    timers.after(1_000, () => {
      const message = `Back-off pulling image "${container.image}"`;
      this.#record("Normal", "BackOff", message);
      this.#record("Warning", "Failed", "Error: ImagePullBackOff");
      this.#puller.become({ waiting: { reason: "ImagePullBackOff", message: `${message}: ErrImagePull: ${why}` } });
    });
    timers.after(Math.min(firstBackOffMs * 2 ** this.#failures, longestBackOffMs), () => this.pull(then));
    this.#failures += 1;
  }

  #record(type: "Normal" | "Warning", reason: string, message: string): void {
    this.#puller.host.record({ type, reason, message, container: this.#puller.container.name });
  }
}

/** containerd's words. */
function pullFailure(image: string, error: string | undefined): string {
  const full = canonicalReference(image);
  const cause = `failed to pull and unpack image "${full}": failed to resolve reference "${full}"`;
  return error === undefined ? `rpc error: code = NotFound desc = ${cause}: ${full}: not found` : `${cause}: ${error}`;
}

function canonicalReference(image: string): string {
  const { host, path } = splitReference(image);
  const named = `${host}/${path}`;
  return path.includes(":") || path.includes("@") ? named : `${named}:latest`;
}

function splitReference(image: string): { host: string; path: string } {
  const [first = "", ...rest] = image.split("/");
  const hasHost = rest.length > 0 && (first.includes(".") || first.includes(":") || first === "localhost");
  if (hasHost) return { host: first, path: rest.join("/") };
  return { host: "docker.io", path: rest.length > 0 ? image : `library/${image}` };
}

/** What the kubelet says of a name that is no image reference (github.com/distribution/reference). */
function unreadableName(image: string): string | undefined {
  const { path } = splitReference(image);
  const [, name = ""] = /^([^:@]*)/.exec(path) ?? [];
  const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  const reference = new RegExp(
    `^${component}(/${component})*(:\\w[\\w.-]{0,127})?(@[A-Za-z][\\w+.-]*:[0-9a-fA-F]{32,})?$`,
  );
  if (reference.test(path)) return undefined;
  const why = name === name.toLowerCase() ? "" : `: repository name (${name}) must be lowercase`;
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format${why}`;
}
