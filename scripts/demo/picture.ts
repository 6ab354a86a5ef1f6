import { cut, grouped, paint, seconds, wrapped } from "./paint.ts";
import { type ActView, currentAct, type Scene, type StepView } from "./scene.ts";
import { stage } from "./stage.ts";

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
  const right = `embedded Kubernetes · shipped bundle · real HTTP   ${seconds(now).padStart(6)}`;
  return `  ${paint("bold", left)}${paint("dim", right.padStart(width - 2 - left.length))}`;
}

function actLine({ act, state, from, to, lost }: ActView, index: number, now: number): string {
  const name = `${index + 1}  ${act.title}`.padEnd(47);
  if (state === "ahead") return paint("dim", `    ${name}`);
  const time = seconds((to ?? now) - from).padStart(7);
  const loss = lost === 0 ? "0 lost" : `${lost} ${act.sick === undefined ? "lost" : "wrong"}`;
  const outcome = state === "running" ? "" : act.outcome;
  const marks = { running: paint("yellow", "▸"), good: paint("green", "✓"), flawed: paint("red", "✗") };
  const text = `${name}${time}  ${outcome.padEnd(11)} `;
  return `  ${marks[state]} ${state === "running" ? paint("bold", text) : text}${paint(lossStyle(act.sick, lost), loss)}`;
}

function lossStyle(sick: string | undefined, lost: number): "green" | "yellow" | "red" {
  if (lost === 0) return "green";
  return sick === undefined ? "red" : "yellow";
}

function answersLine({ answers, lost }: Scene): string {
  const parts = [...answers].map(([version, count]) => `${version} ${paint("bold", grouped(count))}`);
  const bad = lost === 0 ? paint("green", "0") : paint("yellow", grouped(lost));
  return `  answers   ${parts.join("   ")}   not answered well ${bad}`;
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
  const error = view.error.flatMap((line, index) =>
    wrapped(line, columns - 4).map((part) => `    ${paint(index === 0 ? "red" : "dim", part)}`),
  );
  const shown = error.slice(0, Math.max(2, room - 3));
  const steps = view.steps.slice(-Math.max(1, room - shown.length));
  return [...steps.map((step) => stepLine(step, below)), ...shown];
}

function stepLine({ title: name, from, to, failed, said }: StepView, { now, columns }: Below): string {
  const mark = failed ? paint("red", "✗") : paint("green", "✓");
  const time = seconds((to ?? now) - from).padStart(7);
  const text = `${cut(name, 40).padEnd(40)}${time}  ${paint("dim", cut(said, columns - 54))}`;
  return `  ${to === undefined ? paint("yellow", "▸") : mark} ${text}`;
}
