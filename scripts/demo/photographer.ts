import { writeFileSync } from "node:fs";
import { colors } from "@cutover/release";
import { picture } from "./picture.ts";
import { currentAct, type Scene, type Show } from "./scene.ts";
import { svg } from "./svg.ts";

/** Room for all steps of one act. */
const size = { columns: 100, rows: 36 };

/** Shows on another stage, and at the end writes what a terminal would have shown at the most telling moment as an SVG. */
export function photographer(stage: Show, file: string): Show {
  let best: string[] | undefined;
  return {
    show(scene) {
      stage.show(scene);
      if (isTelling(scene)) best = picture(scene, size);
    },
    close() {
      stage.close();
      const title = "The demo in a terminal: a release fell ill under traffic, and cutover took it back.";
      if (best !== undefined) writeFileSync(file, svg(best, { columns: size.columns, title }));
    },
  };
}

/** Whether the ill release has lost the traffic again, and its pods are still there to be seen. */
function isTelling(scene: Scene): boolean {
  const view = currentAct(scene);
  const isAway = scene.active === view?.act.color;
  const isThere = colors.some((color) => scene.slots[color].some(({ state }) => state === "unready"));
  return view?.act.sick !== undefined && view.wrong > 0 && isAway && isThere;
}
