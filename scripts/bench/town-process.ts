/** The small Kubernetes of a measurement, in a process of its own: what it costs is not what the action costs. */
import { startSandbox } from "@cutover/sandbox";
import { settled } from "../../test/journeys/open-shop.ts";
import { mall } from "../../test/journeys/shop.ts";
import { type Shape, slowness, type Told } from "./town.ts";

const { services, replicas, startUp }: Shape = JSON.parse(process.argv[2] ?? "{}");
const versions = Array.from({ length: 20 }, (_, index) => `v${index + 1}`);
/** Every second a pod is probed: on the very edge of one, chance would decide whether it takes another. */
const aheadOfProbe = 100;
const images = Object.fromEntries(
  [...versions, "slow"].map((version) => [
    `registry.example/shop:${version}`,
    { version, readyAfterMs: (version === "slow" ? slowness : startUp) - aheadOfProbe },
  ]),
);
const sandbox = await startSandbox({ ...mall(services, replicas), images, probeEveryMs: 1_000, watchHistory: 20_000 });
await settled(sandbox);

process.on("message", () => {
  const requests = sandbox.requests.map(({ verb, resource, at, isWrite, query }) => {
    return { verb, resource, at, isWrite, isNextPage: "continue" in query };
  });
  tell({ requests });
});
process.on("disconnect", () => void sandbox.close());
tell({ kubeconfig: sandbox.kubeconfig });

function tell(told: Told): void {
  process.send?.(told);
}
