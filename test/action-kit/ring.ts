import { join } from "node:path";
import { type ActionRun, type ActionRunResult, runAction } from "@cutover/workflow";

/** Starts the bell by hand. */
export const stub = join(import.meta.dirname, "bell.ts");
const definition = {
  inputs: { deed: "", timeout: "5m", token: "", headers: "", verdict: "good", post: "clean" },
  post: false,
};
/** For runs whose post matters; each costs a process more. */
export const withPost = { ...definition, post: true };

/** What the bell does in the emulated runner. */
export function ring(deed: string, run: Omit<ActionRun, "stub"> = {}): Promise<ActionRunResult> {
  const inputs = { deed, ...run.inputs };
  return runAction({ definition, ...run, stub, inputs });
}

export function messages(annotations: readonly { message: string }[]): string[] {
  return annotations.map(({ message }) => message);
}
