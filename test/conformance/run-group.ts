import { setTimeout as sleep } from "node:timers/promises";
import type { Group } from "./case.ts";
import type { Recording } from "./recording.ts";
import { type Place, runCase } from "./run-case.ts";
import type { Target } from "./target.ts";

/** Runs the cases of a group, one after the other, in a namespace of their own. */
export async function runGroup(group: Group, place: Place): Promise<Recording> {
  await makeNamespace(place.target, place.namespace);
  try {
    const answers: [string, Recording[string]][] = [];
    for (const one of group.cases) {
      const failed = (error: unknown): never => {
        throw new Error(`${group.name}: ${one.name}`, { cause: error });
      };
      answers.push([one.name, await runCase(one, place).catch(failed)]);
    }
    return Object.fromEntries(answers);
  } finally {
    await place.target.send({ method: "DELETE", path: `/api/v1/namespaces/${place.namespace}` });
  }
}

/** A namespace, with the account that pods need. */
export async function makeNamespace(target: Target, name: string): Promise<void> {
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  const { code } = await target.send({ method: "POST", path: "/api/v1/namespaces", body });
  if (code !== 201) throw new Error(`namespace ${name}: ${code}`);
  const path = `/api/v1/namespaces/${name}/serviceaccounts/default`;
  for (let tries = 0; (await target.send({ method: "GET", path })).code !== 200; tries += 1) {
    if (tries === 500) throw new Error(`namespace ${name} never got its service account`);
    await sleep(10);
  }
}
