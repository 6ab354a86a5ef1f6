import type { Group } from "./case.ts";
import type { Recording } from "./recording.ts";
import { type Place, runCase } from "./run-case.ts";

/** Runs the cases of a group in namespaces of their own. */
export async function runGroup({ name, cases, apart }: Group, place: Place): Promise<Recording> {
  if (apart === undefined) return inNamespace(place, () => runCases({ name, cases }, place));
  const alone = cases.map((one, index) => {
    const own = { ...place, namespace: `${place.namespace}-${index}` };
    return inNamespace(own, () => runCases({ name, cases: [one] }, own));
  });
  return Object.assign({}, ...(await Promise.all(alone)));
}

async function runCases({ name, cases }: Group, place: Place): Promise<Recording> {
  const answers: [string, Recording[string]][] = [];
  for (const one of cases) {
    const failed = (error: unknown): never => {
      throw new Error(`${name}: ${one.name}`, { cause: error });
    };
    answers.push([one.name, await runCase(one, place).catch(failed)]);
  }
  return Object.fromEntries(answers);
}

async function inNamespace<T>(place: Place, work: () => Promise<T>): Promise<T> {
  await makeNamespace(place);
  try {
    return await work();
  } finally {
    await place.target.send({ method: "DELETE", path: `/api/v1/namespaces/${place.namespace}` });
  }
}

/** A namespace, with the account that pods need. */
export async function makeNamespace({ target, namespace, pause }: Place): Promise<void> {
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
  const { code } = await target.send({ method: "POST", path: "/api/v1/namespaces", body });
  if (code !== 201) throw new Error(`namespace ${namespace}: ${code}`);
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/default`;
  for (let tries = 0; (await target.send({ method: "GET", path })).code !== 200; tries += 1) {
    if (tries === 500) throw new Error(`namespace ${namespace} never got its service account`);
    await pause(10);
  }
}
