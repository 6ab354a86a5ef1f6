import { inputOf } from "@cutover/action-kit";

/** A version of Kubernetes without its patch, as one number that grows: 1.34 is 1034. */
export type MinorVersion = number;

/** Versions from the first to the last, both of them too. */
export interface VersionRange {
  readonly oldest: MinorVersion;
  /** `Infinity` where there is no end. */
  readonly newest: MinorVersion;
}

/** `1.30-1.34`, `1.30-` or `1.34` alone. */
export function versionRange() {
  const form = { expected: "versions of Kubernetes such as 1.30-1.34 or 1.30-", type: "versions" };
  return inputOf(form, (text): VersionRange | undefined => {
    const [, first = "", end, last = ""] = /^v?(\d+\.\d+)(\s*-\s*v?(\d+\.\d+)?)?$/.exec(text) ?? [];
    const oldest = minorVersion(first);
    const newest = end === undefined ? oldest : last === "" ? Infinity : minorVersion(last);
    return oldest === undefined || newest === undefined || newest < oldest ? undefined : { oldest, newest };
  });
}

/** The version in `v1.34.4`, `1.29.3-gke.1` or `v1.32`; `undefined` for what is none. */
export function minorVersion(text: string): MinorVersion | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)(?:$|[.+-])/.exec(text) ?? [];
  return major === undefined ? undefined : Number(major) * 1_000 + Number(minor);
}

/** `1.34` */
export function versionName(version: MinorVersion): string {
  return `${Math.floor(version / 1_000)}.${version % 1_000}`;
}
