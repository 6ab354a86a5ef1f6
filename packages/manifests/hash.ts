import { createHash } from "node:crypto";
import { canonicalJson } from "@cutover/release";

/** SHA-256 of the canonical JSON, its first 16 hex digits: enough to tell releases of one service apart. */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
}
