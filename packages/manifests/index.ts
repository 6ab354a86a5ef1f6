export { diskFiles, type ManifestFiles, memoryFiles } from "./files.ts";
export { contentHash } from "./hash.ts";
export { type Images, imagesOf, withImages } from "./images.ts";
export { type ManifestSet, readManifests } from "./read.ts";
export { type RenderedRelease, renderRelease } from "./render.ts";
export { describeObject, hideSecretValues, type Resource } from "./resource.ts";
export type { ReleaseTarget } from "./target.ts";
