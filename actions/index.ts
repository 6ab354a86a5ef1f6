import { start } from "@cutover/action-kit";

/** Each action behind an import of its own, spelled out for the bundler: a stub then loads only what its action needs. */
const actions = {
  "blue-green-deploy": async () => (await import("./blue-green-deploy/action.ts")).blueGreenDeploy,
  rollback: async () => (await import("./rollback/action.ts")).rollback,
};

/** Runs one action as the runner asks for it, main or post: what a stub in dist/ calls. */
export async function run(name: keyof typeof actions): Promise<void> {
  await start(await actions[name]());
}
