import type { Group } from "./case.ts";
import { applying } from "./cases/applying.ts";
import { creating } from "./cases/creating.ts";
import { deleting } from "./cases/deleting.ts";
import { patching } from "./cases/patching.ts";
import { reading } from "./cases/reading.ts";
import { refusing } from "./cases/refusing.ts";
import { replacing } from "./cases/replacing.ts";
import { settling } from "./cases/settling.ts";
import { following } from "./cases/watching.ts";

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
  settling,
];
