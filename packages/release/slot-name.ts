import type { Color } from "./color.ts";

/** The Deployment of one color, from a pattern such as `{service}-{color}`. */
export function slotName(pattern: string, service: string, color: Color): string {
  return pattern.replaceAll("{service}", service).replaceAll("{color}", color);
}
