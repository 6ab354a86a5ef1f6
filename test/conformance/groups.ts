import type { Group } from "./case.ts";
import { applying } from "./cases/applying.ts";
import { creating } from "./cases/creating.ts";
import { deleting } from "./cases/deleting.ts";
import { patching, replacing } from "./cases/patching.ts";
import { following, reading } from "./cases/reading.ts";
import { refusing } from "./cases/refusing.ts";

/** All cases. A group is a file in `recorded/`. */
export const groups: readonly Group[] = [
  creating,
  refusing,
  reading,
  following,
  patching,
  replacing,
  applying,
  deleting,
];
