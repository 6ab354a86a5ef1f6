import type { Runner } from "@cutover/action-kit";
import {
  type Client,
  type Collection,
  type Look,
  look,
  type Preview,
  preview,
  type Ref,
  type Resource,
  type Setting,
  type Source,
} from "@cutover/kubernetes";
import { CutoverError, colors, isCutoverError } from "@cutover/release";
import type * as z from "zod";
import { settingsOf } from "../release/setting.ts";
import { sourcesOf } from "../release/sources.ts";
import { type Candidate, candidateOf } from "./candidate.ts";
import type { Inputs } from "./check.ts";
import { hearing, type ServerWarning } from "./hearing.ts";
import { limitRange, withDefaults } from "./limit-range.ts";
import { releaseTerms } from "./release-terms.ts";

/** A kind of objects, and what is read of each. */
export interface Shape<S extends z.ZodType> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether its objects are in no namespace. */
  readonly isClusterWide?: boolean;
  /** Which of them, in the server's own words; all if not given. */
  readonly fieldSelector?: string;
  readonly schema: S;
}

/** What several checks look at. Everything is read once, when it is first asked for. */
export class Facts {
  readonly #inputs: Inputs;
  readonly #client: Client;
  readonly #runner: Runner;
  readonly #warnings: ServerWarning[] = [];
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(inputs: Inputs, client: Client, runner: Runner) {
    this.#inputs = inputs;
    this.#client = client;
    this.#runner = runner;
  }

  get namespace(): string {
    return this.#inputs.namespace ?? this.#client.namespace;
  }

  /** Whether anything says what is to be released. */
  get isOfRelease(): boolean {
    const { manifests, chart, images } = this.#inputs;
    return manifests !== undefined || chart !== undefined || images !== undefined;
  }

