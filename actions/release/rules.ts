import { isDnsSubdomain } from "@cutover/release";
import type * as z from "zod";

/** Says that an input, or two together, cannot be: `name` is camelCase. */
export type Refuse = (name: string, message: string) => void;

/** A rule between the inputs of one action, for `.check()` on its contract. */
export function rule<T>(judge: (inputs: T, refuse: Refuse) => void): (payload: z.core.ParsePayload<T>) => void {
  return ({ value, issues }) =>
    judge(value, (name, message) => issues.push({ code: "custom", path: [name], message, input: value }));
}

/** What no release action can do yet, said by name. */
export function refuseUnbuilt({ engine }: { engine: string }, refuse: Refuse): void {
  if (engine === "argo-rollouts")
    refuse("engine", "argo-rollouts is not there yet; use native, which needs no controller in the cluster");
}

interface Sources {
  service: readonly string[];
  manifests?: readonly string[] | undefined;
  chart?: string | undefined;
  releaseName?: string | undefined;
  values?: readonly string[] | undefined;
  set?: Readonly<Record<string, string>> | undefined;
  images?: Readonly<Record<string, string>> | undefined;
}

/** Something must say what to release, and what is said of a chart needs one. */
export function refuseStraySources(sources: Sources, refuse: Refuse): void {
  const { manifests, chart, releaseName, images } = sources;
  if (manifests === undefined && chart === undefined && images === undefined)
    refuse("images", "expected `images`, `manifests` or `chart`: nothing says what to release");
  const shared = manifests?.find((path) => !path.includes("{service}"));
  if (sources.service.length > 1 && shared !== undefined)
    refuse("manifests", `expected {service} in each path, since several services are released; "${shared}" has none`);
  for (const name of ["releaseName", "values", "set"] as const) {
    if (chart === undefined && sources[name] !== undefined)
      refuse(name, "it is for a Helm chart; name the chart with `chart`, or leave this out");
  }
  if (
    releaseName !== undefined &&
    !isReleaseName(releaseName.replaceAll("{color}", "green").replaceAll("{service}", "shop"))
  )
    refuse("releaseName", "expected a name of at most 53 small letters, digits, dots and dashes, as Helm wants it");
}

/** https://helm.sh/docs/chart_template_guide/getting_started: labels have 63 characters, and charts append to it. */
function isReleaseName(name: string): boolean {
  return isDnsSubdomain(name) && name.length <= 53;
}
