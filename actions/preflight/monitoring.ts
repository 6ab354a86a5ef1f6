import { inputOf, Refusal } from "@cutover/action-kit";
import { type Matcher, type Monitor, readMatchers } from "@cutover/metrics";
import type { World } from "./check.ts";
import { entriesOf } from "./entries.ts";

/** An address of the web without name and password, which belong into an input of their own. */
export function webAddress() {
  return inputOf({ expected: "an address such as https://prometheus.example", type: "address" }, (text) => {
    const url = URL.parse(text);
    if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
    return url.username + url.password === "" ? text : new Refusal("expected an address without name and password");
  });
}

const expected = 'matchers such as severity=critical, job=~"shop|cart"';

/** Matchers of labels, by commas or lines, which must all hold. */
export function labelMatchers() {
  return inputOf({ expected, type: "matchers" }, (text) => readMatchers(text.replace(/,?\s*\n/g, ",")));
}

/** Groups of targets, one a line, each by the matchers that must all hold. */
export function targetGroups() {
  return entriesOf(expected, (line): readonly Matcher[] | string => readMatchers(line) ?? `expected ${expected}`);
}

/** A server that monitors, as a check asks it. */
export function monitorAt(url: string, { runner, inputs, signal }: World): Monitor {
  return { web: runner.web, url, authorization: inputs.monitoringAuthorization, timeout: 10_000, signal };
}

/** As many as people read, and how many more there are. */
export function listed(lines: readonly string[]): string {
  const most = 10;
  const more = lines.length > most ? [`… and ${lines.length - most} more`] : [];
  return [...lines.slice(0, most), ...more].join("\n");
}
