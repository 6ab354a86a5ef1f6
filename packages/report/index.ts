export { renderReport } from "./page.ts";
export { renderSummary } from "./summary.ts";
