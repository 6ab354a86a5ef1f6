import { type Line, median, repeated, slope } from "./measured.ts";
import { openTown } from "./town.ts";

const sizes = [1, 8, 32, 100] as const;
/** Milliseconds that each pod takes until it is ready. */
const startUp = 2_000;

/** What services cost that are released together: time, and requests by their number. */
export async function together(runs: number): Promise<Line[]> {
  const lines: Line[] = [];
  const requests: [number, number][] = [];
  let alone = Number.NaN;
  for (const size of sizes) {
    const services = Array.from({ length: size }, (_, index) => `service-${index + 1}`);
    await using town = await openTown({ services, replicas: 2, startUp });
    const release = (index: number) => town.release(`v${index + 2}`, { previous: "scale-down" });
    // The first one of all records what it finds, too.
    const measured = (await repeated(runs + 1, release)).slice(1);
    const time = median(measured.map(({ milliseconds }) => milliseconds));
    const asked = median(measured.map((run) => run.requests.length));
    requests.push([size, asked]);
    if (size === 1) alone = time;
    const name = `${size} ${size === 1 ? "service" : "services"} with ${startUp / 1_000} s start-up`;
    lines.push({ what: name, value: time, unit: "ms" });
    lines.push({ what: `${name}, requests each`, value: asked / size, unit: "requests" });
    const limit = size === 32 ? { limit: 1.5 } : {};
    if (size > 1) lines.push({ what: `${name}, of a single one`, value: time / alone, unit: "×", ...limit });
  }
  return [
    ...lines,
    { what: "requests by each service more (least squares)", value: slope(requests), unit: "requests" },
  ];
}
