import { defineAction } from "@cutover/action-kit";
import { releaseLock } from "../release/release-lock.ts";
import { runRelease } from "../release/run-release.ts";
import { contract } from "./contract.ts";

export const promote = defineAction(
  contract,
  async (inputs, runner) => {
    const { approved, soak, drain, previous, smoke } = inputs;
    const terms = { soak, drain, previous, probe: true, smoke: smoke !== undefined };
    return await runRelease({ inputs, wanted: { kind: "promote", approved, ...terms }, smoke }, runner);
  },
  { post: releaseLock },
);
