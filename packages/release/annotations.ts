/** Names of the annotations that cutover writes. The cluster is the only memory, so these words are a format: never rename one. */
export const annotation = {
  /** On a pod template: hash of everything the release applies, 16 hex digits. */
  hash: "cutover.dev/hash",
  /** On a Service, a slot's Deployment and a history entry: the release's number. */
  revision: "cutover.dev/revision",
  /** On a Service: who released what and when, JSON, versioned. */
  state: "cutover.dev/state",
  /** On a Service, Deployments and Lease: the highest claim seen. */
  epoch: "cutover.dev/epoch",
  /** On what was written last: the write's own id, which tells a lost answer from a lost write. */
  operation: "cutover.dev/operation",
  /** On a history entry, as a label: the Service that it belongs to. */
  service: "cutover.dev/service",
  /** On a Lease: the page of the run that holds it. */
  run: "cutover.dev/run",
  /** On a history entry: `confirmed` or `failed`. */
  result: "cutover.dev/result",
  /** On a Service: the Deployment that was taken over as a color though it is not called so, JSON. On that Deployment: the color. */
  adopted: "cutover.dev/adopted",
  /** On objects made per color: their name in the manifests. */
  source: "cutover.dev/source",
  /** On an autoscaler: what its floor was before it was raised, and to what; JSON. */
  floor: "cutover.dev/floor",
  /** On a Service, written by people: it may send to `both` colors, or routes may lead to it though it is of `one` color. */
  colors: "cutover.dev/colors",
} as const;
