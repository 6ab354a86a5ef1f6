import { formatDuration, isCutoverError } from "@cutover/release";
import { type Check, type Finding, fail, pass, skip, together, type World } from "../check.ts";
import type { Endpoint } from "../endpoint.ts";
import { askedInPod } from "../in-pod.ts";
import { endpointQuestion } from "../pod-questions.ts";

/** What the service depends on answers, as fast and as well as it must. */
export const endpoints: Check = {
  id: "endpoints",
  title: "What it depends on answers over HTTP",
  run: async (world) => {
    const { endpoints: given } = world.inputs;
    if (given === undefined) return skip("No `endpoints` are given");
    const found = given.map((endpoint) =>
      endpoint.via === undefined ? asked(endpoint, world) : askedInPod(endpointQuestion(endpoint, endpoint.via), world),
    );
    return together(await Promise.all(found), "No `endpoints` are given");
  },
};

async function asked({ url, status, within, contains }: Endpoint, { inputs, runner, signal }: World): Promise<Finding> {
  const remedy = `Look at what answers at ${url}; a release that depends on it would not become ready, or fail its users.`;
  try {
    const authorization = inputs.endpointsAuthorization?.[new URL(url).host];
    // A key goes to its own host alone, and never where others can read it.
    const asking = authorization === undefined ? { allowHttp: true } : { headers: { authorization } };
    // Later than it may take, so that a slow answer is told as one.
    const answer = await runner.web.ask({ url, timeout: 2 * within + 1_000, signal, ...asking });
    const took = formatDuration(answer.ms);
    if (!new RegExp(`^${status.replaceAll("x", "\\d")}$`).test(String(answer.status)))
      return fail(`${url} answers ${answer.status}${elsewhere(answer.headers)} and not ${status}, in ${took}`, remedy);
    if (contains !== undefined && !answer.body.includes(contains))
      return fail(`${url} answers ${answer.status}, without "${contains}" in the first mebibyte`, remedy);
    if (answer.ms > within)
      return fail(`${url} answers in ${took}, and should within ${formatDuration(within)}`, remedy);
    return pass(`${url} answers ${answer.status} in ${took}`);
  } catch (error) {
    if (!isCutoverError(error, "unreachable")) throw error;
    return fail(error.message, error.hint ?? remedy);
  }
}

function elsewhere({ location = "" }: Readonly<Record<string, string>>): string {
  return location === "" ? "" : ` to ${location}`;
}
