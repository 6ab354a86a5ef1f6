import { performance } from "node:perf_hooks";
import { runAction } from "@cutover/workflow";
import { bundledStub } from "../../test/bundled-stub.ts";
import { type Line, median, repeated, timed } from "./measured.ts";

/** From the start of an action's process to its word that an input is bad: what it costs to load and to read inputs. */
export async function startUp(runs: number): Promise<Line[]> {
  const stub = await bundledStub("rollback");
  const definition = { post: false, inputs: {} };
  const action = async () => {
    const began = performance.now();
    const { exitCode } = await runAction({ stub, definition, inputs: { service: "shop", timeout: "soon" } });
    if (exitCode !== 1) throw new Error("A bad input was taken");
    return performance.now() - began;
  };
  const [own, bare] = [
    await repeated(runs, action),
    await repeated(runs, async () => timed(process.execPath, ["-e", "0"])),
  ];
  const ratio = median(own) / median(bare);
  return [
    { what: "node -e 0", value: median(bare), unit: "ms" },
    { what: "start-up of an action", value: median(own), unit: "ms" },
    { what: "start-up of an action, of node -e 0", value: ratio, unit: "×" },
  ];
}
