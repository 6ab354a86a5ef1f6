export { renderReport } from "./page.ts";
export { renderPreflight } from "./preflight-page.ts";
export { renderPreflightSummary } from "./preflight-summary.ts";
export { renderSummary } from "./summary.ts";
