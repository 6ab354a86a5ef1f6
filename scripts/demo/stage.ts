import { type Color, colors } from "@cutover/release";
import { service } from "./acts.ts";
import { paint } from "./paint.ts";
import type { PodView } from "./pods.ts";
import type { Scene } from "./scene.ts";

/** Columns of a slot's box, and between the two. */
const box = 36;
const gap = 4;
/** A rolling update has one more pod than asked for. */
const podLines = 4;

/** The Service, and the two slots below it with their pods. */
export function stage({ active, slots, now }: Scene): string[] {
  const boxes = colors.map((color) => slotBox(color, slots[color], color === active));
  const rows = (boxes[0] ?? []).map((line, row) => `  ${line}${" ".repeat(gap)}${boxes[1]?.[row] ?? ""}`);
  const isServing = active !== undefined && slots[active].some(({ state }) => state === "ready");
  return [...arrow(active, now, isServing ? active : "red"), ...rows];
}

/** The traffic's way: dots that wander from the users to the slot; red where nobody answers. */
function arrow(active: Color | undefined, now: number, style: Color | "red"): string[] {
  const name = `users ─▶ Service ${service.name}`;
  const middle = Math.floor((2 * box + gap - name.length) / 2);
  const line = `  ${" ".repeat(middle)}${paint("bold", name)}`;
  if (active === undefined) return [`${line}${paint("dim", ", not there yet")}`, "", ""];
  const foot = active === "blue" ? Math.floor(box / 2) : box + gap + Math.floor(box / 2);
  const head = middle + Math.floor(name.length / 2);
  const phase = Math.floor(now / 120) % 4;
  const [from, to] = active === "blue" ? [foot, head] : [head, foot];
  const way = Array.from({ length: to - from - 1 }, (_, index) => {
    const step = active === "blue" ? to - from - index : index;
    return (step - phase + 400) % 4 === 0 ? "•" : "─";
  }).join("");
  const turn = active === "blue" ? `╭${way}╯` : `╰${way}╮`;
  return [line, `  ${" ".repeat(from)}${paint(style, turn)}`, `  ${" ".repeat(foot)}${paint(style, "▼")}`];
}

function slotBox(color: Color, pods: readonly PodView[], isActive: boolean): string[] {
  const [h, v] = isActive ? ["━", "┃"] : ["─", "│"];
  const [a, b, c, d] = isActive ? ["┏", "┓", "┗", "┛"] : ["╭", "╮", "╰", "╯"];
  const name = ` ${color} `;
  const role = isActive ? " gets the traffic " : " idle ";
  const edge = (text: string) => paint(isActive ? color : "dim", text);
  const fill = h.repeat(box - 4 - name.length - role.length);
  const lines = Array.from({ length: podLines }, (_, row) => `${edge(v)} ${podLine(pods[row])} ${edge(v)}`);
  const head = `${edge(`${a}${h}`)}${paint([color, "bold"], name)}${edge(`${fill}${role}${h}${b}`)}`;
  return [head, ...lines, edge(`${c}${h.repeat(box - 2)}${d}`)];
}

const looks = {
  starting: ["○", "yellow"],
  ready: ["●", "green"],
  unready: ["◍", "red"],
  crashed: ["✗", "red"],
  stopping: ["◌", "dim"],
} as const;

function podLine(pod: PodView | undefined): string {
  if (pod === undefined) return " ".repeat(box - 4);
  const [mark, style] = looks[pod.state];
  const text = `${pod.name}  ${pod.version}  ${pod.state}`;
  return `${paint(style, mark)} ${pod.state === "stopping" ? paint("dim", text.padEnd(box - 6)) : text.padEnd(box - 6)}`;
}
