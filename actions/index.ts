import { type InnerHost, start, startWithin } from "@cutover/action-kit";

/** Each action behind an import of its own, spelled out for the bundler: a stub then loads only what its action needs. */
const actions = {
  "blue-green-deploy": async () => (await import("./blue-green-deploy/action.ts")).blueGreenDeploy,
  preflight: async () => (await import("./preflight/action.ts")).preflight,
  promote: async () => (await import("./promote/action.ts")).promote,
  retire: async () => (await import("./retire/action.ts")).retire,
  rollback: async () => (await import("./rollback/action.ts")).rollback,
};

export type ActionName = keyof typeof actions;

export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actions, name);
}

/** Runs one action as the runner asks for it, main or post: what a stub in dist/ calls. */
export async function run(name: ActionName): Promise<void> {
  await start(await actions[name]());
}

/** Runs one action within this process, where nothing global knows of it; returns its exit code. */
export async function runWithin(name: ActionName, host: InnerHost): Promise<number> {
  return await startWithin(host, await actions[name]());
}
