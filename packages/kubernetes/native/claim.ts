import { annotation, CutoverError, isCutoverError } from "@cutover/release";
import type { Client } from "../client/client.ts";
import type { Resource } from "../client/model.ts";
import { type Claim, checkClaim, refOf, writeOn } from "./conditional.ts";
import { as, type Deployment, numberOf } from "./kinds.ts";
import type { Snapshot } from "./snapshot.ts";

/** What a claim is written on. */
export type Claimed = Pick<Snapshot, "service" | "deployments">;

/** The highest epoch on the Service and both slots. */
export function highestEpoch(claimed: Claimed): number {
  return Math.max(0, ...objectsOf(claimed).map((one) => numberOf(one, annotation.epoch) ?? 0));
}

/**
 * Writes our epoch on the Service and both slots, each conditionally, and gives them back as they are then. From now on a holder
 * that we replaced gets 409 everywhere, for every resourceVersion that it knows is old. Only reads made after this count.
 * @throws superseded when a higher epoch stands there by now.
 */
export async function claimObjects(client: Client, { service, deployments }: Claimed, claim: Claim): Promise<Claimed> {
  const deployment = async (live: Deployment | undefined) => {
    const claimed = live === undefined ? undefined : await raise(client, live, claim);
    return claimed === undefined ? undefined : as("Deployment", claimed);
  };
  const [claimed, blue, green] = await Promise.all([
    service === undefined ? undefined : raise(client, service, claim),
    deployment(deployments.blue),
    deployment(deployments.green),
  ]);
  return { service: claimed === undefined ? undefined : as("Service", claimed), deployments: { blue, green } };
}

/** @throws superseded when a newer run has written its epoch anywhere. */
export function checkClaims(claimed: Claimed, claim: Claim): void {
  for (const one of objectsOf(claimed)) checkClaim(one, claim);
}

function objectsOf({ service, deployments }: Claimed): readonly Resource[] {
  return [service, deployments.blue, deployments.green].filter((one) => one !== undefined);
}

/** Times that one object is claimed anew because somebody else wrote on it. */
const attempts = 20;

/** The object with our epoch on it; `undefined` if it has gone. */
async function raise(client: Client, live: Resource, claim: Claim): Promise<Resource | undefined> {
  let current: Resource | undefined = live;
  for (let attempt = 1; current !== undefined; attempt++) {
    checkClaim(current, claim);
    if (numberOf(current, annotation.epoch) === claim.epoch) return current;
    try {
      const annotations = { [annotation.epoch]: String(claim.epoch) };
      return await writeOn(client, current, ({ uid, resourceVersion }) => ({
        type: "merge",
        body: { metadata: { uid, resourceVersion, annotations } },
      }));
    } catch (error) {
      if (!isCutoverError(error, "conflict", "not-found")) throw error;
      if (attempt === attempts) throw unsettled(live, error);
      current = await client.find(refOf(live));
    }
  }
  return undefined;
}

function unsettled({ kind, metadata: { name } }: Resource, cause: CutoverError): CutoverError {
  return new CutoverError(
    "refused",
    `${kind} ${name} changed each of the ${attempts} times that it was to be claimed`,
    {
      hint: "Find in its managedFields what writes it all the time, and stop that; then run this again.",
      cause,
    },
  );
}
