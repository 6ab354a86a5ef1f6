import { defineAction } from "@cutover/action-kit";
import { releaseLock } from "../release/release-lock.ts";
import { runRelease } from "../release/run-release.ts";
import { contract } from "./contract.ts";

export const rollback = defineAction(
  contract,
  async (inputs, runner) => {
    const { to, soak, drain, previous, probe, reason } = inputs;
    const wanted = { kind: "rollback", to, soak, drain, previous, probe: probe !== undefined, smoke: false } as const;
    return await runRelease({ inputs, wanted, reason }, runner);
  },
  { post: releaseLock },
);
