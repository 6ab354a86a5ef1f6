import { type Line, median, repeated, slope } from "./measured.ts";
import { openTown } from "./town.ts";

const sizes = [1, 8, 32, 100] as const;
/** Services of each town that are released by themselves too; what takes the longest of them is what the others are held to. */
const singles = 8;
/** Milliseconds that each pod takes until it is ready. */
const startUp = 2_000;

/** What services cost that are released together: time, and requests by their number. */
export async function together(runs: number): Promise<Line[]> {
  const lines: Line[] = [];
  const requests: [number, number][] = [];
  for (const size of sizes) {
    const services = Array.from({ length: size }, (_, index) => `service-${index + 1}`);
    await using town = await openTown({ services, replicas: 2, startUp });
    const release = (version: number, some: readonly string[] = services) =>
      town.release(`v${version}`, { previous: "scale-down" }, some);
    // The first one of all records what it finds, too.
    await release(2);
    const alone = await repeated(Math.min(size, singles), (index) => release(3, services.slice(index, index + 1)));
    const measured = await repeated(runs, (index) => release(index + 4));
    const time = median(measured.map(({ milliseconds }) => milliseconds));
    const asked = median(measured.map((run) => run.requests.length));
    requests.push([size, asked]);
    const name = `${size} ${size === 1 ? "service" : "services"} with ${startUp / 1_000} s start-up`;
    lines.push({ what: name, value: time, unit: "ms" });
    lines.push({ what: `${name}, requests each`, value: asked / size, unit: "requests" });
    const slowest = Math.max(...alone.map(({ milliseconds }) => milliseconds));
    const limit = size === 32 ? { limit: 1.5 } : {};
    if (size > 1) lines.push({ what: `${name}, of the slowest alone`, value: time / slowest, unit: "×", ...limit });
  }
  return [
    ...lines,
    { what: "requests by each service more (least squares)", value: slope(requests), unit: "requests" },
  ];
}
