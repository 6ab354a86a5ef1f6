export type { Platform } from "./manifest.ts";
export { keysFor, type PullKey, pullSecretTypes, readPullKeys } from "./pull-keys.ts";
export { createRegistries, type FoundImage, type Registries } from "./registries.ts";
