import { picture, smallest } from "./picture.ts";
import type { Scene, Show } from "./scene.ts";

/** Milliseconds between two pictures. */
const frame = 80;

const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const clearBelow = "\u001b[0J";
const clearAll = "\u001b[2J\u001b[H";
const clearRest = "\u001b[0K";

/** Draws the scene over and over in the same place of a terminal; the last picture stays. */
export function screen(terminal: NodeJS.WriteStream): Show {
  let drawn = 0;
  let at = Number.NEGATIVE_INFINITY;
  let newest: Scene | undefined;
  const draw = (scene: Scene) => {
    const lines = picture(scene, terminal);
    const start = drawn === 0 ? "" : `\u001b[${drawn}A`;
    terminal.write(`${start}\r${lines.map((line) => `${line}${clearRest}\n`).join("")}${clearBelow}`);
    drawn = lines.length;
    at = performance.now();
  };
  const forget = () => {
    // Another size moves what was drawn to nobody knows where.
    drawn = 0;
    terminal.write(clearAll);
  };
  terminal.write(hideCursor);
  terminal.on("resize", forget);
  return {
    show(scene) {
      newest = scene;
      if (performance.now() - at >= frame && terminal.columns >= smallest.columns) draw(scene);
    },
    close() {
      if (newest !== undefined && terminal.columns >= smallest.columns) draw(newest);
      terminal.off("resize", forget);
      terminal.write(showCursor);
    },
  };
}
