import { CutoverError, type WebRequest } from "@cutover/release";
import { type Check, type Finding, fail, pass, skip, together, type World } from "../check.ts";
import { flagIn } from "../flag-document.ts";

const nothing = "No `flags` are given";

/** A release that counts on a flag being off, or on, meets it so. */
export const flags: Check = {
  id: "flags",
  title: "Feature flags are as the release needs them",
  run: async (world) => {
    const { flags: wanted, flagsUrl } = world.inputs;
    if (wanted === undefined || flagsUrl === undefined) return skip(nothing);
    const document = await documentAt(flagsUrl, world);
    return together(
      Object.entries(wanted).map(([flag, state]) => judged(flag, state, flagIn(document, flag))),
      nothing,
    );
  },
};

function judged(flag: string, wanted: string, state: string | undefined): Finding {
  const remedy = `Set it to ${wanted} where flags are kept, or correct \`flags\`.`;
  if (state === undefined) return fail(`Flag ${flag} is not there`, remedy);
  return state === wanted ? pass(`Flag ${flag} is ${state}`) : fail(`Flag ${flag} is ${state}, not ${wanted}`, remedy);
}

/** @throws `unavailable` for anything but JSON; what the port throws */
async function documentAt(url: string, { runner, inputs: { flagsAuthorization }, signal }: World): Promise<unknown> {
  const isSecret = flagsAuthorization !== undefined;
  const headers = { accept: "application/json", ...(isSecret ? { authorization: flagsAuthorization } : {}) };
  const asked = evaluating(url, headers);
  const { status, body } = await runner.web.ask({ url, ...asked, timeout: 10_000, signal, allowHttp: !isSecret });
  const document = status === 200 ? jsonOf(body) : undefined;
  if (document !== undefined) return document;
  const { origin, pathname } = new URL(url);
  throw new CutoverError(
    "unavailable",
    `${origin}${pathname} answers ${status}${status === 200 ? " without JSON" : ""}`,
    {
      hint: "See that `flags-url` is the address of an API, and that `flags-authorization` lets its flags be read.",
    },
  );
}

/** OpenFeature's protocol evaluates for somebody, so that it is a POST: https://openfeature.dev/docs/reference/other-technologies/ofrep */
function evaluating(
  url: string,
  headers: Readonly<Record<string, string>>,
): Pick<WebRequest, "method" | "headers" | "body"> {
  if (!new URL(url).pathname.endsWith("/ofrep/v1/evaluate/flags")) return { headers };
  const body = JSON.stringify({ context: { targetingKey: "cutover" } });
  return { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
}

/** `undefined` for what is none; the document `null` is of no use either. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
