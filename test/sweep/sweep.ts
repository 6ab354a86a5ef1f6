/**
 * A sweep tries one thing at every point of something. To add one: write a `Sweep` in a file of its own and name it in
 * `table.ts`. `npm run test:sweep` then runs all its points, on as many workers as there are cores, and `npm test` a few, drawn
 * by a seed. What it needs is there: `story.ts` (a past, and a cluster at its end as often as wanted), `mortal.ts` in
 * test/virtual (a process that dies, pauses or gets SIGINT), `scene.ts` (holds every state and every run to S1…S10),
 * `ending.ts` (what may stand in the end), and `mutants.ts` (mistakes that a new sweep should find: name its points there).
 *
 * Everything happens within one process on virtual time, so a point goes the same way each time, alone or not; but for
 * `processes/`, where the bundle runs in processes of its own and in real time.
 */
export interface Sweep {
  /** The first part of the names of its points. */
  readonly name: string;
  /** What one worker does on its own, such as a story: the second part of the names. Known without running anything. */
  readonly groups: readonly string[];
  /** Whether even one point takes long: `npm test` then leaves it out. */
  readonly isSlow?: boolean;
  /** Whether it runs only where it is asked for by name, because it takes many minutes. */
  readonly isByName?: boolean;
  /** The group of which `npm test` draws its points, where those of others take longer. */
  readonly quick?: string;
  /** Learns what points a group has, and gets ready for them. */
  open(group: string): Promise<Group>;
}

export interface Group {
  /** The rest of the names, such as `17/after-commit/rollback`. */
  readonly points: readonly string[];
  /** Points at a time; 1 if not given. */
  readonly abreast?: number;
  /** What was wrong there, for the eyes of whoever has to find out why; `undefined` if nothing was. */
  run(point: string): Promise<string | undefined>;
  /** What is to be said of all the points that ran, beyond what was wrong. */
  told?(): string | undefined;
}

/** What points are drawn by, where not all are tried: `SWEEP_SEED`, or the same each time. */
export const seed = Number(process.env.SWEEP_SEED ?? 20_261_121);
