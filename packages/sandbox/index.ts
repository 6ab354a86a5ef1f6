export type { AccessRule } from "./api/access.ts";
export type { Fault } from "./api/faults.ts";
export type { LoggedRequest } from "./api/request-log.ts";
export { realClock, type SandboxClock, type VirtualClock, virtualClock } from "./clock.ts";
export type { ImageBehavior, ImageTable } from "./pods/application.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export type { OpenService } from "./traffic/open-service.ts";
