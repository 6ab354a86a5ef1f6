export type { Denial, Review, Webhook } from "./admission/webhooks.ts";
export type { AccessRule } from "./api/access.ts";
export type { LoggedRequest } from "./api/request-log.ts";
export { certificate, certificateKey } from "./certificate.ts";
export { realClock, type SandboxClock, sleepBy } from "./clock.ts";
export { remove } from "./deletion.ts";
export { type AnswerOptions, answer, webhookDenial, webhookTimeout } from "./faults/answers.ts";
export { brokenTls, cut, hang, outage } from "./faults/connections.ts";
export type { Delivery, Fault, Struck, What, When } from "./faults/fault.ts";
export { recreate } from "./faults/meddling.ts";
export { type Spoiling, spoil, trickle } from "./faults/spoiled-answers.ts";
export {
  watchCloses,
  watchCrumbles,
  watchErrs,
  watchGathers,
  watchGoesBack,
  watchRepeats,
  watchStalls,
  watchSwells,
  watchWithoutBookmarks,
} from "./faults/spoiled-watches.ts";
export { laggingReplica, stale } from "./faults/stale-reads.ts";
export { at, delay, late, twice } from "./faults/timing.ts";
export type { Frozen } from "./frozen.ts";
export { kubeconfigFor } from "./kubeconfig.ts";
export { MemorySocket } from "./memory-socket.ts";
export type { ImageBehavior, ImageTable } from "./pods/image-behavior.ts";
export { type Random, seededRandom } from "./random.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export type { Change } from "./store.ts";
export type { OpenService } from "./traffic/open-service.ts";
export type { KeptConnection, ServiceTraffic, Visit } from "./traffic/service-traffic.ts";
export { type VirtualClock, virtualClock } from "./virtual-clock.ts";
