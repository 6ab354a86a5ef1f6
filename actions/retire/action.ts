import { defineAction } from "@cutover/action-kit";
import { releaseLock } from "../release/release-lock.ts";
import { runRelease } from "../release/run-release.ts";
import { contract } from "./contract.ts";

export const retire = defineAction(
  contract,
  async (inputs, runner) => {
    const { how: previous, revision, drain } = inputs;
    const terms = { soak: 0, drain, previous, probe: false, smoke: false };
    return await runRelease({ inputs, wanted: { kind: "retire", revision, ...terms } }, runner);
  },
  { post: releaseLock },
);
