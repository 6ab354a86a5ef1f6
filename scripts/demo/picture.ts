import { cut, grouped, paint, seconds, wrapped } from "./paint.ts";
import { type ActView, currentAct, losses, type Scene, type StepView } from "./scene.ts";
import { stage } from "./stage.ts";
import { flawsOf } from "./verdict.ts";

/** Lines and columns that the picture needs at least. */
export const smallest = { columns: 78, rows: 24 };

/** Columns of its upper part; what actions say may be wider. */
const width = smallest.columns;
/** A line that is longer is hard to read. */
const widest = 120;

/** The scene as lines that fit into a terminal of this size. */
export function picture(scene: Scene, { rows, columns }: { rows: number; columns: number }): string[] {
  const top = [title(scene), "", ...scene.acts.map((act, index) => actLine(act, index, scene.now)), ""];
  const middle = [...stage(scene), "", answersLine(scene), ""];
  const room = Math.max(3, rows - top.length - middle.length - 1);
  const below = { now: scene.now, room, columns: Math.min(columns - 1, widest) };
  return [...top, ...middle, ...bottom(currentAct(scene), below)];
}

function title({ now }: Scene): string {
  const left = "cutover demo";
  const right = `examples/quickstart on an embedded Kubernetes   ${seconds(now).padStart(6)}`;
  return `  ${paint("bold", left)}${paint("dim", right.padStart(width - 2 - left.length))}`;
}

function actLine(view: ActView, index: number, now: number): string {
  const { act, state, from, to, lost, wrong } = view;
  const name = `${index + 1}  ${act.title}`.padEnd(43);
  if (state === "ahead") return paint("dim", `    ${name}`);
  const isOver = state === "over";
  const time = seconds((to ?? now) - from).padStart(7);
  const text = `${name}${time}  ${(isOver ? act.outcome : "").padEnd(12)}`;
  const isOnlyIll = lost === 0 && wrong > 0;
  const loss = isOnlyIll ? paint("yellow", `${wrong} wrong`) : paint(lost === 0 ? "green" : "red", `${lost} lost`);
  const end = flawsOf(view).length === 0 ? paint("green", "✓") : paint("red", "✗");
  return `  ${isOver ? end : paint("yellow", "▸")} ${isOver ? text : paint("bold", text)}${loss}`;
}

function answersLine(scene: Scene): string {
  const { lost, wrong } = losses(scene);
  const parts = [...scene.answers].map(([version, count]) => `${version} ${paint("bold", grouped(count))}`);
  const loss = `lost ${paint(lost === 0 ? "green" : "red", grouped(lost))}`;
  const illness = wrong === 0 ? "" : `   answered wrongly by the ill one ${paint("yellow", grouped(wrong))}`;
  return `  served   ${parts.join("   ")}   ${loss}${illness}`;
}

interface Below {
  now: number;
  /** Lines that are left. */
  room: number;
  columns: number;
}

/** The newest steps of the act, and what it said in the end. */
function bottom(view: ActView | undefined, below: Below): string[] {
  if (view === undefined) return [];
  const { room, columns } = below;
  const error = (view.ended?.error ?? []).flatMap((line, index) =>
    wrapped(line, columns - 4).map((part) => `    ${paint(index === 0 ? "red" : "dim", part)}`),
  );
  const shown = error.slice(0, Math.max(2, room - 3));
  const steps = view.steps.slice(-Math.max(1, room - shown.length));
  return [...steps.map((step) => stepLine(step, below)), ...shown];
}

function stepLine({ title: name, isInner, from, to, failed, said }: StepView, { now, columns }: Below): string {
  const mark = failed ? paint("red", "✗") : paint("green", "✓");
  const time = seconds((to ?? now) - from).padStart(7);
  const indent = isInner ? "    " : "  ";
  const room = 44 - indent.length;
  const text = `${cut(name, room).padEnd(room)}${time}  ${paint("dim", cut(said, columns - 56))}`;
  return `${indent}${to === undefined ? paint("yellow", "▸") : mark} ${text}`;
}
