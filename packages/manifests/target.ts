import type { Color, Images } from "@cutover/release";

/** What a rendered release is for. */
export interface ReleaseTarget {
  /** The Service that traffic comes through. */
  service: string;
  namespace: string;
  /** Name of a slot's Deployment, such as `{service}-{color}`. */
  deploymentPattern: string;
  /** The label whose value is the color. */
  colorLabel: string;
  color: Color;
  /** Reference by container, or by the repository that it replaces; containers not meant keep what the manifest says. */
  images: Images;
}
