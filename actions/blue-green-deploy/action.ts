import { defineAction } from "@cutover/action-kit";
import { releaseLock } from "../release/release-lock.ts";
import { runRelease } from "../release/run-release.ts";
import { type Place, sourcesOf } from "../release/sources.ts";
import { contract } from "./contract.ts";

export const blueGreenDeploy = defineAction(
  contract,
  async (inputs, runner) => {
    const { soak, drain, previous, replicas, smoke, adopt } = inputs;
    const terms = { soak, drain, previous, probe: true, smoke: smoke !== undefined };
    const wanted = { kind: "deploy", switch: inputs.switch, ...terms } as const;
    const sources = (place: Place) => sourcesOf(inputs, place, runner);
    return await runRelease({ inputs, wanted, sources, replicas, smoke, adopt }, runner);
  },
  { post: releaseLock },
);
