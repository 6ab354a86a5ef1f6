import type { Wanted } from "@cutover/release";

/** What a release would be asked for, as far as checks need to know. */
export const releaseTerms: Wanted = {
  kind: "deploy",
  switch: "auto",
  soak: 0,
  drain: 0,
  previous: "keep",
  probe: true,
  smoke: false,
};
