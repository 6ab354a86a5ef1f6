export type * from "./client/client.ts";
export { type ClientOptions, createClient } from "./client/create-client.ts";
export type * from "./client/model.ts";
export { proxyFor } from "./client/proxy.ts";
export { fieldConflicts } from "./client/status.ts";
export { type Advice, budgetAdvice, keeperAdvice, scalerAdvice } from "./native/advice.ts";
export { readAround } from "./native/around.ts";
export { deploymentsBehind } from "./native/behind.ts";
export { createNativeEngine, type NativeEngine } from "./native/engine.ts";
export type { Change } from "./native/filling.ts";
export { type LeaseHolder, lockHolder, releaseLeftover } from "./native/lease.ts";

export { type Look, look } from "./native/look.ts";
export { takenFields } from "./native/owners.ts";
export { type Preview, preview } from "./native/preview.ts";
export { backendsOf } from "./native/routes.ts";
export { wishOf } from "./native/scaling.ts";
export type { Setting } from "./native/setting.ts";
export type { Rendered, Source } from "./native/source.ts";
