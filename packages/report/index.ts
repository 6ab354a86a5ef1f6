export { renderReport } from "./page.ts";
export { renderPreflight } from "./preflight-page.ts";
export { renderPreflightSummary } from "./preflight-summary.ts";
export { renderStanding, renderSummary } from "./summary.ts";
