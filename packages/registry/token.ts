import { CutoverError, type ImageReference, type WebAnswer } from "@cutover/release";
import * as z from "zod";
import type { Bearer } from "./challenge.ts";
import { parsedJson } from "./parsed-json.ts";
import type { PullKey } from "./pull-keys.ts";
import { type Asker, refusalOf } from "./refusals.ts";

/** How a registry and what belongs to it are asked. */
export interface Way {
  /** Whether credentials may travel there. */
  isSafe(url: string): boolean;
  ask(url: string, headers: Readonly<Record<string, string>>): Promise<WebAnswer>;
}

const answerSchema = z.looseObject({ token: z.string().optional(), access_token: z.string().optional() });

/**
 * The token that lets one pull the image, from the realm that the registry names (distribution's token specification). Without
 * a key it is one for everybody.
 * @throws `unauthorized`, `unavailable`, and `refused` for a realm to which no credentials may travel
 */
export async function fetchToken(challenge: Bearer, asker: Asker, way: Way): Promise<string> {
  const { registry, key } = asker;
  const url = tokenUrl(challenge, asker);
  if (url === undefined || !way.isSafe(url))
    throw new CutoverError("refused", `${registry} wants its tokens fetched over a way that is not encrypted`, {
      hint: "Mend the realm that the registry is configured with: it must be an https address.",
    });
  const answer = await way.ask(url, key === undefined ? {} : { authorization: basic(key) });
  if ([401, 403, 429].includes(answer.status)) throw refusalOf(answer, asker);
  const { token, access_token: other } = answerSchema.safeParse(parsedJson(answer.body)).data ?? {};
  const value = token ?? other;
  if (answer.status === 200 && value !== undefined) return value;
  throw new CutoverError("unavailable", `${new URL(url).host} gives no token for ${registry} (${answer.status})`, {
    hint: "Look at the registry's own state, and run the check again.",
  });
}

/** A key as a password travels. */
export function basic({ username, password }: PullKey): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** The repository as its registry has it: Docker's own keeps short names in `library`. */
export function repositoryPath({ registry, repository }: ImageReference): string {
  const isDockers = registry === undefined || /^(index\.)?docker\.io$/.test(registry);
  return isDockers && !repository.includes("/") ? `library/${repository}` : repository;
}

function tokenUrl({ realm, service, scope }: Bearer, { reference }: Asker): string | undefined {
  const url = URL.parse(realm);
  if (service !== undefined) url?.searchParams.set("service", service);
  url?.searchParams.set("scope", scope ?? `repository:${repositoryPath(reference)}:pull`);
  return url?.href;
}