  /** All objects of a kind in the namespace, or in the cluster where the kind is in none. */
  async all<S extends z.ZodType>({
    apiVersion,
    kind,
    isClusterWide,
    fieldSelector,
    schema,
  }: Shape<S>): Promise<readonly z.output<S>[]> {
    const place = isClusterWide ? {} : { namespace: this.namespace };
    const collection: Collection = { apiVersion, kind, ...place, ...(fieldSelector && { fieldSelector }) };
    const items = await this.once(
      Object.values(collection).join(" "),
      async () => (await this.#client.list(collection)).items,
    );
    return items.map((item) => parsed(item, schema));
  }

  /** The same, or nothing at all where the credentials may not list them or the cluster has no such kind: for what a release itself never reads. */
  async allIfAllowed<S extends z.ZodType>(shape: Shape<S>): Promise<readonly z.output<S>[] | undefined> {
    try {
      return await this.all(shape);
    } catch (error) {
      if (isCutoverError(error, "forbidden", "not-found")) return undefined;
      throw error;
    }
  }

  /**
   * An object of the namespace as the release leaves it: the release's own, or the one that is there. `hidden` where the
   * credentials may not read it.
   */
  async object(kind: string, name: string): Promise<Resource | "hidden" | undefined> {
    const own = (await this.objects()).find((one) => one.kind === kind && one.metadata.name === name);
    if (own !== undefined) return own;
    return await this.live({ apiVersion: "v1", kind, namespace: this.namespace, name });
  }

  /** One object of the cluster; `hidden` where the credentials may not read it. */
  async live(ref: Ref): Promise<Resource | "hidden" | undefined> {
    try {
      return await this.find(ref);
    } catch (error) {
      if (isCutoverError(error, "forbidden")) return "hidden";
      throw error;
    }
  }

  /** One object of the cluster. @throws forbidden */
  async find(ref: Ref): Promise<Resource | undefined> {
    return await this.once(Object.values(ref).join(" "), () => this.#client.find(ref));
  }

  /** What is asked for twice is read once; whoever asks first pays. */
  once<T>(name: string, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(name) ?? read();
    this.#known.set(name, known);
    return known as Promise<T>;
  }

  /** What a release would put into the slots of each service, in their order. @throws what reading manifests throws */
  async sources(): Promise<readonly Source[]> {
    const place = { namespace: this.namespace, client: this.#client };
    return await this.once("sources", () => sourcesOf(this.#inputs, place, this.#runner));
  }

  /** What a release of each service would run with. @throws what reading manifests throws */
  async settings(): Promise<readonly Setting[]> {
    return await this.once("settings", () => this.#settings(() => this.sources()));
  }

  /** All that the manifests bring into either slot. @throws what reading manifests throws */
  async objects(): Promise<readonly Resource[]> {
    const settings = await this.settings();
    return settings.flatMap(({ source }) =>
      source.kind === "manifests" ? colors.flatMap((color) => source.rendered[color].objects) : [],
    );
  }

  /** Each service as it stands, whatever is wrong with the manifests. */
  async looks(): Promise<readonly Look[]> {
    return await this.once("looks", async () => {
      const settings = this.isOfRelease ? await this.settings().catch(() => this.#settings()) : await this.#settings();
      return await Promise.all(settings.map(look));
    });
  }

  /** What the server's dry run makes of the release of each service; none where nothing is to be released. @throws what it is refused for */
  async rehearsals(): Promise<readonly Preview[]> {
    if (!this.isOfRelease) return [];
    return await this.once("rehearsals", async () => {
      // What is wrong with the manifests is told from here; without it, the looks are at just these settings.
      await this.settings();
      const looks = await this.looks();
      const heard = (warning: ServerWarning) => void this.#warnings.push(warning);
      return await Promise.all(
        looks.map(({ setting, snapshot }) =>
          preview({ ...setting, client: hearing(setting.client, heard) }, releaseTerms, { snapshot }),
        ),
      );
    });
  }

  /** What the server said while it tried the release, even where it refused it in the end. */
  async warnings(): Promise<readonly ServerWarning[]> {
    await this.rehearsals().catch((error: unknown) => {
      if (this.#warnings.length === 0) throw error;
    });
    return this.#warnings;
  }

  /**
   * The pods that the release would bring, or that serve, with what the namespace's LimitRanges give them. Those of a release
   * that its dry run refuses are as the manifests have them.
   */
  async candidates(): Promise<readonly Candidate[]> {
    const [looks, rehearsals, ranges] = await Promise.all([
      this.looks(),
      this.#rehearsed(),
      this.allIfAllowed(limitRange),
    ]);
    const found = looks.flatMap((one, index) => candidateOf(one, this.isOfRelease, rehearsals[index]) ?? []);
    return found.map((one) => ({ ...one, pod: withDefaults(one.pod, ranges ?? []) }));
  }

  /** None where the dry run is refused: that is another check's to tell. @throws what reading manifests throws */
  async #rehearsed(): Promise<readonly Preview[]> {
    if (this.isOfRelease) await this.settings();
    return await this.rehearsals().catch((error: unknown) => {
      if (isCutoverError(error)) return [];
      throw error;
    });
  }

  async #settings(sources?: () => Promise<readonly Source[]>): Promise<readonly Setting[]> {
    const inputs = { ...this.#inputs, lockTimeout: 0, dryRun: true };
    const run = {
      inputs,
      wanted: releaseTerms,
      replicas: this.#inputs.replicas,
      ...(sources === undefined ? {} : { sources }),
    };
    return await settingsOf(run, this.#runner, this.#client);
  }
}

function parsed<S extends z.ZodType>(item: Resource, schema: S): z.output<S> {
  const result = schema.safeParse(item);
  if (result.success) return result.data;
  const { kind, metadata } = item;
  const place = result.error.issues[0]?.path.join(".") ?? "it";
  throw new CutoverError("unavailable", `${kind} ${metadata.name} is not as its kind has it: ${place}`, {
    hint: "Look at the object with kubectl; something answers for the API server that is none.",
  });
}
